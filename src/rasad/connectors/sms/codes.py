"""The gateway's answers other than 402: what each means, and whether trying again can help."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """A code of the gateway."""

    means: str
    is_permanent: bool
    # It speaks of this number or text; any other permanent one of the account, and holds for every message.
    is_of_message: bool = False


CODES = {
    "401": Code("wrong user name or password", is_permanent=True),
    "403": Code("no credits left", is_permanent=False),
    "404": Code("the gateway's database fails", is_permanent=False),
    "405": Code("the gateway's network fails", is_permanent=False),
    "406": Code("invalid or duplicate number", is_permanent=True, is_of_message=True),
    "407": Code("the operator's network fails", is_permanent=False),
    "408": Code("the operator's network fails", is_permanent=False),
    "410": Code("internal limit exceeded", is_permanent=False),
    "411": Code("sender ID not approved", is_permanent=True),
    "412": Code("sender ID not approved", is_permanent=True),
    "413": Code("taken for spam", is_permanent=True, is_of_message=True),
    "414": Code("rejected by the operator", is_permanent=True, is_of_message=True),
    "415": Code("no secure key made for the account", is_permanent=True),
    "416": Code("hash does not match", is_permanent=True),
    "417": Code("a code goes to two numbers at most", is_permanent=True, is_of_message=True),
    "418": Code("daily limit exceeded", is_permanent=False),
    "422": Code("entity id is not 12 to 19 digits", is_permanent=True),
    "423": Code("template id is not 12 or 19 digits", is_permanent=True),
    "425": Code("secure key is missing", is_permanent=True),
}
