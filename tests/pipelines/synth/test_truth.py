"""The truth agrees with the files: each test finds again, from what is written, what the truth says."""

import pytest

from tests.pipelines.synth.conftest import SCALE

# What the scheme asks of a row, read from the files alone.
MEETS_CONDITIONS = """
    select source, reference from families where source = 'mmpsy' and card_category = 'APL'
    union all select source, reference from families where source = 'saral' and verified
    union all select source, reference from families
        where source = 'local_committee' and ration_option = 'ration' and forwarded
    union all select source, reference from families where source = 'cm_twitter' and forwarded
"""
FREE = "(select * from register_cards where category <> 'APL' and ended_on is null)"


def test_every_row_is_in_the_truth_exactly_once(ask) -> None:
    missing = """
        select source, reference, row_number() over (partition by source, reference) as line from families
        except all select source, reference, line from truth_rows
    """
    assert ask(missing) == []
    assert ask("select count(*) from truth_rows") == ask("select count(*) from families")


def test_every_person_written_down_is_in_the_truth(ask) -> None:
    keys = "select source, reference, line from"
    assert ask(f"{keys} members except all {keys} truth_people") == []
    assert ask(f"{keys} truth_people except all {keys} members") == []
    keys = "select card_number, line from"
    assert ask(f"{keys} register_members except all {keys} truth_register") == []
    assert ask(f"{keys} truth_register except all {keys} register_members") == []


def test_the_tokens_are_haryanas_by_scale(ask) -> None:
    assert ask("select count(*) from truth_rows where outcome = 'token'") == [(round(373_222 * SCALE),)]


def test_only_known_outcomes_and_reasons(ask) -> None:
    assert ask("select distinct outcome, reason from truth_rows order by all") == [
        ("in_review", "not_forwarded"),
        ("in_review", "not_verified"),
        ("in_review", "unknown_district"),
        ("linked", "probably_same_family"),
        ("linked", "same_card"),
        ("linked", "same_family_id"),
        ("linked", "same_person"),
        ("refused", "duplicate_reference"),
        ("refused", "no_members"),
        ("refused", "not_apl_card"),
        ("refused", "on_free_card"),
        ("refused", "probably_on_free_card"),
        ("refused", "ration_not_opted"),
        ("token", "issued"),
    ]


def test_a_family_has_at_most_one_token_and_links_need_one(ask) -> None:
    counted = "count(*) filter (outcome = 'token') as tokens, count(*) filter (outcome = 'linked') as linked"
    per_family = f"select household, {counted} from truth_rows group by household"
    assert ask(f"from ({per_family}) where tokens > 1 or (tokens = 0 and linked > 0)") == []


def test_the_earliest_row_of_a_family_is_its_token(ask) -> None:
    came = "select source, reference, min(received_on) as day from families group by all"
    sources = "['mmpsy', 'saral', 'local_committee', 'cm_twitter']"
    ranked = f"""
        select outcome, row_number() over (
            partition by household order by day, list_position({sources}, source), reference) as place
        from truth_rows join ({came}) using (source, reference)
        where line = 1 and outcome in ('token', 'linked')
    """
    assert ask(f"from ({ranked}) where (outcome = 'token') <> (place = 1)") == []


@pytest.mark.parametrize(
    ("reason", "rows"),
    [
        ("not_apl_card", "select source, reference from families where card_category <> 'APL'"),
        ("not_verified", "select source, reference from families where not verified"),
        ("ration_not_opted", "select source, reference from families where ration_option <> 'ration'"),
        ("not_forwarded", "select source, reference from families where not forwarded"),
        ("unknown_district", "select source, reference from families where district = ''"),
        ("no_members", "select source, reference from families anti join members using (source, reference)"),
    ],
)
def test_a_condition_not_met_is_the_reason(ask, reason: str, rows: str) -> None:
    told = f"select source, reference from truth_rows where reason = '{reason}'"
    assert ask(f"{rows} except all {told}") == []
    assert ask(f"{told} except all {rows}") == []


def test_a_repeat_comes_later_and_is_refused(ask) -> None:
    repeated = """
        select source, reference, min(received_on) < max(received_on), count(*) from families
        group by all having count(*) > 1
    """
    assert len(ask(repeated)) == len(ask("from truth_rows where reason = 'duplicate_reference'"))
    assert {row[2:] for row in ask(repeated)} == {(True, 2)}


def test_exactly_on_a_free_card_is_what_the_keys_show(ask) -> None:
    shown = f"""
        select source, reference from members m join register_members r using (aadhaar)
            join {FREE} using (card_number)
        union select source, reference from families join {FREE} c using (family_id)
        union select source, reference from families join {FREE} c using (card_number)
    """
    told = "select source, reference from truth_rows where exactly"
    assert ask(f"({shown}) except ({told})") == []
    assert ask(f"({told}) except ({shown})") == []
    refused = "select source, reference from truth_rows where reason = 'on_free_card'"
    repeats = "select source, reference from truth_rows where line = 2"
    meets = f"({shown}) intersect ({MEETS_CONDITIONS})"
    assert ask(f"({meets}) except ({refused})") == []
    assert ask(f"({refused}) except ({meets})") == []
    assert len(ask(f"({repeats}) intersect ({refused})")) > 0


def test_on_a_free_card_is_who_is_on_one(ask) -> None:
    true = f"""
        select source, reference from truth_people join truth_register using (person)
            join {FREE} using (card_number)
    """
    told = "select source, reference from truth_rows where on_free_card"
    assert ask(f"({true}) except ({told})") == []
    assert ask(f"({told}) except ({true})") == []
    assert ask("from truth_rows where exactly and not on_free_card") == []


def test_linked_by_a_person_is_what_the_numbers_show(ask) -> None:
    shared = """
        select distinct a.source, a.reference
        from members a join members b
            on a.aadhaar = b.aadhaar and (a.source, a.reference) <> (b.source, b.reference)
        join truth_rows ta on (ta.source, ta.reference) = (a.source, a.reference) and ta.line = 1
        join truth_rows tb on (tb.source, tb.reference) = (b.source, b.reference) and tb.line = 1
        where ta.outcome = 'linked' and tb.outcome in ('token', 'linked') and ta.household = tb.household
    """
    told = "select source, reference from truth_rows where reason = 'same_person'"
    assert sorted(ask(shared)) == sorted(ask(told))


def test_two_hearths_of_one_house_are_two_families(ask) -> None:
    houses = """
        select count(distinct household) from truth_rows join families using (source, reference)
        where outcome = 'token' group by regexp_replace(address, '[^0-9]+', ' ', 'g'), place
    """
    assert {count for (count,) in ask(houses)} >= {1, 2}
