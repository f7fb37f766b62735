"""What a case, a campaign, a suspicion and a list can be, in words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from rasad.oversight import moves


class CampaignKind(TextChoices):
    """Why many cards are looked at."""

    YEARLY = "yearly", _("Yearly review of the BPL and AAY lists")
    LIST = "list", _("List of another department")
    DUPLICATES = "duplicates", _("Duplicates")
    NEVER_LIFTING = "never_lifting", _("Never lifting")
    SURPRISE = "surprise", _("Surprise check")
    SURRENDER = "surrender", _("Surrender of bogus cards")
    CRITERIA = "criteria", _("Change of the criteria")


class CampaignState(TextChoices):
    """Where a campaign stands."""

    PLANNED = moves.PLANNED, _("Planned")
    RUNNING = moves.RUNNING, _("Running")
    FINDINGS = moves.FINDINGS, _("Findings and sample")
    PUBLISHED = moves.PUBLISHED, _("Published: cases are open")
    STOPPED = moves.STOPPED, _("Stopped by its sample")
    CLOSED = moves.CLOSED, _("Closed")


class What(TextChoices):
    """What a case is about."""

    CARD = "card", _("The card")
    MEMBERSHIP = "membership", _("A member of the card")
    CATEGORY = "category", _("The category of the card")


class Ground(TextChoices):
    """What is suspected."""

    DEAD = "dead", _("Said to have died")
    MOVED = "moved", _("Said to have moved away")
    DUPLICATE = "duplicate", _("The same person on two cards")
    SAME_AADHAAR = "same_aadhaar", _("The same Aadhaar number twice")
    NEVER_LIFTING = "never_lifting", _("Has not taken rations for months")
    EXCLUSION = "exclusion", _("Meets an exclusion")
    BOGUS = "bogus", _("Bogus card")
    FILE = "file", _("Another register says so")


class CaseState(TextChoices):
    """Where a case stands."""

    SUSPECTED = moves.SUSPECTED, _("Suspected")
    NOTICED = moves.NOTICED, _("Notice written")
    ANSWERED = moves.ANSWERED, _("Answered")
    NO_ANSWER = moves.NO_ANSWER, _("No answer in time")
    HEARD = moves.HEARD, _("Heard")
    PROPOSED = moves.PROPOSED, _("Removal proposed, waits for a second officer")
    ORDERED = moves.ORDERED, _("Ordered")
    CLEARED = moves.CLEARED, _("Cleared")
    RESTORED = moves.RESTORED, _("Restored")


class Served(TextChoices):
    """How a notice reached the family."""

    HAND = "hand", _("Into the hand of the family")
    POST = "post", _("By post, with acknowledgement")
    DOOR = "door", _("Fixed to the door before two witnesses")


class Hearing(TextChoices):
    """How the family was heard."""

    PERSON = "person", _("In person")
    TELEPHONE = "telephone", _("By telephone")
    ONLINE = "online", _("Online")


class Match(TextChoices):
    """By what a row was found in the register. A name alone never is enough."""

    AADHAAR = "aadhaar", _("Aadhaar reference")
    CARD = "card", _("Card number")
    FAMILY = "family_id", _("Family ID")
    BOOKS = "books", _("The department's own books")
    PERSON = "person", _("Matched by an officer")
    NONE = "", _("Not matched")


class Visit(TextChoices):
    """What the visit of a sampled family found."""

    REAL = "real", _("Real and eligible")
    NOT_FOUND = "not_found", _("Nobody of this name lives there")
    NOT_ELIGIBLE = "not_eligible", _("Found, and not eligible")


class RowEnd(TextChoices):
    """Where a row of a list came to its end."""

    MATCHED = "matched", _("Found in the register")
    WAITING = "waiting", _("Waits for a person")
    KNOWN = "known", _("Was found before, by this or another list")
    ELSEWHERE = "elsewhere", _("Of another district than the campaign's")
    UNREAD = "unread", _("Could not be read")


class Proof(TextChoices):
    """By what a family shows that it gives its card up itself."""

    SIGNATURE = "signature", _("Signed or thumb-marked statement")
    CODE = "code", _("Code on the card's telephone")


class ReevaluationState(TextChoices):
    """How far a change of the criteria is looked through."""

    BASELINE = "baseline", _("As the criteria stood at first")
    COUNTING = "counting", _("Being looked through")
    REPORTED = "reported", _("Reported")


class ReevaluatedEnd(TextChoices):
    """What the criteria of a day say of a card there is."""

    OUT = "out", _("Meets the criteria no longer")
    NOW = "now", _("Meets the criteria now")
    UNSURE = "unsure", _("Something is not known that decides")
    SAME = "same", _("As before")


class Against(TextChoices):
    """Who is referred."""

    HOLDER = "holder", _("Card holder")
    DEALER = "dealer", _("Dealer")
    OFFICIAL = "official", _("Official")


class ListState(TextChoices):
    """Where a list stands."""

    DRAFT = moves.DRAFT, _("Before the Gram Sabha")
    RESOLVED = moves.RESOLVED, _("Resolved, open for objections")
    PROPOSED = moves.PROPOSED, _("Proposed, waits for a second officer")
    FINAL = moves.FINAL, _("Final")
