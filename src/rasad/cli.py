"""The `rasad` command. Each group lives beside what it does; commands that need the database say so."""

import typer

from rasad.accounts.commands import app as staff
from rasad.counter.ledger_commands import app as ledger
from rasad.counter.twins_commands import app as twins
from rasad.demo import demo, serve
from rasad.examples.commands import examples
from rasad.jobs.commands import work
from rasad.journal.commands import app as journal
from rasad.pipelines.eligibility.commands import eligibility
from rasad.pipelines.entitlements.commands import entitlements
from rasad.pipelines.people.commands import app as people
from rasad.pipelines.synth.commands import synth
from rasad.portal.commands import diff
from rasad.portal.rules_commands import app as policy
from rasad.registry.commands import index
from rasad.relief.commands import app as relief
from rasad.relief.paper_commands import token_app as token
from rasad.shops.commands import app as imports
from rasad.web.console import Answering

app = typer.Typer(
    no_args_is_help=True,
    help="Rasad: public food distribution for a state.",
    pretty_exceptions_enable=False,
    cls=Answering,
)


@app.callback()
def main() -> None:
    """Rasad: public food distribution for a state."""
    # Commands that need no Django know the installation's own packs, too.
    from rasad import settings
    from rasad.policy.packs import add_folders

    add_folders(*settings.PACKS)


app.command("demo")(demo)
app.command("serve")(serve)
app.command("work")(work)
app.command("index")(index)
app.command("synth")(synth)
app.command("examples")(examples)
policy.command("eligibility")(eligibility)
policy.command("entitlements")(entitlements)
policy.command("diff")(diff)
app.add_typer(policy, name="policy")
app.add_typer(relief, name="relief")
app.add_typer(token, name="token")
app.add_typer(people, name="people")
app.add_typer(staff, name="staff")
app.add_typer(journal, name="journal")
app.add_typer(ledger, name="ledger")
app.add_typer(twins, name="twins")
app.add_typer(imports, name="import")
