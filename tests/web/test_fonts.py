"""The fonts of paper are there after set-up, the ones that were pinned, or it is said what to do."""

import hashlib
import subprocess
import sys

import pytest

from rasad.values.refused import Refused
from rasad.web import fonts


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """A machine without fonts, npm, network or a folder of fonts of the system."""
    monkeypatch.setenv("RASAD_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setattr(fonts, "SYSTEM_FOLDERS", (tmp_path / "system",))
    return tmp_path


def test_set_up_has_brought_every_font():
    assert fonts.are_there()
    assert [font.file for font in fonts.FONTS if not (fonts.found() / font.file).is_file()] == []


def test_fonts_from_packages_are_the_pinned_ones():
    kept = {font.file: (fonts.found() / font.file).read_bytes() for font in fonts.FONTS}
    pinned = [font for font in fonts.FONTS if hashlib.sha256(kept[font.file]).hexdigest() == font.sha256]

    # All of them, or, on a machine that could only use the system's, none.
    assert len(pinned) in (0, len(fonts.FONTS))


def test_missing_fonts_are_named(nowhere):
    with pytest.raises(Refused) as refused:
        fonts.found()

    assert refused.value.code == "fonts_missing"
    assert refused.value.facts["folder"] == str(nowhere / "fonts")
    assert "NotoSansDevanagari-Bold.ttf" in refused.value.facts["files"]


def test_set_up_without_a_way_to_the_fonts_says_what_to_do_and_goes_on(nowhere, capsys):
    fonts.main()
    told = capsys.readouterr().err

    assert "there is no npm" in told
    assert "fonts-noto-core" in told
    assert str(nowhere / "fonts") in told
    assert not fonts.are_there()


def test_fonts_of_the_system_are_taken_where_packages_are_out_of_reach(nowhere):
    folder = nowhere / "system" / "truetype"
    folder.mkdir(parents=True)
    for font in fonts.FONTS:
        (folder / font.file).write_bytes(font.file.encode())

    assert fonts.fetch() == "the system"
    assert (fonts.found() / "NotoSans-Bold.ttf").read_bytes() == b"NotoSans-Bold.ttf"


def test_nothing_is_done_where_the_fonts_are():
    done = subprocess.run(
        [sys.executable, "-m", "rasad.web.fonts"], capture_output=True, text=True, check=True, timeout=60
    )

    assert (done.stdout, done.stderr) == ("", "")
