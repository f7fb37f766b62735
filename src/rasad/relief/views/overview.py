"""The first page: how many, where they are stuck, what to do next; as of a day, for a district or all."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from rasad import wiring
from rasad.accounts import access
from rasad.policy.scheme import Scheme
from rasad.relief import pictures, schemes, stuck
from rasad.relief.filters import districts_of
from rasad.relief.forms import AsOf
from rasad.relief.models import Review, SourceRow, Token
from rasad.relief.queries import geography, overview
from rasad.shops.models import Shop


@dataclass(frozen=True)
class Asked:
    """What the page is to show: a scheme, up to a day, of one district or of all the reader's."""

    form: AsOf
    code: str
    scheme: Scheme | None
    until: date
    district: str
    # Code and name of each of the reader's districts.
    offered: dict[str, str]

    @property
    def kept(self) -> dict[str, str]:
        """What every link of the page takes along."""
        kept = {"scheme": self.code, "until": self.until.isoformat()}
        return {**kept, "district": self.district} if self.district else kept

    @property
    def narrowed(self) -> dict[str, str]:
        """The filter that keeps a query to the district."""
        return {"district_code": self.district} if self.district else {}

    @property
    def drawn(self) -> list[str] | None:
        """The districts on the map; all of them for None."""
        if self.district:
            return [self.district]
        return list(self.offered) if len(self.offered) < 2 else None

    @property
    def area(self) -> str:
        """The name of the district shown, when it is one."""
        if self.district:
            return self.offered.get(self.district, "")
        return next(iter(self.offered.values())) if len(self.offered) == 1 else ""


@access.needs("see_relief")
def show(request: HttpRequest) -> HttpResponse:
    """The figures of one scheme in the reader's areas, as far as they had come on a day."""
    codes = overview.schemes()
    if not codes:
        return render(request, "relief/no_run.html")
    asked = _asked(request, codes)
    tokens = access.all_for(request.user, Token).filter(scheme=asked.code, **asked.narrowed)
    rows = access.all_for(request.user, SourceRow).filter(scheme=asked.code, **asked.narrowed)
    reviews = access.all_for(request.user, Review).filter(**asked.narrowed)
    figures = overview.figures(tokens, until=asked.until)
    outcomes = overview.outcomes(rows, figures, until=asked.until)
    questions = overview.open_reviews(reviews, scheme=asked.code, until=asked.until)
    picture = geography.picture(
        tokens,
        access.all_for(request.user, Shop).filter(**asked.narrowed),
        figures.by_district,
        districts=asked.drawn,
        until=asked.until,
        query=f"&{urlencode(asked.kept)}",
    )

    def may(capability: str) -> bool:
        return access.may(request.user, capability)

    context = {
        "asked": asked,
        "scheme_title": schemes.title(asked.code),
        "is_over": asked.scheme is not None and timezone.localdate(wiring.now()) > asked.scheme.last_day,
        "figures": figures,
        "outcomes": outcomes,
        "heaps": stuck.heaps(figures, outcomes, questions, may=may, kept=asked.kept),
        "picture": picture,
        "tokens_link": f"{reverse('relief:tokens')}?{urlencode(asked.kept)}",
        "kept": urlencode(asked.kept),
    }
    return render(request, "relief/overview.html", context | _drawn(asked, figures, outcomes))


def _asked(request: HttpRequest, codes: list[str]) -> Asked:
    wanted = request.GET.get("scheme", "")
    code = wanted if wanted in codes else codes[0]
    scheme = schemes.known(code)
    offered = districts_of(request.user)
    form = AsOf(
        request.GET,
        districts=offered,
        schemes=[(one, schemes.title(one)) for one in codes],
        last_day=_last_day(scheme),
    )
    until = form.day
    return Asked(form, code, scheme, until, form.cleaned_data.get("district", ""), dict(offered))


def _drawn(asked: Asked, figures: overview.Figures, outcomes: overview.Outcomes) -> dict[str, Any]:
    titles = schemes.source_titles(asked.code)
    several = len(asked.offered) > 1 and not asked.district
    return {
        "sources": pictures.sources(figures, titles, asked.kept),
        "refused": pictures.refused(outcomes, asked.scheme, asked.kept),
        "districts": pictures.districts(figures, asked.offered) if several else [],
        "days_chart": pictures.days(figures),
        "account_chart": pictures.account(outcomes, titles),
    }


def _last_day(scheme: Scheme | None) -> date:
    """Today while the scheme runs, its last day once it is over: later nothing is generated any more."""
    today = timezone.localdate(wiring.now())
    return min(today, scheme.last_day) if scheme else today
