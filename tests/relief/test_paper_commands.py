"""Paper from the command line: Ravi checks a token without a network, Meena's office prints a district."""

from io import BytesIO

import pytest
from PIL import Image
from typer.testing import CliRunner

from rasad.cli import app
from rasad.journal.models import Entry
from rasad.relief.paper import press
from rasad.relief.paper_commands import print_tokens
from rasad.values.refused import Refused
from tests.cast import HISAR
from tests.relief.cast import ASHA as ASHAS_NUMBER
from tests.relief.cast import SHOP
from tests.relief.paper_tokens import ASHA, SIGNER, signed
from tests.relief.reading_pdf import pages

PAPER = signed(ASHA)
IN_MAY = ("--on", "2020-05-12")


@pytest.fixture
def key(tmp_path):
    """All that Ravi's machine has: the State's public key."""
    file = tmp_path / "state.pem"
    file.write_bytes(SIGNER.public_pem)
    return file


def verify(*arguments):
    return CliRunner().invoke(app, ["token", "verify", *map(str, arguments)])


def test_genuine_text_is_told_in_words(key):
    told = verify(PAPER.signed, "--public-key", key, *IN_MAY)

    assert told.exit_code == 0
    assert told.stdout.splitlines() == [
        "Genuine, and good on 12 May 2020.",
        "Token      063-48210-93715-6",
        "Holder     आशा क्षत्रिय",
        "Members    5",
        "Months     2020-04, 2020-05, 2020-06",
        "Valid      01 April 2020 to 30 June 2020",
        "Scheme     drt_2020, ration of category OPH",
        "Shop       106300100123",
        "District   63",
        "Issued by  IN-HR",
        "Whether ration was drawn on it already is not on the paper: the shop's device knows.",
    ]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_photo_is_read(key, tmp_path, kind):
    (picture,) = press.pictures([PAPER], dots_per_inch=120)
    photo = tmp_path / f"photo.{kind.lower()}"
    Image.open(BytesIO(picture)).convert("RGB").rotate(90, expand=True).save(photo, kind)

    assert "Holder     आशा क्षत्रिय" in verify(photo, "--public-key", key, *IN_MAY).stdout


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (PAPER.signed[:100], "token_not_readable"),
        ("063-48210-93715-6", "token_number_alone"),
        ("063-48210-93715-7", "token_number_wrong"),
        ("no such file.png", "token_not_readable"),
    ],
)
def test_refusal_says_why_and_what_to_do(key, given, code):
    told = verify(given, "--public-key", key, *IN_MAY)

    assert told.exit_code == 1
    assert told.stdout == ""
    assert told.stderr.rstrip().endswith(f"[{code}]")
    assert len(told.stderr.splitlines()) == 4


def test_token_is_over_after_june(key):
    told = verify(PAPER.signed, "--public-key", key, "--on", "2020-07-01")

    assert told.exit_code == 1
    assert "[token_over]" in told.stderr


def test_token_of_another_state_is_not_known(key):
    # This installation's own key is not the one the paper was signed with.
    assert "[token_unknown_key]" in verify(PAPER.signed, *IN_MAY).stderr


def test_picture_without_a_code_is_refused(key, tmp_path):
    for name, content in (("white.png", b""), ("broken.png", b"\x89PNG\r\n\x1a\nbroken")):
        file = tmp_path / name
        file.write_bytes(content)
        assert "[token_not_readable]" in verify(file, "--public-key", key).stderr
    Image.new("L", (300, 300), 255).save(tmp_path / "blank.png")
    assert "[token_not_readable]" in verify(tmp_path / "blank.png", "--public-key", key).stderr


def test_missing_key_is_refused(tmp_path):
    assert "[public_key_not_readable]" in verify(PAPER.signed, "--public-key", tmp_path / "none").stderr


def test_public_key_is_what_another_machine_needs(key):
    told = CliRunner().invoke(app, ["token", "public-key"])

    assert told.stdout.startswith("-----BEGIN PUBLIC KEY-----\n")


def test_district_is_printed_with_its_cover_and_put_on_record(world, tmp_path):
    out = tmp_path / "hisar.pdf"
    print_tokens(district=HISAR, out=out)
    cover, first, *rest = pages(out.read_bytes())
    entry = Entry.objects.get(action="relief.printed")

    assert "टोकन / Tokens: 3" in " ".join(cover.split())
    assert "063-00000-00001-4" in first
    assert len(rest) == 2
    assert (entry.of_kind, entry.of_key, entry.facts) == ("district", HISAR, {"tokens": 3})
    assert [file.name for file in tmp_path.iterdir()] == ["hisar.pdf"]


def test_one_shop_is_printed_two_up_without_a_cover(world, tmp_path):
    out = tmp_path / "shop.pdf"
    print_tokens(district=HISAR, out=out, shop=SHOP, layout="a4-two-up", cover=False)
    (page,) = pages(out.read_bytes())

    assert ASHAS_NUMBER[-6:-1] in page.replace("-", "")
    assert Entry.objects.get(action="relief.printed").of_kind == "shop"


def test_district_without_tokens_leaves_no_file_and_no_record(world, tmp_path):
    with pytest.raises(Refused, match="nothing_to_print"):
        print_tokens(district="99", out=tmp_path / "none.pdf")

    assert list(tmp_path.iterdir()) == []
    assert not Entry.objects.filter(action="relief.printed").exists()
