"""A family reads the notices about its card and answers on the web, by a code on its telephone. No JavaScript."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rasad.delivery.views.citizen import SHOWN
from rasad.oversight import moves
from rasad.oversight.actions import cases as actions
from rasad.oversight.actions.cases import Answer
from rasad.oversight.forms import OwnAnswer
from rasad.oversight.models import Case
from rasad.oversight.paper import notice
from rasad.oversight.queries.cases import of_telephone
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.wiring import now

# Who wrote an answer down that came over the web.
CITIZEN = "citizen"


def my_cases(request: HttpRequest) -> HttpResponse:
    """The notices about the cards of a telephone; for whom has shown none yet, the code first."""
    if not request.session.get(SHOWN):
        request.session["citizen_next"] = "oversight:my_cases"
        return redirect("delivery:my_token")
    return _shown(request)


@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Answer a notice."""
    case, form = _own(request, number), OwnAnswer(request.POST)
    if not form.is_valid():
        return _shown(request, wrong=(case, form), status=422)
    told = form.cleaned_data
    said = Answer(told["who"], told["words"], wants_hearing=told["wants_hearing"])
    try:
        actions.record_answer(case=case, answer=said, by=CITIZEN, at=now())
    except Refused as refused:
        return _shown(request, no=refused, status=say(refused).status)
    messages.success(request, _("Your answer is with the office. Your ration goes on."))
    return redirect("oversight:my_cases")


def notice_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The own notice on paper."""
    case = _own(request, number)
    response = HttpResponse(notice.pdf(case, on=now().date()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.number}.pdf"'
    return response


def _own(request: HttpRequest, number: str) -> Case:
    case = of_telephone(request.session.get(SHOWN, "")).filter(number=number).first()
    if case is None:
        raise Refused("not_your_case")
    return case


def _shown(
    request: HttpRequest,
    *,
    wrong: tuple[Case, OwnAnswer] | None = None,
    no: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    told = []
    for case in of_telephone(request.session[SHOWN]):
        form = wrong[1] if wrong and wrong[0].pk == case.pk else OwnAnswer(auto_id=f"{case.pk}_%s")
        told.append((case, form if (case.state, "answer") in moves.OF_A_CASE else None))
    context = {"told": told, "mobile": request.session[SHOWN][-4:], "said": say(no) if no else None}
    return render(request, "oversight/my_cases.html", context, status=status)
