"""Requests entered by offices: a survey on a phone, a request from Twitter, a file of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rasad import wiring
from rasad.accounts import access
from rasad.accounts.access import areas_of, staff_of
from rasad.accounts.models import Area
from rasad.desk import intake
from rasad.desk.actions.forwarding import enter_request
from rasad.desk.queries import entered as queries
from rasad.policy.scheme import Scheme
from rasad.relief import schemes
from rasad.relief.queries.places import district_of
from rasad.values.refused import Refused
from rasad.web.refusals import say, short

SHOWN = 500
LONGEST_REFERENCE, DIGITS_OF_A_COUNT = 80, 4


def now() -> datetime:
    """The time in the books: by it a scheme takes requests, or does not any more."""
    return wiring.now()


@access.needs("enter_surveys")
def survey(request: HttpRequest) -> HttpResponse:
    """A family at the door, entered on a phone; without JavaScript."""
    return _entered(request, intake.Survey, intake.SURVEY, "desk/survey.html", "desk:survey")


@access.needs("enter_requests")
def tweet(request: HttpRequest) -> HttpResponse:
    """One request made to the Chief Minister on Twitter."""
    return _entered(request, intake.Tweet, intake.TWITTER, "desk/tweet.html", "desk:tweet")


@access.needs("enter_requests")
def tweets_file(request: HttpRequest) -> HttpResponse:
    """A file of such requests; every line ends in a named place."""
    at = now()
    taking = schemes.taking(intake.TWITTER, on=at.date())
    form = intake.RequestsFile(request.POST or None, request.FILES or None, schemes=_named(taking))
    context: dict[str, Any] = {"form": form, "headings": intake.HEADINGS, "needed": intake.NEEDED}
    if not form.is_valid():
        context["said"] = None if taking else say(Refused("no_scheme_takes_requests"))
        return render(request, "desk/tweets_file.html", context, status=422 if form.is_bound else 200)
    try:
        scheme = _chosen(taking, form.cleaned_data)
        found = list(
            intake.lines(form.cleaned_data["file"].read(), districts=_districts(request), today=at.date())
        )
        context["told"] = [_taken(line, scheme, request, at) for line in found]
    except Refused as refused:
        said = say(refused)
        return render(request, "desk/tweets_file.html", context | {"said": said}, status=said.status)
    context["counts"] = {
        outcome: sum(one["outcome"] == outcome for one in context["told"])
        for outcome in ("taken", "known", "refused")
    }
    context["told"] = sorted(context["told"], key=lambda one: one["outcome"] != "refused")[:SHOWN]
    return render(request, "desk/tweets_file.html", context)


def _entered(
    request: HttpRequest, form_of: type[intake.Family], source: str, template: str, again: str
) -> HttpResponse:
    at = now()
    places = _places(request)
    asked = request.POST if request.method == "POST" else None
    taking = schemes.taking(source, on=at.date())
    form = form_of(
        asked, places=places, schemes=_named(taking), today=at.date(), initial={"received_on": at.date()}
    )
    members = intake.Members(asked, prefix="members")
    reference = request.POST.get("reference", "").strip()[:LONGEST_REFERENCE] or f"{at:%y%m%d}-{token_hex(4)}"
    context = {
        "form": form,
        "members": members,
        "reference": reference,
        "entered": queries.entered_by(staff_of(request).get_username(), source),
        "said": None if taking else say(Refused("no_scheme_takes_requests")),
    }
    if asked is None or "more" in asked:
        context |= {"form": form, "members": _longer(members, asked)} if asked else {}
        return render(request, template, context)
    if not (form.is_valid() and members.is_valid()):
        return render(request, template, context, status=422)
    given = form.cleaned_data
    try:
        district = _district(request, given["place"])
        row = enter_request(
            scheme=_chosen(taking, given),
            request=intake.request_of(
                source,
                given,
                members.cleaned_data,
                district=district,
                on=given.get("received_on") or at.date(),
                own=_own(source, given),
            ),
            reference=reference,
            by=staff_of(request),
            at=at,
        )
    except Refused as refused:
        said = say(refused)
        return render(request, template, context | {"said": said}, status=said.status)
    messages.success(request, _("Taken down under %(reference)s.") % {"reference": row.reference})
    return redirect(again)


def _own(source: str, given: Mapping[str, Any]) -> dict[str, object]:
    if source == intake.SURVEY:
        return {"ration_option": given["ration_option"], "forwarded": False}
    return {"forwarded": False, "handle": given["handle"]}


def _longer(members: Any, asked: Mapping[str, Any]) -> Any:
    """The same lines with four more, for a large family without JavaScript."""
    data = {**{name: asked[name] for name in asked}}
    said = data.get("members-TOTAL_FORMS", "")[:DIGITS_OF_A_COUNT]
    total = int(said) if said.isdecimal() else 0
    data["members-TOTAL_FORMS"] = str(min(total + 4, intake.MOST_PEOPLE))
    return intake.Members(data, prefix="members")


def _chosen(taking: Sequence[Scheme], given: Mapping[str, Any]) -> Scheme:
    """The scheme of a request: the one that was chosen, else the only one there is.

    Refused: no_scheme_takes_requests.
    """
    if not taking:
        raise Refused("no_scheme_takes_requests")
    return {one.code: one for one in taking}.get(given.get("scheme", ""), taking[0])


def _named(taking: Sequence[Scheme]) -> list[tuple[str, str]]:
    return [(one.code, schemes.said(one.title)) for one in taking]


def _places(request: HttpRequest) -> list[tuple[str, str]]:
    return queries.villages(areas_of(request.user).get(Area.Kind.PLACE, []))


def _districts(request: HttpRequest) -> dict[str, str]:
    return queries.districts(areas_of(request.user).get(Area.Kind.DISTRICT, []))


def _district(request: HttpRequest, place: str) -> str:
    areas = areas_of(request.user)
    own = areas.get(Area.Kind.DISTRICT, [])
    if own:
        return own[0]
    for code in (place, *areas.get(Area.Kind.PLACE, [])):
        found = district_of(code) if code else ""
        if found:
            return found
    raise Refused("no_district_of_yours")


def _taken(line: intake.Line, scheme: Scheme, request: HttpRequest, at: datetime) -> dict[str, object]:
    told: dict[str, object] = {"number": line.number, "reference": line.reference}
    if line.request is None:
        return told | {"outcome": "refused", "why": short(line.problem) if line.problem else ""}
    known = queries.is_known(scheme.code, line.request.source, line.reference)
    try:
        enter_request(
            scheme=scheme, request=line.request, reference=line.reference, by=staff_of(request), at=at
        )
    except Refused as refused:
        return told | {"outcome": "refused", "why": short(refused)}
    return told | {"outcome": "known" if known else "taken", "why": ""}
