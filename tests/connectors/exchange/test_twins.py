"""All eight twins on this machine: where they are, what they hold, each alone from the command line."""

from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from rasad.connectors.exchange import commands, twins
from rasad.connectors.exchange.portals import PORTALS
from rasad.counter.twins_commands import app
from rasad.pipelines.synth.state import write_state
from rasad.values.aadhaar import is_aadhaar, reference
from tests.connectors.exchange.through import all_pages

KEY, WITHIN = b"k" * 32, 20.0


def ref(number):
    return reference(number, KEY).hex()


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """A made-up state in which one row in fifty is broken in each of several ways."""
    folder = tmp_path_factory.mktemp("state")
    write_state(folder, scale=0.0005, seed=2020, districts=["63", "58"], mess=0.02)
    return folder


@pytest.fixture(scope="module")
def running(state):
    with twins.running(state=state, reference=ref) as made:
        yield made.by_name


def in_file(path, *columns):
    return [tuple(row.values()) for row in pq.read_table(path, columns=list(columns)).to_pylist()]


def rows_of(running, name, kind):
    rows, _, failures = all_pages(running[name], kind, limit=37, within=WITHIN)
    assert failures == 0
    return rows


LISTS = [
    ("mmpsy", "families", "mmpsy", "card_category"),
    ("saral", "applications", "saral", "verified"),
    ("unit_committee", "surveys", "local_committee", "ration_option"),
]


@pytest.mark.parametrize(("name", "kind", "file", "own"), LISTS)
def test_every_family_of_a_list_is_served_in_its_order_untidy_or_not(running, state, name, kind, file, own):
    written = in_file(state / "sources" / f"{file}.families.parquet", "reference", "district", own)
    rows = rows_of(running, name, kind)

    assert len(rows) > 37
    assert [(one.reference, one.district, getattr(one, own)) for one in rows] == written


@pytest.mark.parametrize(("name", "kind", "file", "own"), LISTS)
def test_every_person_of_a_list_is_served_once(running, state, name, kind, file, own):
    written = in_file(
        state / "sources" / f"{file}.members.parquet", "reference", "line", "name", "age", "sex"
    )
    served = [
        (row.reference, one.line, one.name, one.age, one.sex)
        for row in rows_of(running, name, kind)
        for one in row.members
    ]

    assert sorted(served, key=str) == sorted(written, key=str)


def test_every_card_of_the_register_is_served_with_its_people(running, state):
    written = in_file(
        state / "register" / "cards.parquet", "card_number", "category", "issued_on", "ended_on"
    )
    people = in_file(state / "register" / "members.parquet", "card_number", "line", "name", "birth_year")
    cards = rows_of(running, "pds", "cards")

    assert [(one.card_number, one.category, one.issued_on, one.ended_on) for one in cards] == written
    assert sorted(
        (card.card_number, one.line, one.name, one.birth_year) for card in cards for one in card.members
    ) == (sorted(people))


def test_number_of_a_person_travels_as_its_reference(running, state):
    written = in_file(state / "register" / "members.parquet", "aadhaar")
    served = {one.aadhaar_ref for card in rows_of(running, "pds", "cards") for one in card.members}

    assert served - {""} == {ref(number) for (number,) in written if is_aadhaar(number or "")}


def test_twins_without_a_state_hold_a_handful_where_it_is_wished():
    with twins.running(handful=True) as made:
        held = {
            (name, kind): len(rows) for name, twin in made.by_name.items() for kind, rows in twin.rows.items()
        }
        assert [one.name for one in rows_of(made.by_name, "mmpsy", "families")[0].members] == [
            "Sunita Devi",
            "Child of Sunita Devi",
        ]

    assert held == {
        ("trackpds", "arrivals"): 0,
        ("pds", "cards"): 3,
        ("mmpsy", "families"): 4,
        ("saral", "applications"): 4,
        ("unit_committee", "surveys"): 4,
        ("unit_committee", "hand_overs"): 0,
        ("aepds", "sales"): 0,
    }


def test_settings_say_where_each_is():
    with twins.running() as made:
        assert set(made.addresses) == set(PORTALS)
        assert {name: made.settings[f"RASAD_{name.upper()}_URL"] for name in PORTALS} == made.addresses
        assert {len(made.settings[f"RASAD_{name.upper()}_KEY"]) for name in PORTALS} == {64}


def test_each_has_a_port_of_its_own():
    assert [one.port for one in PORTALS.values()] == list(range(8404, 8412))


class Pressed:
    """Waits as long as it takes somebody to press Ctrl-C: not at all."""

    def wait(self):
        raise KeyboardInterrupt


def test_each_is_a_command_and_says_its_settings(monkeypatch):
    monkeypatch.setattr(commands, "threading", SimpleNamespace(Event=Pressed))
    done = CliRunner().invoke(app, ["unit-committee", "--port", "0"])

    assert "unit_committee RASAD_UNIT_COMMITTEE_URL=http://127.0.0.1:" in done.output
    assert done.output.endswith("unit_committee stopped\n")
    assert {name.replace("_", "-") for name in PORTALS} <= {one.name for one in app.registered_commands}
