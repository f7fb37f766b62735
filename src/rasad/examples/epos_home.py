"""Worked cases of a sale to a card tagged to the shop."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rasad.examples.written import exact, kg, noted
from rasad.policy import home_sale
from rasad.policy.authentication import authentication, is_in_time
from rasad.values.quantities import Grams, grams
from rasad.values.refused import Refused
from rasad.web.sentences import SENTENCES

GIVEN = frozenset(
    [
        "on", "ask []", "ask_kg", "card", "code", "entered []", "finger_1", "full_kg", "left_kg",
        "lifted_elsewhere_kg", "lifted_here_kg", "mobiles", "online", "otp", "seeded", "sent",
    ]
)  # fmt: skip
SHOP = "IN-WB"
RIGHT = ("right", "match", "matched", "ok", "accepted", True)
# What a case says of a code, and the reason that is recorded.
CODES = {
    "wrong": "otp_wrong", "mismatch": "otp_wrong", "expired": "otp_expired", "late": "otp_expired",
    "not_received": "otp_not_received", "not_carried": "mobile_not_carried", "no_phone": "mobile_not_carried",
    "declined": "mobile_not_carried",
}  # fmt: skip
# A card of the State at another shop than its own: a family is served there by finger or code only.
AWAY = ("untagged", "not_tagged", "other_shop", "another_shop", "away")
# A case does not say when and where; the words stand for what the register knows.
WHERE = ("(date)", "(shop, State)")
TRIED = {"finger_1", "otp", "seeded", "mobiles", "card"}


def play(given: Mapping[str, Any]) -> dict[str, Any]:
    """Every answer that can be told from what is given."""
    try:
        home_sale.check_online(SHOP, is_online=bool(given.get("online", True)))
    except Refused as refused:
        return {"sale": "refused", "message": noted(refused), "reason": noted(refused)}
    told: dict[str, Any] = {}
    if "sent" in given:
        told["accepted"] = [_accepted(given, one) for one in _several(given.get("entered", []))]
    if isinstance(given.get("ask"), list):
        told |= _both(given)
    elif "ask_kg" in given or "full_kg" in given:
        told |= _portion(given)
    if TRIED & set(given) or len(told.get("accepted", ())) == 1:
        told |= _served(given)
    return told


def _accepted(given: Mapping[str, Any], entered: object) -> bool:
    in_time = is_in_time(SHOP, sent=_moment(given["sent"]), entered=_moment(entered))
    return in_time and given.get("code", "right") in RIGHT


def _served(given: Mapping[str, Any]) -> dict[str, Any]:
    code, is_linked = _code(given), bool(given.get("seeded", True))
    # A code is asked for after the finger: where a case tells of a code only, the finger failed.
    tried = [given["finger_1"] in RIGHT] if "finger_1" in given else [False]
    fingers = tried if "finger_1" in given or code else []
    # Of a card that is not linked no mobile is known either, unless the case tells one.
    mobiles = int(given.get("mobiles", 1 if is_linked or code else 0))
    found = home_sale.served(SHOP, fingers=fingers, code=code, mobiles=mobiles, is_linked=is_linked)
    told: dict[str, Any] = {}
    if found.mode and _is_away(given):
        try:
            home_sale.check_away_mode(SHOP, mode=found.mode)
        except Refused as refused:
            return {"sale": "refused", "reason": noted(refused), "message": noted(refused)}
    if found.mode:
        told |= {"sale": "allowed", "mode": found.mode, "for": authentication(SHOP).home.serves.value}
    if found.next:
        told["next"] = found.next
    if found.why:
        told["reason"] = found.why
    if found.asked:
        told |= {"notice": noted(found.asked), "message": noted(found.asked), "listed_in": "report"}
    return told


def _is_away(given: Mapping[str, Any]) -> bool:
    return str(given.get("card", "tagged")).strip().lower().replace(" ", "_") in AWAY


def _code(given: Mapping[str, Any]) -> Any:
    entered = _several(given.get("entered", []))
    if "sent" in given and entered:
        in_time = is_in_time(SHOP, sent=_moment(given["sent"]), entered=_moment(entered[-1]))
        return "otp_expired" if not in_time else _named(given.get("code", "right"))
    return _named(given.get("otp", given.get("code")))


def _named(said: Any) -> Any:
    if said is None:
        return None
    return "right" if said in RIGHT else CODES.get(str(said), str(said))


def _portion(given: Mapping[str, Any]) -> dict[str, Any]:
    full = _kilograms(given, "full_kg") if "full_kg" in given else _kilograms(given, "left_kg")
    here, elsewhere = _kilograms(given, "lifted_here_kg"), _kilograms(given, "lifted_elsewhere_kg")
    asked = _kilograms(given, "ask_kg") if "ask_kg" in given else full
    try:
        found = home_sale.portion(
            SHOP, full=full, lifted_here=here, lifted_elsewhere=elsewhere, asked=asked, where=WHERE
        )
    except Refused as refused:
        return {"allowed_kg": "0", "left_kg": "0", "sale": "refused", "reason": noted(refused)}
    told = {"allowed_kg": kg(found.quantity), "left_kg": kg(found.left), "sale": "allowed"}
    if found.contact:
        told["contact"] = found.contact.en
    return told | ({"shows": noted(found.reasons[0])} if found.reasons else {})


def _both(given: Mapping[str, Any]) -> dict[str, Any]:
    """Two devices one after the other on one balance, in whichever order they come."""
    left = _kilograms(given, "left_kg" if "left_kg" in given else "full_kg")
    answers = []
    for asked in given["ask"]:
        wanted = grams(exact(asked))
        if wanted > left:
            # A sale is made whole or not at all; the family is told what is left.
            answers.append(str(SENTENCES["nothing_left"].short) % {"left": kg(left)})
            continue
        left = Grams(left - wanted)
        answers.append("allowed")
    return {"one": answers[0], "other": answers[-1], "left_kg": kg(left)}


def _kilograms(given: Mapping[str, Any], name: str) -> Grams:
    return grams(exact(given.get(name, 0)))


def _several(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _moment(given: object) -> datetime:
    # Cases give the time of one day; only the difference counts.
    return datetime.fromisoformat(f"2021-08-03T{given}+05:30")
