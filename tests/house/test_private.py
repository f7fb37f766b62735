"""What must not be in the project: a machine's folders, addresses of registries, numbers of living people."""

import re

from rasad.values.aadhaar import is_aadhaar
from tests.house.reading import ROOT, named, text_of, tracked

# Written in pieces, so that this file does not find itself.
FOLDERS = re.compile(
    r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+|Us" + r"ers)/|\.\./sh" + r"ared|/tmp/scr" + r"atch"
)
REGISTRIES = re.compile(
    "|".join(
        [
            "py" + r"pi\.org",
            "python" + r"hosted\.org",
            "registry" + r"\.npmjs",
            "--index" + "-url",
            "--find" + "-links",
        ]
    )
)
LOOKS_FOR_THE_CATALOGUE = "tests/house/reading.py"
GENERATED = {".parquet", ".duckdb", ".mo", ".ttf", ".otf", ".woff2", ".pyc", ".key", ".pem"}
LARGEST_BYTES = 1_000_000


def test_no_file_names_a_folder_of_a_machine():
    found = {named(path): FOLDERS.findall(text_of(path)) for path in tracked()}
    found.pop(LOOKS_FOR_THE_CATALOGUE, None)

    assert {name: folders for name, folders in found.items() if folders} == {}


def test_no_file_names_a_registry():
    assert [named(path) for path in tracked() if REGISTRIES.search(text_of(path))] == []


def test_lock_files_have_versions_and_hashes_only():
    pinned = re.compile(r"[a-z0-9][a-z0-9._-]*==\S+( ; .+)?|--hash=sha256:[0-9a-f]{64}")
    locks = [*ROOT.glob("*.lock"), *ROOT.glob("bench/*.txt")]
    lines = [line.strip().rstrip("\\").strip() for path in locks for line in text_of(path).splitlines()]

    assert len(lines) > 100
    assert [line for line in lines if line and not pinned.fullmatch(line)] == []


def test_aadhaar_numbers_written_down_are_test_numbers():
    """Only the 9999 range, UIDAI's own for tests: any other number that passes may be a living person's."""
    written = [
        path for path in tracked() if path.suffix not in {".lock", ".svg"} and path.parent.name != "bench"
    ]
    digits = {
        (named(path), re.sub(r"\D", "", number))
        for path in written
        for number in re.findall(r"(?<![\w.])[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}(?![\w.])", text_of(path))
    }

    assert {found for found in digits if is_aadhaar(found[1]) and not found[1].startswith("9999")} == set()


def test_nothing_generated_and_nothing_big_is_kept():
    assert [named(path) for path in tracked() if path.suffix in GENERATED] == []
    assert [
        named(path) for path in tracked() if path.stat().st_size > LARGEST_BYTES and path.suffix != ".lock"
    ] == []
