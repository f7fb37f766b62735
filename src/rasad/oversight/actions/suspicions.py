"""Rows of a list become suspicions about cards: by Aadhaar reference, card number or family ID, never by a name."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from rasad.accounts.models import User
from rasad.journal import actions as journal
from rasad.oversight import moves
from rasad.oversight.models import Campaign, Case, ListRow, Suspicion, TakenList
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
class Row:
    """One row of a list, as it was given."""

    line: int
    card: str
    family_id: str
    aadhaar: str
    name: str
    says: str


@transaction.atomic
def take_list(
    *, campaign: Campaign, file: Path, source: str, dated: date | None, by: User, at: datetime
) -> TakenList:
    """Take a list in. Each of its rows ends in a named place, under the number it has in the file or sheet.

    Refused: campaign_not_so_far, list_taken_before, and as `registry.importing.files.opened`.
    """
    held = running(campaign)
    with file.open("rb") as contents:
        digest = hashlib.file_digest(contents, "sha256").hexdigest()
    if known := held.lists.filter(digest=digest).first():
        raise Refused("list_taken_before", file=file.name, at=known.at)
    with files.opened(file, COLUMNS) as opened:
        made = TakenList.objects.create(
            campaign=held, source=source, dated=dated, file_name=file.name[:200], digest=digest,
            sheet=opened.sheet[:100], hidden_sheets=list(opened.hidden_sheets), by=by.get_username(), at=at,
            rows=opened.rows + len(opened.rejected),
        )  # fmt: skip
        asked = opened.link.execute(
            "SELECT file_line, card_number, family_id, aadhaar, name, says FROM raw ORDER BY position"
        )
        while rows := [Row(row[0], *(cell or "" for cell in row[1:])) for row in asked.fetchmany(CHUNK)]:
            ListRow.objects.bulk_create(_ends(made, rows, timezone.localdate(at)))
        ListRow.objects.bulk_create(
            ListRow(list=made, line=line, end=ListRow.End.UNREAD, code=code) for line, code in opened.rejected
        )
    facts: dict[str, object] = {"source": source, "file": made.file_name, "sheet": made.sheet, **ends(made)}
    journal.write("campaign.list_taken", of_kind="campaign", of_key=str(held.pk), by=by, at=at, facts=facts)
    return made


def ends(of: TakenList) -> dict[str, int]:
    """How many rows of a list ended where; they come to all of its rows."""
    return dict(of.ends.order_by("end").values_list("end").annotate(number=Count("pk")))


def running(campaign: Campaign) -> Campaign:
    """The campaign, locked, while rows come in and are matched. Refused: campaign_not_so_far."""
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if held.state != moves.RUNNING:
        raise Refused("campaign_not_so_far", campaign=held.title, state=held.get_state_display())
    return held


def _ends(of: TakenList, rows: Sequence[Row], day: date) -> list[ListRow]:
    """Suspicions for what is new in these rows, and where each row ends."""
    campaign, found = of.campaign, list(_suspicions(of, rows, day))
    cards = {one.card for _, one in found if one is not None and one.card}
    known = {
        (one.card_id, one.membership_id): one
        for one in Suspicion.objects.filter(campaign=campaign, card__in=cards)
    }
    new, told = [], []
    for line, one in found:
        if one is None:
            told.append(ListRow(list=of, line=line, end=ListRow.End.ELSEWHERE))
            continue
        before = known.get((one.card_id, one.membership_id)) if one.card else None
        if before is None:
            new.append(one)
            if one.card:
                known[one.card_id, one.membership_id] = one
        end = ListRow.End.KNOWN if before else ListRow.End.MATCHED if one.matched_by else ListRow.End.WAITING
        told.append(ListRow(list=of, line=line, end=end, suspicion=before or one))
    Suspicion.objects.bulk_create(new)
    for row in told:
        # Its key is known only now.
        row.suspicion_id = row.suspicion.pk if row.suspicion else None
    return told


def _suspicions(of: TakenList, rows: Sequence[Row], day: date) -> Iterator[tuple[int, Suspicion | None]]:
    """Each row with what it says of whom; nothing for one of another district."""
    campaign, people = of.campaign, _people(rows, day)
    cards = _cards(rows, people, day)
    for row in rows:
        member = people.get(row.aadhaar)
        card, how = _card_of(row, member, cards)
        if campaign.district_code and card and card.household.district_code != campaign.district_code:
            yield row.line, None
            continue
        if campaign.ground in OF_A_PERSON and member is None:
            how = Match.NONE
        yield row.line, Suspicion(
            campaign=campaign, card=card if how else None,
            membership=member if how and campaign.ground in OF_A_PERSON else None, name=row.name[:120],
            district_code=card.household.district_code if card else campaign.district_code, source=of.source,
            says=row.says[:500] or of.source, dated=of.dated, matched_by=how,
        )  # fmt: skip


def _people(rows: Sequence[Row], day: date) -> dict[str, Membership]:
    """The living member of each Aadhaar number, by the number; the numbers themselves stay in memory only."""
    numbers = sorted({row.aadhaar for row in rows if is_aadhaar(row.aadhaar)})
    refs = dict(zip((bytes(ref) for ref in vault.references(numbers)), numbers, strict=True))
    found = Membership.objects.filter(person__aadhaar_ref__in=list(refs), during__contains=day)
    return {refs[bytes(one.person.aadhaar_ref or b"")]: one for one in found.select_related("person")}


def _cards(rows: Sequence[Row], people: dict[str, Membership], day: date) -> dict[tuple[str, object], Card]:
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
    row: Row, member: Membership | None, cards: dict[tuple[str, object], Card]
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
    campaign = running(suspicion.campaign)
    held = Suspicion.objects.select_for_update().get(pk=suspicion.pk)
    _refuse_whole_card(campaign, membership)
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
    held = running(campaign)
    _refuse_whole_card(held, membership)
    if held.suspicions.filter(card=card, membership=membership).exists():
        raise Refused("row_has_its_card")
    made = Suspicion.objects.create(
        campaign=held, card=card, membership=membership, district_code=card.household.district_code,
        source=source, says=says, dated=timezone.localdate(at), matched_by=Match.PERSON,
    )  # fmt: skip
    journal.write("campaign.matched", of_kind="campaign", of_key=str(held.pk), by=by, at=at, reason=says)
    return made
