"""Reports by shop and month, for whoever answers for the shops: pages, and the same as files."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import django_tables2 as tables
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from rasad.accounts import access
from rasad.accounts.access import staff_of
from rasad.counter.models import Refusal, Sale
from rasad.counter.paper.notice import order_said
from rasad.counter.reports import (
    balances,
    files,
    list_tables,
    lists,
    pictures,
    portability,
    registers,
    stock,
    stock_tables,
    sums,
)  # fmt: skip
from rasad.counter.reports import tables as report_tables
from rasad.counter.reports.asked import Scope, scope
from rasad.ledger import queries
from rasad.relief.privacy import sight
from rasad.shops.actions import record_export
from rasad.web.paging import page_of
from rasad.wiring import now

# Each file by the name in its address.
FILES: dict[str, Callable[[Scope], Iterator[str]]] = {
    "sales": files.sales,
    "modes": files.modes,
    "portability": files.ways,
    "additional-allocation": files.additional,
    "balances": files.left,
    "stock": registers.stock_months,
    "sales-register": registers.sales,
}


@access.needs("see_reports")
def sales(request: HttpRequest) -> HttpResponse:
    """What was sold: how often, how much of what, for how much money."""
    asked = scope(request, at=now())
    shops, goods = sums.by_shop(asked), sums.goods(asked)
    by_commodity = sums.by_commodity(goods)
    table = report_tables.SalesTable(shops, scope=asked, goods=goods, order_by=_order(request, "-sales"))
    return _page(
        request, "sales", asked, table, total=sums.total(shops),
        goods=report_tables.GoodsTable(by_commodity, prefix="goods-"),
        chart=pictures.goods_given(by_commodity) if by_commodity else "",
    )  # fmt: skip


@access.needs("see_reports")
def modes(request: HttpRequest) -> HttpResponse:
    """How families showed that the card is theirs, and why it went without."""
    asked = scope(request, at=now())
    shops = sums.by_shop(asked)
    total = sums.total(shops)
    table = report_tables.ModesTable(shops, scope=asked, order_by=_order(request, "-unauthenticated"))
    why = report_tables.WhyTable(sums.reasons(asked), whole=total.unauthenticated, prefix="why-")
    chart = pictures.modes(total) if total.sales else ""
    return _page(request, "modes", asked, table, total=total, why=why, chart=chart)


@access.needs("see_reports")
def ways(request: HttpRequest) -> HttpResponse:
    """Portability in and out, within the State and between States."""
    asked = scope(request, at=now())
    shops = portability.by_shop(asked)
    total = portability.total(shops)
    table = report_tables.WaysTable(shops, scope=asked, order_by=_order(request, "-balance"))
    chart = pictures.ways(total) if total.moved else ""
    return _page(request, "portability", asked, table, total=total, chart=chart)


@access.needs("see_reports")
def additional(request: HttpRequest) -> HttpResponse:
    """What was given to cards of other States, for additional allocation."""
    asked = scope(request, at=now())
    found = portability.guests(asked)
    table = report_tables.GuestTable(found, scope=asked, order_by=_order(request, "-grams"))
    shops = len({one.number for one in found})
    return _page(
        request, "additional-allocation", asked, table, total=sum(one.grams for one in found), shops=shops,
        order=order_said(),
    )  # fmt: skip


@access.needs("see_reports")
def left(request: HttpRequest) -> HttpResponse:
    """What the cards tagged to the shops have left; of one shop card by card, for whoever may see cards."""
    asked = scope(request, at=now())
    by_shop, counts = balances.by_shop(asked), balances.counts(asked)
    order = _order(request, "-remaining")
    cards = None
    if asked.shop and sight(request.user).families:
        cards = report_tables.CardTable(balances.cards(asked), scope=asked, order_by=order)
    table = cards or report_tables.BalanceTable(by_shop, scope=asked, order_by=order)
    return _page(
        request, "balances", asked, table,
        goods=report_tables.BalanceTable(
            balances.by_commodity(by_shop), scope=asked, prefix="goods-", exclude=("number",), orderable=False
        ),
        cards=sum(one.cards for one in counts), unopened=sum(one.unopened for one in counts),
    )  # fmt: skip


@access.needs("see_reports")
def stocks(request: HttpRequest) -> HttpResponse:
    """The stock register: of a district by shop, of one shop by day."""
    asked = scope(request, at=now())
    if asked.shop:
        by_day = queries.stock_register(asked.shop.number, asked.month)
        return _page(request, "stock", asked, stock_tables.StockDayTable(by_day, scope=asked))
    return _page(request, "stock", asked, stock_tables.StockTable(stock.months(asked), scope=asked))


@access.needs("see_reports")
def unauthenticated(request: HttpRequest) -> HttpResponse:
    """The sales without authentication, one by one."""
    asked = scope(request, at=now())
    found = lists.unauthenticated(access.all_for(request.user, Sale), asked)
    table = list_tables.UnauthenticatedTable(
        found, scope=asked, sight=sight(request.user), opens=access.may(request.user, "see_sales"),
        order_by=_order(request, "-at"),
    )  # fmt: skip
    return _page(request, "unauthenticated", asked, table)


@access.needs("see_reports")
def ekyc(request: HttpRequest) -> HttpResponse:
    """The members who are to be linked with Aadhaar and validated."""
    asked = scope(request, at=now())
    table = list_tables.UnlinkedTable(
        lists.unlinked(asked), scope=asked, sight=sight(request.user), order_by=_order(request, "shop")
    )
    return _page(request, "ekyc", asked, table)


@access.needs("see_reports")
def not_supplied(request: HttpRequest) -> HttpResponse:
    """Ration that was refused because the shop had not enough."""
    asked = scope(request, at=now())
    found = lists.not_supplied(access.all_for(request.user, Refusal), asked)
    table = list_tables.NotSuppliedTable(
        found, scope=asked, sight=sight(request.user), order_by=_order(request, "-at")
    )
    return _page(request, "not-supplied", asked, table)


@access.needs("export_lists")
def file(request: HttpRequest, report: str) -> HttpResponse:
    """A report as a CSV file; the journal keeps who took it."""
    if report not in FILES:
        raise Http404
    at = now()
    asked = scope(request, at=at)
    record_export(what=f"report_{report}", narrowed_by=asked.narrowed_by, by=staff_of(request), at=at)
    response = StreamingHttpResponse(FILES[report](asked), content_type="text/csv; charset=utf-8")
    name = f"{report}-{asked.month}-{at:%Y-%m-%d-%H%M}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Django's types keep the two apart; to everything that handles an answer they are one.
    return cast(HttpResponse, response)


def _page(request: HttpRequest, report: str, asked: Scope, table: tables.Table, **told: Any) -> HttpResponse:
    context = {
        "report": report, "asked": asked, "form": asked.form, "month": asked.month, "at": asked.at,
        "table": table, "lengths": page_of(table, request), "has_file": report in FILES,
        "may_see_families": sight(request.user).families, **told,
    }  # fmt: skip
    return render(request, f"counter/reports/{report.replace('-', '_')}.html", context)


def _order(request: HttpRequest, usual: str) -> str:
    return request.GET.get("sort") or usual
