"""What changes the registry: a place goes to another parent, a file is taken in."""

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.backends.utils import CursorWrapper

from rasad.accounts.models import User
from rasad.journal import actions as journal
from rasad.policy.jurisdiction import About, jurisdiction
from rasad.policy.packs import file_of, read
from rasad.registry.importing import cards, load, members, places
from rasad.registry.importing.load import CHUNK_ROWS, Progress, Summary
from rasad.registry.models import Place, PlaceParent
from rasad.values.refused import Refused

_ORDER = (Place.Kind.STATE, Place.Kind.DISTRICT, Place.Kind.SUBDISTRICT, Place.Kind.VILLAGE)


def move_place(*, place: Place, parent: Place, on: date, by: User | str, at: datetime) -> None:
    """Put a place under another parent from a day on; before that day it stays where it was.

    Raises Refused `parent_not_above`, `place_already_there` and `place_moved_later`.
    """
    if _rank(parent) >= _rank(place):
        raise Refused("parent_not_above", shown=parent.get_kind_display())
    with transaction.atomic():
        # The place is locked and not its row of today: two moves at once must not both find none.
        Place.objects.select_for_update().get(pk=place.pk)
        held = (
            PlaceParent.objects.filter(place=place, during__upper_inf=True).select_related("parent").first()
        )
        if held:
            if held.parent_id == parent.pk:
                raise Refused("place_already_there", place=place.name, parent=parent.name)
            if held.during.lower is not None and held.during.lower >= on:
                raise Refused("place_moved_later", place=place.name, since=held.during.lower)
            PlaceParent.objects.filter(pk=held.pk).update(during=(held.during.lower, on))
        PlaceParent.objects.create(place=place, parent=parent, during=(on, None))
        journal.write(
            "place.moved",
            of_kind=place.kind,
            of_key=place.code,
            by=by,
            at=at,
            facts={"from": held.parent.code if held else None, "to": parent.code, "on": on},
        )


def _rank(place: Place) -> int:
    return _ORDER.index(Place.Kind.VILLAGE if place.kind == Place.Kind.WARD else Place.Kind(place.kind))


def import_places(
    *,
    file: Path,
    by: User | str,
    at: datetime,
    progress: Progress | None = None,
    chunk_rows: int = CHUNK_ROWS,
) -> Summary:
    """Take a file of places in. Raises Refused when the file as a whole is unusable."""
    return load.take_in(places.KIND, file, by=by, at=at, progress=progress, chunk_rows=chunk_rows)


def import_cards(
    *,
    file: Path,
    by: User | str,
    at: datetime,
    shop_numbers: Collection[str] | None = None,
    progress: Progress | None = None,
    chunk_rows: int = CHUNK_ROWS,
) -> Summary:
    """Take a file of cards in, with the households they serve. Raises Refused when the file is unusable.

    A card tagged to a shop that is not among `shop_numbers` is loaded without it and reported.
    """

    def first(cursor: CursorWrapper) -> None:
        cursor.execute(
            "DROP TABLE IF EXISTS shops_known; CREATE TEMP TABLE shops_known (number text PRIMARY KEY)"
        )
        with cursor.copy("COPY shops_known FROM STDIN") as copy:
            for number in shop_numbers or ():
                copy.write_row([number])

    return load.take_in(
        cards.KIND,
        file,
        by=by,
        at=at,
        progress=progress,
        chunk_rows=chunk_rows,
        first=first,
        parameters={"check_shops": shop_numbers is not None, "categories": sorted(_categories())},
    )


def _categories() -> set[str]:
    """The categories the rules of our State name, in force or not."""
    about = read(file_of(settings.STATE, "about.yaml"), About)
    return {category.value for category in jurisdiction(about.code).categories}


def import_members(
    *,
    file: Path,
    by: User | str,
    at: datetime,
    progress: Progress | None = None,
    chunk_rows: int = CHUNK_ROWS,
) -> Summary:
    """Take a file of members in; their numbers go to the vault. Raises Refused when the file is unusable."""
    return load.take_in(members.KIND, file, by=by, at=at, progress=progress, chunk_rows=chunk_rows)
