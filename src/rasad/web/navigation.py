"""The links of the main navigation: one line a page, in the order they are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Link:
    """A page in the navigation. `needs` is the capability without which it is not shown."""

    url_name: str
    label: Promise | str
    needs: str
    # Links of one group stand together behind its name; they follow each other in the list.
    group: Promise | str = ""


# How many things wait for the reader behind a page, by its address' name: apps above add theirs when they are ready.
COUNTS: dict[str, Callable[[Any], int]] = {}

RELIEF, OFFICE = _("Relief"), _("Office")
LINKS: tuple[Link, ...] = (
    Link("counter:start", _("Counter"), "sell"),
    Link("families:search", _("Families"), "see_cards"),
    Link("applications:listed", _("Applications"), "see_applications"),
    Link("grievances:listed", _("Complaints"), "see_complaints"),
    Link("oversight:cases", _("Reviews"), "see_cases"),
    Link("matching:listed", _("Who is who"), "judge_pairs"),
    Link("oversight:figures", _("Figures of the review"), "see_case_figures"),
    Link("counter_reports:sales", _("Reports"), "see_reports"),
    Link("shops:listed", _("Shops"), "see_shops"),
    Link("counter:changes", _("Stock corrections"), "confirm_stock"),
    Link("relief:overview", _("Overview"), "see_relief", RELIEF),
    Link("desk:start", _("Desk"), "see_desk", RELIEF),
    Link("delivery:listed", _("Delivery"), "see_deliveries", RELIEF),
    Link("delivery:board", _("Board"), "see_deliveries", RELIEF),
    Link("relief:tokens", _("Tokens"), "see_relief", RELIEF),
    Link("relief:rows", _("Not issued"), "see_relief", RELIEF),
    Link("relief:shops", _("Room at shops"), "see_shops", RELIEF),
    Link("relief:runs", _("Runs"), "see_runs", RELIEF),
    Link("jobs:listed", _("Jobs"), "see_jobs", OFFICE),
    Link("outbox:overview", _("Outbox"), "see_outbox", OFFICE),
    Link("applications:holidays", _("Holidays"), "manage_holidays", OFFICE),
    Link("accounts:staff", _("Staff"), "manage_staff", OFFICE),
    Link("journal:entries", _("Journal"), "see_journal", OFFICE),
)

# For everybody, without a log-in.
PUBLIC: tuple[Link, ...] = (
    Link("families:my_card", _("My ration card"), ""),
    Link("delivery:my_token", _("My ration token"), ""),
    Link("applications:charter", _("Services and forms"), ""),
    Link("oversight:my_cases", _("A notice about my card"), ""),
    Link("portal:due", _("What is my family due?"), ""),
    Link("portal:eligible", _("Am I eligible?"), ""),
    Link("portal:rules", _("The rules"), ""),
    Link("portal:history", _("How it came about"), ""),
)
