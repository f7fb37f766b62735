"""Tokens on their way, for offices and committees alike: the list, one token, handing over, sending."""

from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rasad import wiring
from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.delivery.actions import steps as actions
from rasad.delivery.actions.steps import Who
from rasad.delivery.hands import who_of
from rasad.delivery.models import Committee, Hand, Step
from rasad.delivery.queries import way
from rasad.delivery.texts import is_mobile
from rasad.delivery.whatsapp import send_later
from rasad.relief import numbers, printing
from rasad.relief.actions import record_paper
from rasad.relief.life import LIVING
from rasad.relief.models import Token
from rasad.relief.paper import press
from rasad.relief.privacy import sight
from rasad.values.refused import Refused
from rasad.web.refusals import say
from rasad.web.templatetags.rasad import indian
from rasad.wiring import now

PAGE = 50
# So many papers are made while the reader waits; more are a job.
PRINTED_AT_ONCE = 200
NARROWINGS = ("open", "with_committee", "failed", "done")


@access.needs("see_deliveries")
def listed(request: HttpRequest) -> HttpResponse:
    """The reader's tokens on their way, narrowed and searched."""
    found, asked = _narrowed(request)
    page = Paginator(way.with_last_step(found).order_by("place_name", "number"), PAGE)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": way.told(list(shown), sight(request.user)),
        "asked": asked,
        "committees": access.all_for(request.user, Committee).order_by("name"),
        "has_whatsapp": wiring.whatsapp() is not None,
        "narrowings": NARROWINGS,
    }
    return render(request, "delivery/tokens.html", context)


@access.needs("see_deliveries")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One token on its way: what happened to it, and what can be done."""
    return _shown(request, access.one_for(request.user, Token, number=number))


@require_POST
@access.needs("hand_over_tokens")
def answered(request: HttpRequest, number: str) -> HttpResponse:
    """Handed over, with its proof; or not found, moved away, dead."""
    token = access.one_for(request.user, Token, number=number)
    asked = request.POST
    try:
        step = actions.answer(
            token=token, kind=asked.get("found", ""), who=who_of(staff_of(request)), at=now(),
            proof=asked.get("proof", "") if asked.get("proof", "") in Step.Proof.values else "",
            text=asked.get("note", "")[:250],
        )  # fmt: skip
    except Refused as refused:
        return _shown(request, token, no=refused)
    messages.success(request, _("Recorded: %(what)s.") % {"what": step.get_kind_display()})
    return redirect("delivery:listed") if "to_list" in asked else redirect("delivery:token", number=number)


@access.needs("print_tokens")
def papers(request: HttpRequest) -> HttpResponse:
    """The marked tokens as one PDF, a page each; the ledger of delivery keeps that they were printed."""
    asked = request.POST if request.method == "POST" else request.GET
    marked = access.all_for(request.user, Token).filter(number__in=asked.getlist("token")[:PRINTED_AT_ONCE])
    tokens = printing.to_print(marked)
    sheet = press.render(list(printing.papers(tokens)))
    for token in tokens:
        record_paper(number=token.number, by=staff_of(request), at=now())
    response = HttpResponse(sheet, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="tokens.pdf"'
    return response


@require_POST
@access.needs("give_lists")
def whatsapp(request: HttpRequest, number: str) -> HttpResponse:
    """Send the token by WhatsApp: by itself where the department has an account, else from the office's telephone.

    From the office's own it is noted, then a link opens WhatsApp with the text.
    """
    token = access.one_for(request.user, Token, number=number)
    if not is_mobile(token.mobile):
        return _shown(request, token, no=Refused("no_mobile", token=numbers.printed(token.number)))
    at = now()
    if wiring.whatsapp() is not None:
        return _sent_later(request, [token], back=reverse("delivery:token", args=[number]))
    actions.note(tokens=[token], kind=Step.Kind.SENT, who=Who(Hand.WHATSAPP, staff_of(request)), at=at)
    messages.success(request, _("Noted. Open WhatsApp with the link below and send the text."))
    return redirect(f"{reverse('delivery:token', args=[number])}?whatsapp=1")


@require_POST
@access.needs("give_lists")
def whatsapp_marked(request: HttpRequest) -> HttpResponse:
    """Have the papers of the marked tokens leave by WhatsApp. Refused: whatsapp_not_set."""
    if wiring.whatsapp() is None:
        raise Refused("whatsapp_not_set")
    marked = request.POST.getlist("token")[:PAGE]
    tokens = list(access.all_for(request.user, Token).filter(number__in=marked))
    return _sent_later(request, tokens, back=reverse("delivery:listed"))


def _sent_later(request: HttpRequest, tokens: list[Token], *, back: str) -> HttpResponse:
    posted = send_later(tokens, by=staff_of(request).get_username(), at=now())
    if count := posted.leave:
        words = ngettext(
            "%(count)s paper leaves by WhatsApp. Whether it arrived is shown on the token’s way.",
            "%(count)s papers leave by WhatsApp. Whether they arrived is shown on each token’s way.",
            count,
        )
        messages.success(request, words % {"count": indian(count)})
    if before := posted.left_before:
        words = ngettext(
            "%(count)s paper is on its way by WhatsApp already.",
            "%(count)s papers are on their way by WhatsApp already.",
            before,
        )
        messages.info(request, words % {"count": indian(before)})
    if left := posted.unfit:
        words = ngettext(
            "%(count)s token has no mobile number or no shop: print it.",
            "%(count)s tokens have no mobile number or no shop: print them.",
            left,
        )
        messages.warning(request, words % {"count": indian(left)})
    return redirect(back)


def _share_link(token: Token) -> str:
    """Where WhatsApp opens with the text; a form may not lead there, a link may."""
    text = _("Your ration token %(number)s: %(link)s") % {
        "number": numbers.printed(token.number),
        "link": f"{settings.PUBLIC_URL}{reverse('delivery:my_token')}",
    }
    return f"https://wa.me/91{token.mobile}?text={quote(text)}"


def _narrowed(request: HttpRequest) -> tuple[QuerySet[Token], dict[str, str]]:
    asked = {name: request.GET.get(name, "").strip() for name in ("how", "q", "place", "shop", "committee")}
    found = way.narrowed(access.all_for(request.user, Token), asked["how"])
    if asked["q"]:
        found = way.searched(found, asked["q"], by_name=access.may(request.user, "see_families"))
    if asked["place"]:
        found = found.filter(place_code=asked["place"])
    if asked["shop"]:
        found = found.filter(shop_number=asked["shop"])
    if asked["committee"]:
        committee = access.all_for(request.user, Committee).filter(code=asked["committee"]).first()
        places = committee.places.values("place_code") if committee else []
        found = found.filter(place_code__in=places)
    return found, asked


def _shown(request: HttpRequest, token: Token, no: Refused | None = None) -> HttpResponse:
    reader = sight(request.user)
    context = {
        "token": token,
        "holder": reader.name(token.holder_name),
        "mobile": reader.mobile(token.mobile),
        "address": reader.address(token.address),
        "legs": way.legs(token),
        "can_hand_over": token.state in way.TO_HAND_OVER,
        "proofs": [(code, words) for code, words in Step.Proof.choices if code and code != "own_log_in"],
        "said": say(no) if no else None,
        "share": _share_link(token) if request.GET.get("whatsapp") and is_mobile(token.mobile) else "",
        "is_good": token.state in LIVING,
        "can_send": is_mobile(token.mobile) and token.state in (*way.TO_HAND_OVER, *way.IN_HAND),
    }
    return render(request, "delivery/token.html", context, status=say(no).status if no else 200)
