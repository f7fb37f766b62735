"""What each role may do. A role is a row of this table; nothing else in the code asks for a role by name.

A member of staff has exactly one role, for the life of the account: whoever changes posts gets a new
account, so that the journal never shows one name on both sides of a decision.
"""

from collections.abc import Mapping
from types import MappingProxyType

from rasad.accounts.models import Area, Role

CAPABILITIES: Mapping[Role, frozenset[str]] = MappingProxyType(
    {
        Role.HEADQUARTERS: frozenset(
            {
                "see_relief",
                "see_families",
                "see_runs",
                "see_shops",
                "export_lists",
                "start_runs",
                "manage_staff",
                "see_journal",
                "see_reports",
                "see_desk",
                "see_jobs",
                "see_outbox",
                "confirm_decisions",
                "see_deliveries",
                "manage_schemes",
                "open_schemes",
                "see_cards",
                "see_applications",
                "manage_holidays",
                "see_cases",
                "run_campaigns",
                "confirm_orders",
                "see_criteria_changes",
                "see_complaints",
            }
        ),
        Role.DFSC: frozenset(
            {
                "see_relief",
                "see_families",
                "see_runs",
                "see_shops",
                "export_lists",
                "print_tokens",
                "assign_shops",
                "decide_reviews",
                "confirm_decisions",
                "open_appeals",
                "see_desk",
                "see_jobs",
                "see_outbox",
                "see_deliveries",
                "hand_over_tokens",
                "give_lists",
                "enrol_devices",
                "set_hours",
                "see_sales",
                "confirm_stock",
                "see_reports",
                "see_cards",
                "see_applications",
                "register_applications",
                "decide_applications",
                "see_cases",
                "open_cases",
                "judge_pairs",
                "run_campaigns",
                "hear_cases",
                "confirm_orders",
                "see_complaints",
                "answer_complaints",
            }
        ),
        Role.INSPECTOR: frozenset(
            {
                "see_relief",
                "see_families",
                "see_shops",
                "print_tokens",
                "open_appeals",
                "see_desk",
                "see_deliveries",
                "enrol_devices",
                "set_hours",
                "see_sales",
                "confirm_stock",
                "see_reports",
                "see_cards",
                "see_applications",
                "register_applications",
                "verify_applications",
                "decide_applications",
                "see_cases",
                "open_cases",
                "judge_pairs",
                "hear_cases",
                "see_complaints",
            }
        ),
        Role.DISTRICT_ADMINISTRATION: frozenset(
            {
                "see_relief",
                "see_families",
                "see_desk",
                "forward_requests",
                "enter_requests",
                "open_appeals",
                "see_complaints",
                "answer_complaints",
                "answer_appeals",
                "see_cases",
                "confirm_orders",
            }
        ),
        Role.UNIT_COMMITTEE: frozenset(
            {
                "see_relief",
                "see_families",
                "print_tokens",
                "see_deliveries",
                "hand_over_tokens",
                "open_appeals",
            }
        ),
        Role.LOCAL_COMMITTEE: frozenset(
            {
                "see_relief",
                "see_families",
                "see_desk",
                "see_deliveries",
                "hand_over_tokens",
                "enter_surveys",
                "open_appeals",
                "see_cases",
            }
        ),
        Role.DEALER: frozenset(
            {"see_relief", "see_families", "see_shops", "see_sales", "sell", "see_reports"}
        ),
        # Figures, runs and the journal, but no family's name, address or mobile.
        Role.AUDITOR: frozenset(
            {
                "see_relief",
                "see_runs",
                "see_shops",
                "see_journal",
                "see_reports",
                "see_application_figures",
                "see_case_figures",
            }
        ),
    }
)

# No role holds both of a pair: who forwards does not decide, who appoints does not act in the field.
SEPARATED: tuple[tuple[str, str], ...] = (
    ("forward_requests", "decide_reviews"),
    ("forward_requests", "assign_shops"),
    ("forward_requests", "start_runs"),
    # Whoever wrote a request down does not pass it on for another office, nor does the family's committee decide.
    ("enter_surveys", "forward_requests"),
    ("enter_surveys", "decide_reviews"),
    ("start_runs", "decide_reviews"),
    ("start_runs", "assign_shops"),
    ("manage_staff", "decide_reviews"),
    ("manage_staff", "assign_shops"),
    ("manage_staff", "forward_requests"),
    ("manage_staff", "hand_over_tokens"),
    ("manage_staff", "decide_applications"),
    ("manage_staff", "hear_cases"),
    # Who looked at the house does not answer for the office when the family complains.
    ("verify_applications", "answer_complaints"),
)

# The address a role begins at after the log-in, where that is not the overview.
BEGINS_AT: Mapping[Role, str] = MappingProxyType({Role.DEALER: "counter:start"})

# What a role can be bound to: an inspector of a whole state would be headquarters by the back door.
AREA_KINDS: Mapping[Role, tuple[Area.Kind, ...]] = MappingProxyType(
    {
        Role.HEADQUARTERS: (Area.Kind.STATE,),
        Role.DFSC: (Area.Kind.DISTRICT,),
        Role.INSPECTOR: (Area.Kind.DISTRICT, Area.Kind.PLACE),
        Role.DISTRICT_ADMINISTRATION: (Area.Kind.DISTRICT,),
        Role.UNIT_COMMITTEE: (Area.Kind.PLACE,),
        Role.LOCAL_COMMITTEE: (Area.Kind.PLACE,),
        Role.DEALER: (Area.Kind.SHOP,),
        Role.AUDITOR: (Area.Kind.STATE, Area.Kind.DISTRICT),
    }
)


def capabilities(role: str) -> frozenset[str]:
    """What a role may do; nothing for an unknown or empty role."""
    return CAPABILITIES[Role(role)] if role in Role.values else frozenset()
