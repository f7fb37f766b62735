"""Everything installed to run Rasad may be used under Apache-2.0; what is weakly reciprocal is named here."""

import re
from importlib import metadata

from tests.house.reading import ROOT, text_of

# Used as they are, imported and never changed: these licences leave our own code as it is.
WEAKLY_RECIPROCAL = {"certifi", "psycopg", "psycopg-binary", "psycopg-pool", "tqdm"}
FREE = re.compile(
    r"apache|\bbsd|\bmit\b|mit-|\bisc\b|unlicense|psf|python|zlib|zope|zpl|0bsd|cc0|cnri|hpnd", re.I
)
RECIPROCAL = re.compile(r"GPL|General Public|\bMPL|Mozilla|\bEPL|\bEUPL|\bCDDL|\bSSPL|\bBUSL", re.I)


def licences():
    """What each package of the lock that is installed here says of itself."""
    packages = set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text_of(ROOT / "requirements.lock"), re.M))
    here = {about.name.lower().replace("_", "-"): about.metadata for about in metadata.distributions()}
    return {name: said_by(here[name]) for name in sorted(packages & set(here))}


def said_by(about):
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    return about.get("License-Expression") or " ".join([*classifiers, (about.get("License") or "")[:300]])


def test_licences_go_with_apache():
    found = licences()

    assert len(found) > 50
    assert [
        name for name, said in found.items() if not FREE.search(said) and name not in WEAKLY_RECIPROCAL
    ] == []
    assert {name for name, said in found.items() if RECIPROCAL.search(said)} - WEAKLY_RECIPROCAL == set()


def test_our_own_licence_is_apache():
    assert text_of(ROOT / "LICENSE").split()[:5] == ["Apache", "License", "Version", "2.0,", "January"]
