"""Every outside system of the counter as a twin on this machine, and the settings by which the pages find them."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rasad import wiring
from rasad.connectors.aadhaar import twins as aadhaar
from rasad.connectors.exchange import twins as portals
from rasad.connectors.impds import sandbox as impds
from rasad.connectors.sms import sandbox as sms
from rasad.connectors.whatsapp import sandbox as whatsapp
from rasad.values.aadhaar import reference as aadhaar_reference

ADDRESSES, SETTINGS = "twins.json", "settings.env"


@dataclass(frozen=True)
class Ports:
    """Where the twins listen on 127.0.0.1; 0 takes a free one, for the reader the first of 11100-11120."""

    uidai: int = 11200
    states: int = 8402
    telephones: int = 8403
    reader: int = 0
    # With the portals it follows the States: free where theirs is.
    whatsapp: int = 8412


@dataclass(frozen=True)
class Twins:
    """All of them, running: the addresses of their pages, and the settings for ours."""

    addresses: Mapping[str, str]
    settings: Mapping[str, str]


@contextmanager
def running(folder: Path, *, ports: Ports = Ports()) -> Iterator[Twins]:
    """Start them; keys, addresses and settings are written into the folder. They stop at the end of the block."""
    with (
        aadhaar.running(port=ports.uidai, rd_port=ports.reader) as uidai,
        sms.running(port=ports.telephones) as telephones,
        whatsapp.running(port=ports.whatsapp if ports.states else 0) as documents,
        # The other States live by the clock of the books: so do the months of their cards.
        impds.running(port=ports.states, clock=wiring.now) as states,
        portals.running(
            any_port=ports.states == 0, state=_state(), reference=_reference, handful=True
        ) as desk,
    ):
        made = Twins(
            addresses={
                "reader": uidai.reader.url, "telephones": telephones.url, "whatsapp": documents.url,
                "uidai": uidai.uidai.url, "states": states.url, **desk.addresses,
            },
            settings={
                "RASAD_TRAINING": "1",
                **uidai.settings(folder / "aadhaar"),
                "RASAD_SMS_URL": telephones.address,
                "RASAD_SMS_USERNAME": sms.ACCOUNT.username,
                "RASAD_SMS_PASSWORD": sms.ACCOUNT.password,
                "RASAD_SMS_SENDER": sms.ACCOUNT.sender,
                "RASAD_SMS_KEY": sms.ACCOUNT.key,
                **documents.settings,
                "RASAD_IMPDS_URL": states.url, "RASAD_IMPDS_KEY": impds.KEY.hex(), **desk.settings,
            },
        )  # fmt: skip
        _write(folder, made)
        yield made


def apply(settings: Mapping[str, str]) -> None:
    """Let this process and its workers find the twins. Before Django reads its settings."""
    os.environ.update(settings)
    import importlib

    from rasad import settings as ours

    # The command line has read them once, for the packs.
    importlib.reload(ours)


def _state() -> Path | None:
    """The made-up state of the demonstration, whose lists the portals then serve."""
    from rasad import settings

    folder = settings.HOME / "demo"
    return folder if (folder / "sources").is_dir() else None


def _reference(number: str) -> str:
    from rasad import settings

    return aadhaar_reference(number, settings.IDENTITY_KEY).hex()


def _write(folder: Path, made: Twins) -> None:
    (folder / ADDRESSES).write_text(json.dumps(dict(made.addresses)))
    path = folder / SETTINGS
    path.touch(mode=0o600)
    path.write_text("".join(f"export {name}='{value}'\n" for name, value in made.settings.items()))
