"""Applications in a file, and families with a token: every one ends as an application or with the reason."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rasad.applications import from_file
from rasad.applications.models import Application
from rasad.delivery.models import RegularCardRequest
from rasad.relief.models import TokenMember
from rasad.values.refused import Refused
from tests.applications.conftest import ASHAS
from tests.applications.test_pages import march
from tests.cast import HISAR, client_of, staff
from tests.relief.cast import world
from tests.workbooks import FAILED, Sheet, xlsx

__all__ = ["march", "world"]
pytestmark = [pytest.mark.django_db]
HEAD = "family,request,card_number,applicant,mobile,place,address,name,sex,birth_year,line,papers,reason\n"
PAPERS = "voter_id:V1; water_bill:W1; affidavit:A1"
FILE = (
    HEAD
    + f"a,new_card,,Geeta,98123 00001,61068,House 7,Geeta,F,1986,,{PAPERS},\n"
    + "a,,,,,,,Pinki,F,2015,,,\n"
    + f"b,duplicate_card,{ASHAS},Asha,,,,,,,,seen:police report,lost\n"
    + f"c,new_card,,Ram,,50001,,Ram,M,1970,,{PAPERS},\n"
    + "d,duplicate_card,005800000001,Suresh,,,,,,,,seen:x,lost\n"
    + f"e,new_card,,Old,,61068,,Old,M,1786,,{PAPERS},\n"
    + "f,new_card,,Bare,,61068,,Bare,M,1970,,,\n"
)


def sent(client, text):
    return client.post("/applications/from-file", {"file": SimpleUploadedFile("camp.csv", text.encode())})


@pytest.mark.usefixtures("registered", "march")
def test_every_family_of_a_file_ends_in_a_named_place_and_twice_is_once(asif):
    client = client_of(asif)
    assert client.get("/applications/from-file").status_code == 200

    first, second = (sent(client, FILE) for _ in range(2))

    for answer in (first, second):
        told = {one.family: (one.lines, bool(one.number), one.why) for one in answer.context["told"]}
        assert {key: (lines, ok) for key, (lines, ok, _) in told.items()} == {
            "a": ((2, 3), True), "b": ((4,), True), "c": ((5,), False), "d": ((6,), False), "e": ((7,), False),
            "f": ((8,), False),
        }  # fmt: skip
        assert "no village or ward with code 50001" in told["c"][2]
        assert "no paper for" in told["f"][2]
    made = Application.objects.get(service="new_card")
    assert (made.channel, made.mobile, made.people.count()) == ("file", "9812300001", 2)
    assert Application.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"family,request\n", "application_file_column_missing"),
        (HEAD.encode(), "application_file_empty"),
        (b"\xff\xfe\x00", "application_file_not_text"),
        (b"x" * 4_000_001, "application_file_too_large"),
        (HEAD.encode() + b"a,new_card,,x\n" * 5_001, "application_file_too_long"),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_what_to_do(text, code):
    with pytest.raises(Refused) as caught:
        list(from_file.families(text))

    assert caught.value.code == code


@pytest.mark.usefixtures("march")
def test_family_with_a_token_gets_its_card_from_what_the_token_says(world, asif):
    token = world.tokens["asha"]
    TokenMember.objects.filter(token=token).delete()
    TokenMember.objects.create(token=token, scheme=token.scheme, line=1, name="Asha Devi", sex="F", age=40)
    RegularCardRequest.objects.create(token=token, district_code=HISAR, by="citizen", at=token.run.started_at)
    client = client_of(asif)

    assert f"?token={token.number}" in client.get("/applications/new").content.decode()
    page = client.get(f"/applications/new/new_card?token={token.number}").content.decode()
    assert 'value="Asha Devi"' in page
    assert client.get("/applications/new/new_card?token=07100000000011").status_code == 404


ODD = (
    HEAD
    + f"a,new_card,,Sup,,61068,,Sup,F,²,,{PAPERS},\n"
    + f"b,member_deletion,{ASHAS},Asha,,,,Asha,,,²,seen:x,dead\n"
    + f"c,new_card,,{'G' * 300},,61068,,Geeta,F,1986,,{PAPERS},\n"
    + f"d,new_card,,Sex,,61068,,Sex,X,1986,,{PAPERS},\n"
    + f"e,new_card,,Tel,98123,61068,,Tel,F,1986,,{PAPERS},\n"
    + f"f,{'new_card' * 20},,Srv,,61068,,Srv,F,1986,,{PAPERS},\n"
    + f"g,new_card,,Num,,61068,,Num,F,{'9' * 5000},,{PAPERS},\n"
    + f"h,member_deletion,{ASHAS},Asha,,,,Asha,,,{'9' * 5000},seen:x,dead\n"
)


@pytest.mark.usefixtures("registered", "march")
def test_cells_that_cannot_be_read_are_named_and_stop_no_file(asif):
    answer = sent(client_of(asif), ODD)

    assert answer.status_code == 200
    told = {one.family: (bool(one.number), one.why) for one in answer.context["told"]}
    assert {key: ok for key, (ok, _) in told.items()} == dict.fromkeys("abcdefgh", False)
    assert "“X” is not read" in told["d"][1]
    assert "“98123” is not read" in told["e"][1]


@pytest.mark.usefixtures("registered", "march")
def test_digits_and_words_of_hindi_are_read(asif):
    sent(client_of(asif), HEAD + f"a,new_card,,Geeta,९८१२३ ००००१,61068,,Geeta,महिला,१९८६,,{PAPERS},\n")

    made = Application.objects.get()
    assert (made.mobile, made.people.get().sex, made.people.get().birth_year) == ("9812300001", "F", 1986)


@pytest.mark.usefixtures("registered", "march")
def test_shop_that_is_not_there_is_named(asif):
    head = HEAD.replace("reason\n", "reason,shop\n")
    answer = sent(client_of(asif), head + f"a,new_card,,Geeta,,61068,,Geeta,F,1986,,{PAPERS},,069999999999\n")

    assert "069999999999" in answer.context["told"][0].why
    assert Application.objects.count() == 0


@pytest.mark.usefixtures("registered", "march")
def test_next_camp_that_numbers_its_families_anew_loses_none(asif):
    client = client_of(asif)
    sent(client, HEAD + f"1,new_card,,Geeta,,61068,,Geeta,F,1986,,{PAPERS},\n")

    answer = sent(client, HEAD + f"1,new_card,,Rukhsana,,61068,,Rukhsana,F,1990,,{PAPERS},\n")

    assert sorted(Application.objects.values_list("applicant", flat=True)) == ["Geeta", "Rukhsana"]
    assert answer.context["told"][0].number == Application.objects.get(applicant="Rukhsana").number


@pytest.mark.usefixtures("registered", "march")
def test_file_of_an_inspector_of_a_village_lies_in_his_district(db):
    village = staff("vijay", "inspector", ("place", "61068"))

    sent(client_of(village), HEAD + f"b,duplicate_card,{ASHAS},Asha,,,,,,,,seen:police report,lost\n")

    assert Application.objects.get().district_code == HISAR


@pytest.mark.usefixtures("registered", "march")
def test_workbook_of_applications_ends_like_the_csv_of_it(asif):
    rows = [line.split(",") for line in FILE.splitlines()]
    contents = xlsx(Sheet([*rows[:3], None, *rows[3:]]))

    answer = client_of(asif).post(
        "/applications/from-file", {"file": SimpleUploadedFile("camp.xlsx", contents)}
    )

    assert {one.family: (one.lines, bool(one.number)) for one in answer.context["told"]} == {
        "a": ((2, 3), True), "b": ((5,), True), "c": ((6,), False), "d": ((7,), False), "e": ((8,), False),
        "f": ((9,), False),
    }  # fmt: skip


@pytest.mark.usefixtures("registered", "march")
@pytest.mark.parametrize(
    ("contents", "what"),
    [
        (b"\xd0\xcf\x11\xe0 old", "The file XLSX is a workbook of the old kind (.xls)."),
        (b"PK\x03\x04 broken", "The workbook XLSX cannot be read."),
        (xlsx(Sheet([["family", "request", "applicant"], ["a", "new_card", FAILED]])),
         "In the sheet “List” of XLSX cells hold no value that can be trusted: 1."),
    ],
)  # fmt: skip
def test_workbook_that_cannot_be_used_is_said_on_the_page(asif, contents, what):
    answer = client_of(asif).post(
        "/applications/from-file", {"file": SimpleUploadedFile("camp.xlsx", contents)}
    )

    assert (answer.status_code, answer.context["said"].what) == (422, what)
    assert Application.objects.count() == 0
