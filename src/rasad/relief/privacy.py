"""What of a family is shown to whom: names, addresses and mobiles only to roles that work with families."""

from dataclasses import dataclass

from rasad.accounts import access

HIDDEN = "•••"


@dataclass(frozen=True)
class Sight:
    """What one reader may see of a family."""

    families: bool

    def name(self, name: str) -> str:
        """A name, or only the first letter of each of its words."""
        return name if self.families else " ".join(f"{word[0]}{HIDDEN}" for word in name.split())

    def mobile(self, mobile: str) -> str:
        """A mobile number, or only its last two digits."""
        return mobile if self.families or not mobile else f"{HIDDEN}{mobile[-2:]}"

    def address(self, address: str) -> str:
        """An address, or nothing of it."""
        return address if self.families or not address else HIDDEN


def sight(reader: access.Reader) -> Sight:
    """What this reader may see."""
    return Sight(families=access.may(reader, "see_families"))
