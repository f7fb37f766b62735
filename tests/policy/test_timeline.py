"""The history of public distribution and the figures of its programme."""

from datetime import date
from decimal import Decimal

import pytest

from rasad.policy import allocation, annex, history, obligations, programme, timeline
from rasad.values.refused import Refused


def code_of(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


@pytest.mark.req("R-HIS-01")
@pytest.mark.parametrize(
    ("on", "ruled"),
    [
        (date(1960, 1, 1), "general_pds"),
        (date(1992, 5, 31), "general_pds"),
        (date(1992, 6, 1), "rpds"),
        (date(1997, 5, 31), "rpds"),
        (date(1997, 6, 1), "tpds"),
        (date(2013, 9, 9), "tpds"),
        (date(2013, 9, 10), "nfsa"),
        (date(2026, 1, 1), "nfsa"),
    ],
)
def test_the_programme_that_ruled_on_a_day(on, ruled):
    found, reasons = timeline.scheme_on(on)
    assert found.programme == ruled
    assert (reasons[0].code, reasons[0].row) == ("programme_ruled", found.id)


def test_a_day_before_the_earliest_that_is_dated_is_refused():
    assert code_of(lambda: timeline.scheme_on(date(1959, 12, 31))) == "before_first_rule"


def test_tpds_goes_on_under_the_act():
    assert [event.programme for event in timeline.programmes_on(date(2014, 1, 1))] == ["nfsa", "tpds"]


@pytest.mark.req("R-HIS-02")
def test_rpds_was_for_blocks_of_four_area_programmes():
    event, _ = timeline.scheme_on(date(1993, 1, 1))
    assert event.figures == {"blocks": Decimal(1775)}
    named = [row.value for row in timeline.areas("areas", on=date(1993, 1, 1))]
    assert named == ["DPAP", "ITDP", "DDP", "DHA"]


@pytest.mark.req("R-HIS-04")
def test_special_areas_have_codes_that_rows_can_name():
    found = timeline.areas("special_areas", on=date(1993, 1, 1))
    assert [row.value for row in found] == ["far_flung", "hilly", "remote", "inaccessible"]


@pytest.mark.req("R-HIS-07")
def test_features_of_rpds_are_recorded():
    found = timeline.areas("features", on=date(1997, 5, 31))
    assert [row.value for row in found] == [
        "doorstep_delivery", "additional_cards", "additional_shops", "storage", "additional_commodities",
    ]  # fmt: skip


@pytest.mark.req("R-HIS-18", "R-HIS-20")
@pytest.mark.parametrize(
    ("category", "on", "lakh", "printed"),
    [
        ("BPL", date(2000, 11, 30), "596.23", None),
        ("BPL", date(2000, 12, 1), "652.03", None),
        ("AAY", date(2003, 3, 31), "100", None),
        ("AAY", date(2003, 4, 1), "150", "23"),
        ("AAY", date(2004, 8, 3), "200", "30.66"),
        ("AAY", date(2005, 4, 1), "250", "38"),
    ],
)
def test_families_the_centre_reckoned_with(category, on, lakh, printed):
    found = allocation.families(category, on=on)
    assert (found.value, found.percent_printed) == (Decimal(lakh), Decimal(printed) if printed else None)


@pytest.mark.req("R-HIS-20")
def test_each_expansion_of_aay_has_its_day_and_what_it_added():
    events = {event.id: event for event in timeline.timeline()}
    grown = [events[f"in.t.aay{number}"] for number in (1, 2, 3)]
    assert [event.first_day for event in grown] == [date(2003, 4, 1), date(2004, 8, 3), date(2005, 4, 1)]
    assert [event.figures["families_added_lakh"] for event in grown] == [50, 50, 50]
    assert [event.precision for event in grown] == ["financial_year", "day", "financial_year"]


def test_exact_shares_stand_beside_the_printed_ones():
    shares = [history.share(Decimal(aay), Decimal("652.03")) for aay in (150, 200, 250)]
    assert [str(share) for share in shares] == ["23.01", "30.67", "38.34"]


@pytest.mark.req("R-HIS-09")
def test_the_earmark_of_1997_is_what_its_families_need():
    meant = allocation.families("BPL", on=date(1997, 6, 1), kind="intended")
    earmark = next(row for row in allocation.allocation().totals if row.id == "in.alloc.bpl")
    assert (meant.value, meant.approx) == (600, True)
    assert history.lakh_tonnes(meant.value * 100_000, Decimal(10), 12) == earmark.value == 72


@pytest.mark.req("R-HIS-08")
def test_the_allocation_of_1997_is_the_average_of_ten_years():
    years = [Decimal(tonnes) for tonnes in range(100, 110)]
    assert allocation.average_offtake(years) == Decimal("104.5")
    assert code_of(lambda: allocation.average_offtake(years[:9])) == "years_missing"


@pytest.mark.req("R-HIS-05", "R-HIS-10", "R-HIS-11")
def test_kinds_of_allocation_are_kept_apart():
    totals = {row.id: row for row in allocation.allocation().totals}
    transitory, kept = totals["in.alloc.transitory"], totals["in.alloc.apl_kept"]
    assert (transitory.value, transitory.unit, transitory.category) == (103, "lakh_tonne_per_year", "APL")
    assert (kept.same_as, kept.first_day) == (transitory.id, date(2000, 4, 1))
    assert totals["in.alloc.additional"].kind == "additional"


@pytest.mark.req("R-HIS-15")
def test_from_april_2000_bpl_pays_half_of_the_economic_cost_and_apl_all():
    shares = {
        row.category: (row.value, row.first_day) for row in allocation.allocation().economic_cost if row.value
    }
    assert shares == {"BPL": (50, date(2000, 4, 1)), "APL": (100, date(2000, 4, 1))}


@pytest.mark.req("R-HIS-19")
def test_each_count_of_bpl_families_names_its_base():
    bases = {row.id: (row.value, row.of) for row in allocation.allocation().bases}
    assert bases["in.base.poverty"] == ("1993-94", ("in.fam.bpl.1997x", "in.fam.bpl.2000"))
    assert bases["in.base.rgi1995"] == ("1995", ("in.fam.bpl.1997x",))
    assert bases["in.base.rgi2000"] == ("2000-03-01", ("in.fam.bpl.2000",))


@pytest.mark.req("R-HIS-21")
def test_cards_issued_are_a_count_of_their_own_and_annex_one_is_empty():
    found = allocation.families("AAY", on=date(2014, 3, 31), kind="cards_issued")
    assert found.value == Decimal("242.646")
    annex_i = allocation.allocation().annex_i
    assert annex_i.columns == ("state", "estimated_families", "families_identified", "cards_issued")
    assert annex_i.rows == ()


@pytest.mark.req("R-HIS-27")
def test_the_estimate_behind_aay_is_recorded():
    (hunger,) = allocation.allocation().estimates
    assert (hunger.value, hunger.unit, hunger.approx) == (5, "percent", True)


@pytest.mark.req("R-COM-03", "R-COM-04")
def test_money_of_the_plan_adds_up_and_is_shared_by_region():
    parts = {row.share: row.value for row in programme.programme().funding}
    assert parts["central"] + parts["states"] == parts["total"] == Decimal("884.07")
    assert programme.cost_share(Decimal(10), north_east=True) == (9, 1)
    assert programme.cost_share(Decimal(10), north_east=False) == (5, 5)
    assert programme.recipients() == 23


@pytest.mark.req("R-COM-10", "R-COM-12")
def test_annex_two_keeps_words_and_tells_not_reported_from_no():
    found = annex.annex_row("Haryana")
    assert [cell.text for cell in found.values()] == [
        "96%",
        "100%",
        "13%",
        "Only 4 blocks",
        "-",
        "Yes",
        "Yes",
        "Yes",
    ]
    assert [found[name].status for name in ("fps_data_pct", "online_allocation", "supply_chain_management")] == [
        "percent", "partial", "not_reported",
    ]  # fmt: skip
    assert annex.annex_row("Delhi")["godowns_data_pct"].status == "not_applicable"
    assert (len(annex.annex().rows), len(annex.annex().columns)) == (35, 8)
    assert code_of(lambda: annex.annex_row("Telangana")) == "unknown_state_name"


def test_a_yearly_review_is_overdue_the_day_after_its_anniversary():
    reviewed = {"last": date(2025, 4, 1)}
    assert obligations.is_overdue("in.ob.review", on=date(2026, 4, 1), **reviewed) is False
    assert obligations.is_overdue("in.ob.review", on=date(2026, 4, 2), **reviewed) is True
    assert code_of(lambda: obligations.next_by("in.ob.uc", **reviewed)) == "obligation_without_period"
