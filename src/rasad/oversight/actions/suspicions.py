"""Rows of a list become suspicions about cards: by Aadhaar reference, card number or family ID, never by a name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from rasad.accounts.models import User
from rasad.journal import actions as journal
from rasad.oversight import moves
from rasad.oversight.models import Campaign, Case, Suspicion
from rasad.registry import vault
from rasad.registry.importing import files
from rasad.registry.importing.columns import Column
from rasad.registry.models import Card, Membership
from rasad.values.aadhaar import is_aadhaar
from rasad.values.refused import Refused

COLUMNS = (
    Column("card_number", "code", longest=20), Column("family_id", "code", longest=20),
    Column("aadhaar", "aadhaar", longest=12), Column("name", "text"), Column("says", "text", longest=500),
)  # fmt: skip
CHUNK = 1_000
# About one person: a card number alone does not say which member it is.
OF_A_PERSON = {Case.Ground.DEAD, Case.Ground.MOVED, Case.Ground.DUPLICATE, Case.Ground.SAME_AADHAAR}
Match = Suspicion.Match


@dataclass(frozen=True)
class ListRow:
    """One row of a list, as it was given."""

    card: str
    family_id: str
    aadhaar: str
    name: str
    says: str


@transaction.atomic
def take_list(
    *, campaign: Campaign, file: Path, source: str, dated: date | None, by: User, at: datetime
) -> tuple[int, int]:
    """Take a list in; how many rows were matched, how many wait for a person.

    Refused: campaign_not_so_far, and as `registry.importing.files.opened`.
    """
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if held.state != moves.RUNNING:
        raise Refused("campaign_not_so_far", campaign=held.title, state=held.get_state_display())
    day = timezone.localdate(at)
    matched = waiting = 0
    with files.opened(file, COLUMNS) as opened:
        asked = opened.link.execute(
            "SELECT card_number, family_id, aadhaar, name, says FROM raw ORDER BY position"
        )
        while rows := [ListRow(*(cell or "" for cell in row)) for row in asked.fetchmany(CHUNK)]:
            made = list(_suspicions(held, rows, source, dated, day))
            Suspicion.objects.bulk_create(made, ignore_conflicts=True)
            matched += sum(bool(one.matched_by) for one in made)
            waiting += sum(not one.matched_by for one in made)
    facts: dict[str, object] = {"source": source, "matched": matched, "waiting": waiting}
    journal.write("campaign.list_taken", of_kind="campaign", of_key=str(held.pk), by=by, at=at, facts=facts)
    return matched, waiting


def _suspicions(
    campaign: Campaign, rows: Sequence[ListRow], source: str, dated: date | None, day: date
) -> Iterator[Suspicion]:
    people = _people(rows, day)
    cards = _cards(rows, people, day)
    for row in rows:
        member = people.get(row.aadhaar)
        card, how = _card_of(row, member, cards)
        if campaign.district_code and card and card.household.district_code != campaign.district_code:
            continue
        if campaign.ground in OF_A_PERSON and member is None:
            how = Match.NONE
        yield Suspicion(
            campaign=campaign, card=card if how else None,
            membership=member if how and campaign.ground in OF_A_PERSON else None, name=row.name[:120],
            district_code=card.household.district_code if card else campaign.district_code, source=source,
            says=row.says[:500] or source, dated=dated, matched_by=how,
        )  # fmt: skip


def _people(rows: Sequence[ListRow], day: date) -> dict[str, Membership]:
    """The living member of each Aadhaar number, by the number; the numbers themselves stay in memory only."""
    numbers = sorted({row.aadhaar for row in rows if is_aadhaar(row.aadhaar)})
    refs = dict(zip((bytes(ref) for ref in vault.references(numbers)), numbers, strict=True))
    found = Membership.objects.filter(person__aadhaar_ref__in=list(refs), during__contains=day)
    return {refs[bytes(one.person.aadhaar_ref or b"")]: one for one in found.select_related("person")}


def _cards(
    rows: Sequence[ListRow], people: dict[str, Membership], day: date
) -> dict[tuple[str, object], Card]:
    living = Card.objects.filter(during__contains=day).select_related("household")
    by_number = living.filter(number__in={row.card for row in rows if row.card})
    by_family = living.filter(household__family_id__in={row.family_id for row in rows if row.family_id})
    by_home = living.filter(household__in={one.household_id for one in people.values()})
    return (
        {("card", one.number): one for one in by_number}
        | {("family", one.household.family_id): one for one in by_family}
        | {("home", one.household_id): one for one in by_home}
    )


def _card_of(
    row: ListRow, member: Membership | None, cards: dict[tuple[str, object], Card]
) -> tuple[Card | None, str]:
    if member is not None and (found := cards.get(("home", member.household_id))):
        return found, Match.AADHAAR
    if row.card and (found := cards.get(("card", row.card))):
        return found, Match.CARD
    if row.family_id and (found := cards.get(("family", row.family_id))):
        return found, Match.FAMILY
    return None, Match.NONE


@transaction.atomic
def match(
    *, suspicion: Suspicion, card: Card, membership: Membership | None, by: User, at: datetime
) -> Suspicion:
    """An officer says which card, and of a person which member, a row is about.

    Refused: campaign_not_so_far, member_not_named, row_has_its_card.
    """
    held = Suspicion.objects.select_for_update().get(pk=suspicion.pk)
    campaign = held.campaign
    _refuse_whole_card(campaign, membership)
    if campaign.state != moves.RUNNING:
        raise Refused("campaign_not_so_far", campaign=campaign.title, state=campaign.get_state_display())
    known = Suspicion.objects.filter(campaign=campaign, card=card, membership=membership).exclude(pk=held.pk)
    if held.matched_by or held.dropped or known.exists():
        raise Refused("row_has_its_card")
    Suspicion.objects.filter(pk=held.pk).update(
        card=card, membership=membership, matched_by=Match.PERSON, district_code=card.household.district_code
    )
    journal.write("campaign.matched", of_kind="campaign", of_key=str(campaign.pk), by=by, at=at)
    held.refresh_from_db()
    return held


def _refuse_whole_card(campaign: Campaign, membership: Membership | None) -> None:
    """One death ends no card: a suspicion about a person names the person."""
    if campaign.ground in OF_A_PERSON and membership is None:
        raise Refused("member_not_named")


@transaction.atomic
def add_found(
    *,
    campaign: Campaign,
    card: Card,
    says: str,
    source: str,
    by: User,
    at: datetime,
    membership: Membership | None = None,
) -> Suspicion:
    """A card, or a member of it, that a surprise check or a visit of the review found.

    Refused: campaign_not_so_far, member_not_named, row_has_its_card.
    """
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if held.state != moves.RUNNING:
        raise Refused("campaign_not_so_far", campaign=held.title, state=held.get_state_display())
    _refuse_whole_card(held, membership)
    if held.suspicions.filter(card=card, membership=membership).exists():
        raise Refused("row_has_its_card")
    made = Suspicion.objects.create(
        campaign=held, card=card, membership=membership, district_code=card.household.district_code,
        source=source, says=says, dated=timezone.localdate(at), matched_by=Match.PERSON,
    )  # fmt: skip
    journal.write("campaign.matched", of_kind="campaign", of_key=str(held.pk), by=by, at=at, reason=says)
    return made
