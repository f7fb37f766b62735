"""What a shop needs for its tokens in a month, beside its own cards: told to TrackPDS, which sends the trucks."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.db.models import Count

from rasad.connectors.trackpds.wire import Requirement
from rasad.outbox.channels import NOTHING_TO_SAY
from rasad.outbox.models import Message
from rasad.policy import relief as policy
from rasad.policy.scheme import Scheme
from rasad.relief import schemes
from rasad.relief.life import LIVING
from rasad.relief.models import Token
from rasad.values.month import Month


def rendered(messages: Sequence[Message]) -> Mapping[int, object | None]:
    """The requirement of each shop and month as it is now; nothing where a later message will say it."""
    later = set(
        Message.objects.filter(
            system="trackpds", state=Message.State.WAITING, about__in={one.about for one in messages},
            pk__gt=max(one.pk for one in messages),
        ).values_list("about", flat=True)
    )  # fmt: skip
    asked = {one.pk: tuple(one.about.split(":")) for one in messages if one.about not in later}
    of: dict[tuple[str, str], set[str]] = defaultdict(set)
    for scheme, shop, month in asked.values():
        of[scheme, month].add(shop)
    found = {
        (scheme, shop, month): one
        for (scheme, month), shops in of.items()
        for shop, one in requirements(scheme, Month.parse(month), shops).items()
    }
    return {one.pk: found[asked[one.pk]] if one.pk in asked else NOTHING_TO_SAY for one in messages}  # type: ignore[index]


def requirements(code: str, month: Month, shops: set[str]) -> dict[str, Requirement]:
    """What the living tokens of each of these shops are due in a month: grams, of oil millilitres.

    The source is the scheme's own rule of what a token inherits (policy.relief.due).
    """
    scheme = schemes.known(code)
    living = Token.objects.filter(
        scheme=code, shop_number__in=shops, state__in=LIVING, months__contains=[str(month)]
    )
    sizes: dict[str, Counter[int]] = {shop: Counter() for shop in shops}
    counted = living.order_by().values_list("shop_number", "member_count").annotate(count=Count("pk"))
    for shop, members, count in counted:
        sizes[shop][members] = count
    return {
        shop: Requirement(
            scheme=code, shop=shop, month=str(month), families=families.total(),
            people=sum(members * count for members, count in families.items()),
            lines=_lines(scheme, month, families) if scheme else {},
        )
        for shop, families in sizes.items()
    }  # fmt: skip


def _lines(scheme: Scheme, month: Month, families: Counter[int]) -> dict[str, int]:
    lines: Counter[str] = Counter()
    for members, count in families.items():
        for commodity, quantity in _due(scheme.code, members, month):
            lines[commodity] += quantity * count
    return dict(sorted(lines.items()))


@lru_cache(maxsize=1000)
def _due(code: str, members: int, month: Month) -> tuple[tuple[str, int], ...]:
    scheme = schemes.known(code)
    assert scheme is not None
    found = policy.due(scheme, members=members, month=month)
    return tuple((line.commodity, line.quantity) for line in found.lines)
