"""Where Meta reports what became of messages by WhatsApp: signed with our app's secret."""

import time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from rasad.connectors.exchanged import note_exchange
from rasad.connectors.whatsapp import webhook
from rasad.delivery import whatsapp

LARGEST_BODY = 1_000_000


@csrf_exempt
def whatsapp_reports(request: HttpRequest) -> HttpResponse:
    """GET: the proof that the address is ours. POST: reports; what is none of ours is passed over."""
    secret = settings.WHATSAPP_APP_SECRET
    if not settings.WHATSAPP_URL or not secret:
        raise Http404("no WhatsApp")
    begun = time.monotonic()
    status, text = _answer(request, secret)
    note_exchange(
        system="WhatsApp", direction="in", path=request.path, said=None, answered=None, result=status,
        seconds=time.monotonic() - begun,
    )  # fmt: skip
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _answer(request: HttpRequest, secret: bytes) -> tuple[int, str]:
    if request.method == "GET":
        said = webhook.challenge(request.GET.dict(), secret)
        return (200, said) if said is not None else (403, "")
    body = request.body[: LARGEST_BODY + 1]
    if not webhook.verified(body, request.headers.get("X-Hub-Signature-256", ""), secret):
        return 403, ""
    try:
        statuses = webhook.statuses(body)
    except ValueError as error:
        return 400, str(error)
    for one in statuses:
        whatsapp.reported(one)
    return 200, ""
