"""Small files as departments send them, and the register most stories begin with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import connection, transaction

from rasad.registry import life
from rasad.registry.importing.load import Summary
from rasad.registry.models import Card, Ending, ImportProblem, Membership, Place
from rasad.shops import actions as shops
from tests.registry import remembered

AT = datetime(2020, 4, 1, 6, 30, tzinfo=UTC)
LATER = datetime(2020, 6, 1, 6, 30, tzinfo=UTC)
# Published by UIDAI for tests.
SHIVSHANKAR, KUMAR, FATIMA = "999941057058", "999971658847", "999933119405"

PLACES = """kind,code,name,name_hi,parent_kind,parent_code,latitude,longitude,since
state,6,Haryana,हरियाणा,,,,,
district,63,Hisar,हिसार,state,6,29.15,75.72,
district,58,Ambala,अम्बाला,state,6,30.38,76.78,
subdistrict,396,Hansi,हांसी,district,63,29.1,75.96,
village,61068,Hansi Rural,,subdistrict,396,29.1,75.95,
ward,900001,Hisar Ward 1,,district,63,29.15,75.71,
village,50001,Saha,साहा,district,58,30.3,76.97,
"""
SHOPS = """number,name,place,district,address,latitude,longitude,capacity,dealer_name,dealer_mobile,open_since
063000000001,Ravi Store,61068,63,Main road,29.1,75.95,"1,200",Ravi,9812345678,2015-01-01
058000000001,Saha Depot,50001,58,,30.3,76.97,800,Rani,,2016-05-01
"""
CARDS = """card_number,category,family_id,place,district,shop_number,address,issued_on,ended_on
006300000001,OPH,1ABC2345,61068,63,063000000001,House 4,2016-02-01,
006300000002,AAY,,900001,63,063000000001,,2016-02-01,
005800000001,APL,9XYZ8765,50001,58,058000000001,,2017-07-01,
"""
MEMBERS = f"""card_number,line,name,guardian_name,relation,sex,born_on,birth_year,mobile,aadhaar
006300000001,1,Asha Devi,Ram Lal,self,F,1980-05-15,,9876543210,{SHIVSHANKAR}
006300000001,2,Mohan,Asha Devi,son,M,,2005,,{KUMAR}
006300000002,1,Kamla,,self,F,,1950,,
005800000001,1,Suresh,,self,M,01-02-1975,,,{FATIMA}
"""
TEXTS = {"places": PLACES, "shops": SHOPS, "cards": CARDS, "members": MEMBERS}


def take_in(kind: str, file: Path, *, at: datetime = AT, chunk_rows: int = 50_000) -> Summary:
    """Import a file in Meena's name."""
    return shops.IMPORTS[kind](file=file, by="meena", at=at, chunk_rows=chunk_rows)


def written(folder: Path, kind: str, text: str | bytes) -> Path:
    """A file of this kind with this text."""
    file = folder / f"{kind}.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def taken_in(folder: Path, kind: str, text: str | bytes, *, at: datetime = AT) -> Summary:
    """Write and import."""
    return take_in(kind, written(folder, kind, text), at=at)


DECIDED = life.Decision(Ending.Ground.ORDER, "CASE-1", "moved away", by="meena", confirmed_by="kavita", at=AT)


@contextmanager
def without_guards() -> Iterator[None]:
    """What was decided before the story begins: the database asks for no order of it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def card_ended(number: str, *, on: date) -> None:
    """A card that people ended."""
    with without_guards():
        life.end_card(Card.objects.get(number=number), on=on, decision=DECIDED)


def member_left(membership: Membership, *, on: date) -> None:
    """A member whose name was taken off."""
    with without_guards():
        life.end_member(membership, on=on, decision=DECIDED)


def category_turned(number: str, category: str, *, on: date) -> None:
    """A card that people gave another category."""
    with without_guards():
        life.change_category(Card.objects.get(number=number), category, on=on, decision=DECIDED)


def with_register(folder: Path, *, up_to: str = "members") -> None:
    """The small files imported in order, up to and with a kind."""
    kinds = list(TEXTS)[: list(TEXTS).index(up_to) + 1]
    files = {kind: written(folder, kind, TEXTS[kind]) for kind in kinds}
    is_first = not Place.objects.exists()
    if is_first and remembered.put_back(up_to):
        return
    for kind, file in files.items():
        take_in(kind, file)
        if is_first:
            remembered.keep(kind)


def counts(summary: Summary) -> tuple[int, int, int, int]:
    """Read, loaded, unchanged, refused."""
    return summary.read, summary.loaded, summary.unchanged, summary.refused


def problems(summary: Summary) -> list[tuple[int, str, str, str, bool]]:
    """Line, column, code, what is shown, and whether the row was left out."""
    found = ImportProblem.objects.filter(batch=summary.batch).order_by("line", "column", "code")
    return list(found.values_list("line", "column", "code", "shown", "refuses"))
