"""A crowd of everything that pages list: each with its own village, shop, committee and district, where it has one."""

from uuid import UUID

from django.db.models import Model

from rasad.delivery.models import Committee, CommitteePlace, HandOverList, Step
from rasad.desk.models import Appeal, ShopChoice
from rasad.jobs.models import Job, JobRow
from rasad.outbox.models import Line, Message
from rasad.registry.models import Place
from rasad.relief.models import Emergency, Review, RowPerson, Run, SourceRow, Token
from rasad.shops.models import Shop
from tests.cast import HISAR, NOON
from tests.relief.cast import BARWALA, SHOP, World, place, row, run, shop, token

# What is listed on one page of its own: these are for the pages of one job, one list, one shop, one village.
JOB, LIST = UUID(int=1), "63-L"
# Under it are more schemes, and rows and tokens of them.
SCHEME = "drt_2020"
SYSTEMS = ("ppp", "unit_committee", "aepds", "help_me", "sms")


class Crowd:
    """Adds so many of everything to the world of the relief pages."""

    def __init__(self, world: World, scheme: dict[str, object]) -> None:
        self.world, self.scheme = world, scheme
        self.count = 0
        self.district = Place.objects.get(kind="district", code=HISAR)
        self.block = Place.objects.get(code="401")
        self.job = self._job(JOB, 0)
        self.committee = self._committee("LC-0", BARWALA)
        self.list = self._list(LIST, self.committee)

    def grow_to(self, wanted: int) -> None:
        """Until there are so many of each."""
        while self.count < wanted:
            self.count += 1
            self._one_more(self.count)

    def _one_more(self, n: int) -> None:
        village = place("village", f"65{n:03d}", f"Anand {n:03d}", self.block, latitude=29.2, longitude=75.8)
        place("district", f"9{n:02d}", f"District {n}", self.block)
        shop(f"1063002{n:05d}", village, HISAR, 40, f"Shop {n}", latitude=29.2, longitude=75.8)
        self._tokens(n, village)
        self._rows(n, village)
        self._at_work(n)

    def _tokens(self, n: int, village: Place) -> None:
        at_home = {"place_code": village.code, "place_name": village.name}
        drawn = f"1063002{n:05d}"
        on_way = self._token(f"1{n:03d}", shop_number=drawn, state="published", **at_home)
        self._token(f"2{n:03d}", **at_home)
        for last, at in ((3, {"shop_number": SHOP}), (4, {"place_code": BARWALA, "shop_number": drawn})):
            self._token(f"{last}{n:03d}", **at)
        self._token(f"5{n:03d}", district_code=f"9{n:02d}", shop_number=drawn, **at_home)
        told = {"scheme": SCHEME, "district_code": HISAR, "at": NOON, "by": f"officer {n}"}
        committee = self._committee(f"LC-{n}", village.code)
        for given, hand in ((self.list, "dfsc"), (self._list(f"63-L{n}", committee), "local_committee")):
            Step.objects.create(
                token=on_way, kind="given", hand=hand, list=given, committee=committee, **told
            )
        delivered = self._token(f"6{n:03d}", shop_number=drawn, state="delivered", **at_home)
        Step.objects.create(token=delivered, kind="handed_over", hand="web", waited_days=n, **told)
        ShopChoice.objects.create(
            act=UUID(int=n), token=on_way, kind="chosen", from_state="awaiting_shop", from_reason="no_capacity",
            to_shop=drawn, by=f"officer {n}", at=NOON,
        )  # fmt: skip
        self._reviews(n, on_way, delivered)

    def _reviews(self, n: int, first: Token, second: Token) -> None:
        of = {"district_code": HISAR, "card_category": "AAY", "weight": 5, "reasons": ["same_first_name"]}
        Review.objects.create(token=first, card_number=f"0630{n:08d}", **of)
        decided = {"state": "same_proposed", "decided_by": f"officer {n}", "decided_at": NOON, "why": "x"}
        Review.objects.create(token=second, card_number=f"0631{n:08d}", **decided, **of)

    def _rows(self, n: int, village: Place) -> None:
        made = run(key=f"{n:064x}", scheme=SCHEME)
        of = {"holder_name": f"Holder {n}", "place_code": village.code, "place_name": village.name}
        waiting = row(made, f"W-{n}", "in_review", "not_verified", **of)
        RowPerson.objects.create(row=waiting, line=1, name=f"Holder {n}")
        row(made, f"F-{n}", "in_review", "not_verified", forwarded_by="imran", forwarded_at=NOON, **of)
        for reference, told in (("O", {"state": "open"}), ("P", {"state": "grant_proposed"})):
            refused = row(made, f"{reference}-{n}", "refused", "on_free_card", **of)
            decided = {"decided_by": f"officer {n}", "decided_at": NOON, "why": "x"}
            Appeal.objects.create(
                row=refused, district_code=HISAR, words="No", opened_by="sarpanch", opened_at=NOON,
                **told, **(decided if reference == "P" else {}),
            )  # fmt: skip

    def _at_work(self, n: int) -> None:
        self._job(UUID(int=1000 + n), n)
        JobRow.objects.create(job=self.job, key=f"row {n}", outcome="refused", code="row_has_nobody", at=NOON)
        for system in SYSTEMS:
            Line.objects.get_or_create(system=system)
            for district in (HISAR, f"9{n:02d}"):
                Message.objects.create(
                    system=system, kind="token_issued", about=f"T-{n}", district_code=district, created_at=NOON,
                    state="dead", code="family_unknown",
                )  # fmt: skip
        Emergency.objects.create(
            code=f"flood_{n}", scheme=self.scheme | {"code": f"flood_{n}"}, made_by="kavita", made_at=NOON
        )

    def _token(self, number: str, **more: object) -> Token:
        return token(self.world.run, f"0639000000{number}", f"Holder {number}", **more)

    def _committee(self, code: str, place_code: str) -> Committee:
        made = Committee.objects.create(kind="local", code=code, name=code, district_code=HISAR)
        CommitteePlace.objects.create(committee=made, kind="local", place_code=place_code)
        return made

    def _list(self, number: str, committee: Committee) -> HandOverList:
        return HandOverList.objects.create(
            number=number, scheme=SCHEME, district_code=HISAR, committee=committee, tokens=1, received_by="x",
            made_by="meena", made_at=NOON,
        )  # fmt: skip

    def _job(self, key: UUID, n: int) -> Job:
        return Job.objects.create(
            id=key, kind="delivery.print", args={"n": n}, district_code=HISAR, by="meena", created_at=NOON,
            seen_at=NOON,
        )  # fmt: skip


LISTED: tuple[type[Model], ...] = (
    Place, Shop, Token, SourceRow, Run, Review, Appeal, ShopChoice, Committee, HandOverList, Step, Job, JobRow, Message,
    Emergency,
)  # fmt: skip
