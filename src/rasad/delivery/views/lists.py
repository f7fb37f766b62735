"""Hand-over lists: made for a committee, printed with room to sign, recorded when they come back."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.delivery.actions import lists as actions
from rasad.delivery.actions.steps import ANSWERS, ON_THE_WAY
from rasad.delivery.models import Committee, HandOverList, Step
from rasad.delivery.paper import signatures
from rasad.delivery.queries.lists import ended, tokens_on
from rasad.relief import numbers
from rasad.relief.models import Token
from rasad.relief.privacy import sight
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now

PAGE = 50
# So many tokens are named that an answer is missing of.
MOST_NAMED = 5


@access.needs("give_lists")
def listed(request: HttpRequest) -> HttpResponse:
    """The lists of the reader's areas, those still out first."""
    found = (
        access.all_for(request.user, HandOverList)
        .select_related("committee")
        .order_by("returned_at", "-made_at")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "delivery/lists.html", {"page": page})


@require_POST
@access.needs("give_lists")
def make(request: HttpRequest) -> HttpResponse:
    """Give the marked tokens, or all that the committee's families wait for, to a committee."""
    committee = access.one_for(request.user, Committee, code=request.POST.get("committee", ""))
    tokens = access.all_for(request.user, Token)
    if "all" in request.POST:
        tokens = tokens.filter(place_code__in=committee.places.values("place_code"))
    else:
        tokens = tokens.filter(number__in=request.POST.getlist("token"))
    made = actions.make_lists(
        tokens=tokens, committee=committee, received_by=request.POST.get("received_by", "")[:120],
        by=staff_of(request), at=now(),
    )  # fmt: skip
    if len(made) > 1:
        told = {"numbers": ", ".join(one.number for one in made)}
        messages.success(request, _("These lists are made, each of one scheme: %(numbers)s.") % told)
        return redirect("delivery:lists")
    messages.success(request, _("The list %(number)s is made.") % {"number": made[0].number})
    return redirect("delivery:list", number=made[0].number)


@access.needs("give_lists")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One list, and the form for its return."""
    return _shown(request, access.one_for(request.user, HandOverList, number=number))


@require_POST
@access.needs("give_lists")
def back(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet came back: what became of each token."""
    made = access.one_for(request.user, HandOverList, number=number)
    answers = {
        name.removeprefix("found-"): value
        for name, value in request.POST.items()
        if name.startswith("found-") and value in (*ANSWERS, actions.UNOPENED)
    }
    try:
        if not made.returned_at:
            _refuse_unanswered(tokens_on(made), answers)
        handed = actions.record_return(
            list=made, answers=answers, proof=Step.Proof.SIGNATURE, by=staff_of(request), at=now()
        )
    except Refused as refused:
        return _shown(request, made, no=refused, answers=answers)
    messages.success(request, _("Recorded: %(count)s handed over.") % {"count": handed})
    return redirect("delivery:list", number=number)


@access.needs("give_lists")
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The list on paper, with room to sign for each token."""
    made = access.one_for(request.user, HandOverList, number=number)
    response = HttpResponse(signatures.pdf(made, tokens_on(made)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{made.number}.pdf"'
    return response


def _refuse_unanswered(tokens: Sequence[Token], answers: Mapping[str, str]) -> None:
    """Whoever types a sheet in says something of every token: nothing is handed over because nobody looked."""
    left = [one for one in tokens if one.number not in answers and one.state in ON_THE_WAY]
    if left:
        named = [numbers.printed(one.number) for one in left[:MOST_NAMED]]
        raise Refused("list_not_answered", tokens=named, count=len(left))


def _shown(
    request: HttpRequest,
    made: HandOverList,
    no: Refused | None = None,
    answers: Mapping[str, str] = MappingProxyType({}),
) -> HttpResponse:
    reader = sight(request.user)
    ends = ended(made)
    labels = dict(Step.Kind.choices)
    context = {
        "list": made,
        "rows": [
            (
                token,
                reader.name(token.holder_name),
                ends.get(token.pk, ""),
                token.state in ON_THE_WAY,
                answers.get(token.number, ""),
            )
            for token in tokens_on(made)
        ],
        "answers": [
            *((str(kind), labels[kind]) for kind in ANSWERS),
            (actions.UNOPENED, _("Came back unopened")),
        ],
        "said": say(no) if no else None,
    }
    return render(request, "delivery/list.html", context, status=say(no).status if no else 200)
