"""The command line of relief: a made-up district from its files to tokens in the database and on paper."""

from datetime import UTC, date, datetime

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from rasad.cli import app
from rasad.journal.models import Entry
from rasad.pipelines.synth.state import write_state
from rasad.registry.models import Person
from rasad.relief import numbers
from rasad.relief.models import Run, SourceRow, Token, TokenMember
from rasad.relief.running import exported_register
from rasad.shops import actions as shops
from tests.pipelines.relief.cast import DRT
from tests.registry.files import CARDS, taken_in, with_register
from tests.relief.reading_pdf import pages

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2020, 4, 1, 6, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """Ambala, where a hundred and fifty families ask for tokens."""
    folder = tmp_path_factory.mktemp("ambala")
    write_state(folder, scale=0.0004, seed=11, districts=["58"], mess=0.02)
    return folder


def rasad(*arguments):
    return CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=False)


def left(folder):
    """What a run left in its folder."""
    return {
        name: pq.read_table(folder / f"{name}.parquet")
        for name in ("tokens", "token_members", "rows", "reviews")
    }


def test_database_as_the_register_gives_the_tokens_of_the_folder_it_came_from(district, tmp_path):
    shops.import_register(folder=district / "register", by="meena", at=AT)
    sources = ("--sources", district / "sources")

    into_database = rasad("relief", "run", *sources, "--out", tmp_path / "base", "--by", "kavita")
    files_only = rasad(
        "relief",
        "run",
        *sources,
        "--register",
        district / "register",
        "--out",
        tmp_path / "files",
        "--files-only",
    )

    assert (into_database.exit_code, files_only.exit_code) == (0, 0)
    assert left(tmp_path / "base") == left(tmp_path / "files")
    run = Run.objects.get()
    assert (run.by, run.summary["tokens"]) == ("kavita", Token.objects.count())
    assert SourceRow.objects.count() == run.summary["rows"] == len(left(tmp_path / "files")["rows"])
    assert known_to_both() > 20
    print_the_tokens_of_a_shop(tmp_path / "tokens.pdf")


def known_to_both():
    """How many people on tokens are people of the register (on APL cards, say), by the same reference."""
    on_tokens = {bytes(ref) for ref in TokenMember.objects.values_list("aadhaar_ref", flat=True) if ref}
    known = {bytes(ref) for ref in Person.objects.values_list("aadhaar_ref", flat=True) if ref}
    return len(on_tokens & known)


def print_the_tokens_of_a_shop(out):
    shop = Token.objects.exclude(shop_number="").order_by("shop_number").first().shop_number
    tokens = Token.objects.filter(shop_number=shop).values_list("number", flat=True)

    printed = rasad("relief", "print", "--district", "58", "--shop", shop, "--out", out)

    assert printed.exit_code == 0
    text = " ".join(pages(out.read_bytes()))
    assert [number for number in tokens if numbers.printed(number) not in text] == []
    assert Entry.objects.get(action="relief.printed").facts == {"tokens": len(tokens)}


def test_card_that_came_or_ended_while_the_scheme_ran_is_in_the_register_of_a_run(tmp_path):
    with_register(tmp_path, up_to="shops")
    more = (
        "006300000003,OPH,,61068,63,063000000001,,2020-05-10,\n"
        "006300000004,OPH,,61068,63,063000000001,,2010-01-01,2020-04-10\n"
        "006300000005,OPH,,61068,63,063000000001,,2010-01-01,2020-04-01\n"
        "006300000006,OPH,,61068,63,063000000001,,2020-07-01,\n"
    )
    taken_in(tmp_path, "cards", CARDS + more)

    folder = exported_register(tmp_path / "out", DRT)

    known = {one["card_number"]: one for one in pq.read_table(folder / "cards.parquet").to_pylist()}
    assert {number for number in known if number > "006300000002"} == {"006300000003", "006300000004"}
    assert known["006300000004"]["ended_on"] == date(2020, 4, 10)


def test_stage_shows_what_it_wrote(district, tmp_path):
    told = rasad(
        "relief",
        "stage",
        "screen",
        "--sources",
        district / "sources",
        "--register",
        district / "register",
        "--out",
        tmp_path,
        "--show",
        "3",
    )

    assert told.exit_code == 0
    assert "screened (3 shown)" in told.stdout
    assert "outcome" in told.stdout


def test_stage_nobody_knows_is_refused_in_words(district, tmp_path):
    told = rasad("relief", "stage", "guess", "--sources", district, "--register", district, "--out", tmp_path)

    assert told.exit_code == 1
    assert told.stderr.startswith("There is no stage “guess”.")
    assert "Traceback" not in told.output
