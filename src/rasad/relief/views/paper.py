"""A token as a sheet of paper: the same that the bulk print makes, one at a time."""

from django.http import HttpRequest, HttpResponse

from rasad import wiring
from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.relief import actions, numbers, printing
from rasad.relief.models import Token
from rasad.relief.paper import press


@access.needs("print_tokens")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """The token's PDF; the journal keeps who took it. Raises Refused as the press does."""
    token = access.one_for(request.user, Token, number=number)
    mine = access.all_for(request.user, Token).filter(pk=token.pk)
    sheet = press.render(list(printing.papers(printing.to_print(mine))))
    actions.record_paper(number=token.number, by=staff_of(request), at=wiring.now())
    response = HttpResponse(sheet, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{numbers.printed(token.number)}.pdf"'
    return response
