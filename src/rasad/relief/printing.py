"""Tokens of the database as they go to paper: members, ration of each month, shop, signature."""

from collections.abc import Iterator
from functools import cached_property

from django.conf import settings
from django.db.models import Case, QuerySet, Value, When

from rasad.policy import relief as policy
from rasad.policy.department import department
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.rows import Text
from rasad.policy.scheme import Scheme
from rasad.registry.models import Place
from rasad.relief import schemes
from rasad.relief.credential import Signer, TokenFacts
from rasad.relief.models import Run, Token
from rasad.relief.paper.contents import Edition, Member, Ration, ShopOnPaper, TokenPaper, Words
from rasad.shops.models import Shop
from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise

# Tokens whose members are fetched with one question.
CHUNK = 500
SPENT = (Token.State.EXPIRED, Token.State.CANCELLED)


def to_print(tokens: QuerySet[Token]) -> QuerySet[Token]:
    """Those still good for ration, scheme by scheme, by shop and village; those that wait for a shop come last."""
    waits = Case(When(shop_number="", then=Value(1)), default=Value(0))
    return tokens.exclude(state__in=SPENT).order_by(
        "scheme", waits, "shop_number", "place_code", "place_name", "number"
    )


def papers(tokens: QuerySet[Token]) -> Iterator[TokenPaper]:
    """The tokens in their order, ready for the press; memory is bounded whatever their number."""
    desks: dict[str, _Desk] = {}
    for token in tokens.prefetch_related("members").iterator(chunk_size=CHUNK):
        if token.scheme not in desks:
            # Not joined to each token: a run remembers its whole scheme.
            desks[token.scheme] = _Desk(_scheme(token.run))
        yield desks[token.scheme].paper(token)


def signer() -> Signer:
    """The one who signs this installation's tokens."""
    return Signer(settings.TOKEN_KEY)


def _scheme(run: Run) -> Scheme:
    return schemes.recorded(run) or policy.scheme(run.scheme)


class _Desk:
    """Makes papers of one scheme, looking each place and shop up once."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._signer = signer()
        self._shops: dict[str, Shop | None] = {"": None}
        self._places: dict[str, Place | None] = {"": None}
        self._districts: dict[str, Words] = {}
        self._rations: dict[tuple[int, tuple[Month, ...]], tuple[Ration, ...]] = {}

    @cached_property
    def _edition(self) -> Edition:
        return Edition(
            title=_words(self._scheme.title),
            government=_words(department(settings.STATE).government),
            first_day=self._scheme.first_day,
            last_day=self._scheme.last_day,
            helpline=self._scheme.helpline_numbers[0],
            officer=_words(self._scheme.complaint_to),
        )

    def paper(self, token: Token) -> TokenPaper:
        """The token with everything that is printed on it."""
        months = tuple(Month.parse(month) for month in token.months)
        place = self._place(token.place_code)
        return TokenPaper(
            number=token.number,
            edition=self._edition,
            holder=token.holder_name,
            members=tuple(Member(one.name, one.relation, one.age) for one in token.members.all()),
            place=Words(place.name_hi, place.name) if place else Words(token.place_name, ""),
            district=self._district(token.district_code),
            months=months,
            issued_on=token.issued_on,
            rations=self._due(token.member_count, months),
            shop=self._shop(token, place),
            signed=self._signer.sign(self._facts(token, months)),
        )

    def _facts(self, token: Token, months: tuple[Month, ...]) -> TokenFacts:
        return TokenFacts(
            number=token.number,
            scheme=token.scheme,
            months=months,
            holder=token.holder_name,
            members=token.member_count,
            inherits=token.inherits,
            shop=token.shop_number,
            district=token.district_code,
            first_day=max(self._scheme.first_day, months[0].first_day),
            last_day=min(self._scheme.last_day, months[-1].last_day),
            issuer=self._scheme.jurisdiction,
        )

    def _due(self, members: int, months: tuple[Month, ...]) -> tuple[Ration, ...]:
        key = (members, months)
        if key not in self._rations:
            law = jurisdiction(self._scheme.jurisdiction)
            due = [policy.due(self._scheme, members=members, month=month).lines for month in months]
            by_month = [
                {line.commodity: (line.quantity, line.price_per_kg) for line in lines} for lines in due
            ]
            nothing = (Grams(0), Paise(0))
            self._rations[key] = tuple(
                Ration(
                    _words(law.commodity_name(commodity)),
                    tuple(month.get(commodity, nothing) for month in by_month),
                )
                for commodity in dict.fromkeys(line.commodity for lines in due for line in lines)
            )
        return self._rations[key]

    def _shop(self, token: Token, home: Place | None) -> ShopOnPaper | None:
        number = token.shop_number
        if number not in self._shops:
            self._shops[number] = Shop.objects.select_related("place").filter(number=number).first()
        shop = self._shops[number]
        if shop is None:
            # A number that no shop of the register has any more is still where the family was sent.
            return ShopOnPaper(number, Words("", ""), Words("", ""), "") if number else None
        return ShopOnPaper(
            number=number,
            name=Words(shop.name_hi, shop.name),
            place=Words(shop.place.name_hi, shop.place.name),
            address=shop.address,
            at=_point(shop),
            home=_point(home),
            distance_m=token.shop_distance_m,
            is_own_place=token.shop_reason == "own_place",
        )

    def _place(self, code: str) -> Place | None:
        if code not in self._places:
            kinds = (Place.Kind.VILLAGE, Place.Kind.WARD)
            self._places[code] = Place.objects.filter(kind__in=kinds, code=code).order_by("kind").first()
        return self._places[code]

    def _district(self, code: str) -> Words:
        if code not in self._districts:
            district = Place.objects.filter(kind=Place.Kind.DISTRICT, code=code).first()
            self._districts[code] = Words(district.name_hi, district.name) if district else Words(code, "")
        return self._districts[code]


def _words(text: Text) -> Words:
    return Words(text.hi, text.en)


def _point(of: Place | Shop | None) -> tuple[float, float] | None:
    if of is None or of.latitude is None or of.longitude is None:
        return None
    return of.latitude, of.longitude
