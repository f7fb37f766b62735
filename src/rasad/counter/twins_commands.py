"""`rasad twins`: every outside system on this machine, for training and demonstrations; or one of them."""

import threading
from pathlib import Path
from typing import Annotated

import typer

from rasad.connectors.aadhaar.commands import aadhaar
from rasad.connectors.exchange import commands as portals
from rasad.connectors.exchange.portals import PORTALS
from rasad.connectors.impds.commands import impds
from rasad.connectors.sms.commands import sms
from rasad.connectors.whatsapp.commands import whatsapp
from rasad.counter.twins import SETTINGS, Ports, running

app = typer.Typer(help="Stand-ins for outside systems, on this machine.", invoke_without_command=True)
app.command("aadhaar")(aadhaar)
app.command("impds")(impds)
app.command("sms")(sms)
app.command("whatsapp")(whatsapp)
portals.attach(app)

NAMES = {
    "reader": "Reader      place a finger there",
    "telephones": "Telephones  read the codes there",
    "whatsapp": "WhatsApp    see the documents there",
    "uidai": "UIDAI       its made-up people",
    "states": "Other States (IMPDS)  their made-up cards",
}


@app.callback(invoke_without_command=True)
def twins(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Option(help="Where keys, addresses and settings are written.")
    ] = None,
    any_port: Annotated[bool, typer.Option("--any-port", help="Take whichever ports are free.")] = False,
) -> None:
    """Run UIDAI, a fingerprint reader, SMS, WhatsApp, the other States and the eight portals until Ctrl-C."""
    if context.invoked_subcommand is not None:
        return
    from rasad import settings

    place = (folder or settings.HOME / "twins").resolve()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with running(place, ports=Ports(0, 0, 0) if any_port else Ports()) as made:
        for name, address in made.addresses.items():
            typer.echo(f"{address:26} {NAMES.get(name) or PORTALS[name].client.title}")
        typer.echo(f"Start the pages with these settings:  . {place / SETTINGS}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            typer.echo("All are off.")
