"""Triggers of oversight: no state is skipped, no step is missing, nothing ends without an order or a final list."""

from collections.abc import Mapping

import pgtrigger
from django.db.models import Q

from rasad.journal.guards import append_only
from rasad.oversight import moves

APPEND_ONLY = append_only("steps, evidence and arrears are append-only")
KEPT = pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)


def if_state(*states: str, then: Q) -> Q:
    """What has to hold of a row in one of these states."""
    return ~Q(state__in=states) | then


def _goes(table: Mapping[tuple[str, str], str]) -> str:
    told = ", ".join(f"('{before}', '{after}')" for before, after in moves.pairs(table))
    return f"(OLD.state, NEW.state) IN ({told})"


def by_the_table(table: Mapping[tuple[str, str], str], begins: str, *kept: str) -> pgtrigger.Trigger:
    """A row begins in one state, goes on only as the table of moves says, and keeps what it is about."""
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in kept)
    return pgtrigger.Trigger(
        name="by_the_table",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        level=pgtrigger.Row,
        func=f"""
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> '{begins}' THEN
                    RAISE EXCEPTION 'it begins as {begins}' USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
            END IF;
            IF {changed} THEN
                RAISE EXCEPTION 'it does not become another' USING ERRCODE = '23514';
            END IF;
            IF OLD.state <> NEW.state AND NOT ({_goes(table)}) THEN
                RAISE EXCEPTION 'no move from % to %', OLD.state, NEW.state USING ERRCODE = '23514';
            END IF;
            RETURN NEW;
        """,
    )


# The ledger of steps is whole: a case changes its state only beside a step of the same transaction.
EACH_MOVE_HAS_ITS_STEP = pgtrigger.Trigger(
    name="each_move_has_its_step",
    operation=pgtrigger.Update,
    when=pgtrigger.After,
    level=pgtrigger.Row,
    condition=pgtrigger.Condition("NEW.state IS DISTINCT FROM OLD.state"),
    func="""
        IF NOT EXISTS (
            SELECT FROM oversight_casestep s
            WHERE s.case_id = NEW.id AND s.before = OLD.state AND s.after = NEW.state
                AND s.transaction = txid_current()
        ) THEN
            RAISE EXCEPTION 'case % changed without a step', NEW.number USING ERRCODE = '23514';
        END IF;
        RETURN NULL;
    """,
)
# What was ordered stays what it was: on whose proposal, after which notice, from which day.
ORDER_STANDS = pgtrigger.Protect(
    name="order_stands",
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        "OLD.state IN ('ordered', 'restored') AND (NEW.served_on, NEW.answer_by, NEW.answered_at, NEW.proposed_by, "
        "NEW.confirmed_by, NEW.ends_on, NEW.to_category) IS DISTINCT FROM (OLD.served_on, OLD.answer_by, "
        "OLD.answered_at, OLD.proposed_by, OLD.confirmed_by, OLD.ends_on, OLD.to_category)"
    ),
)
# A card given up ends by its own application and by nothing else: no record of it without that application.
GIVEN_UP_BY_AN_APPLICATION = pgtrigger.Trigger(
    name="given_up_by_an_application",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    level=pgtrigger.Row,
    func="""
        IF NOT EXISTS (
            SELECT FROM applications_application a
            WHERE a.id = NEW.application_id AND a.card_id = NEW.card_id AND a.service = 'surrender_certificate'
        ) THEN
            RAISE EXCEPTION 'a card is given up by an application of its family' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    """,
)
# Many suspicions at once become cases only from a campaign whose sample a second officer has opened.
ONLY_FROM_AN_OPENED_CAMPAIGN = pgtrigger.Trigger(
    name="only_from_an_opened_campaign",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    level=pgtrigger.Row,
    condition=pgtrigger.Condition("NEW.campaign_id IS NOT NULL"),
    func="""
        IF NOT EXISTS (SELECT FROM oversight_campaign c WHERE c.id = NEW.campaign_id AND c.state = 'published') THEN
            RAISE EXCEPTION 'the campaign of this case was not opened' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    """,
)
# A campaign is opened with its report, with every sampled family visited, and with few enough real ones among them.
OPENED_BY_ITS_SAMPLE = pgtrigger.Trigger(
    name="opened_by_its_sample",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    level=pgtrigger.Row,
    condition=pgtrigger.Condition("NEW.state = 'published' AND OLD.state <> 'published'"),
    func="""
        IF NEW.impact = '{}'::jsonb OR NOT EXISTS (
            SELECT FROM oversight_suspicion s WHERE s.campaign_id = NEW.id AND s.place_in_sample IS NOT NULL
            HAVING count(*) > 0 AND count(*) >= NEW.sample_size AND count(*) = count(nullif(s.visit, ''))
                AND count(*) FILTER (WHERE s.visit = 'real') * 100 <= count(*) * NEW.most_real_percent
        ) THEN
            RAISE EXCEPTION 'a campaign is opened by its report and its sample' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    """,
)
# Never more Antyodaya families than the estimate of the place, and none against which an objection is open.
WITHIN_THE_ESTIMATE = pgtrigger.Trigger(
    name="within_the_estimate",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    level=pgtrigger.Row,
    condition=pgtrigger.Condition("NEW.state = 'final' AND OLD.state <> 'final'"),
    func="""
        IF (SELECT count(*) FROM oversight_aayentry e WHERE e.list_id = NEW.id AND e.is_chosen) > NEW.places
            OR EXISTS (SELECT FROM oversight_objection o WHERE o.list_id = NEW.id AND o.outcome = '')
        THEN
            RAISE EXCEPTION 'a final list fits its estimate and leaves no objection' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    """,
)
FINAL_LIST_STANDS = pgtrigger.Trigger(
    name="final_list_stands",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    level=pgtrigger.Row,
    func="""
        IF EXISTS (
            SELECT FROM oversight_aaylist l
            WHERE l.id = coalesce(NEW.list_id, OLD.list_id) AND l.state IN ('proposed', 'final')
        ) AND (TG_OP <> 'UPDATE' OR (NEW.card_id, NEW.list_id, NEW.is_chosen, NEW.criteria) IS DISTINCT FROM
            (OLD.card_id, OLD.list_id, OLD.is_chosen, OLD.criteria))
        THEN
            RAISE EXCEPTION 'the list is before the second officer or final' USING ERRCODE = '23514';
        END IF;
        RETURN coalesce(NEW, OLD);
    """,
)
# Laid on the register's table of endings by our first migration: the register itself knows nothing of cases.
ENDING_NEEDS_ORDER = """
CREATE FUNCTION oversight_ending_needs_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.ground = 'order' AND NOT EXISTS (
        SELECT FROM oversight_case c
        LEFT JOIN registry_cardcategory k ON k.id = NEW.category_id
        WHERE c.number = NEW.key AND c.proposed_by = NEW."by" AND CASE c.state
            WHEN 'ordered' THEN c.served_on IS NOT NULL
                AND (c.answered_at IS NOT NULL OR c.answer_by < (NEW."at" AT TIME ZONE 'Asia/Kolkata')::date)
                AND c.confirmed_by = NEW.confirmed_by AND c.ends_on = NEW."on"
                AND CASE NEW.what
                    WHEN 'card' THEN c.what = 'card' AND c.card_id = NEW.card_id
                    WHEN 'membership' THEN c.what = 'membership' AND c.membership_id = NEW.membership_id
                    ELSE c.what IN ('card', 'category') AND c.card_id = k.card_id
                END
            -- A category that was changed wrongly gives way to the one before.
            WHEN 'restored' THEN c.restored_by = NEW.confirmed_by AND NEW.what = 'category' AND c.what = 'category'
                AND c.card_id = k.card_id AND c.to_category = k.category
            ELSE false END
    ) THEN
        RAISE EXCEPTION 'no case with notice, window and order by a second officer ends this' USING ERRCODE = '23514';
    END IF;
    IF NEW.ground = 'list' AND NOT EXISTS (
        SELECT FROM oversight_aaylist l
        JOIN oversight_aayentry e ON e.list_id = l.id AND e.is_chosen
        JOIN registry_cardcategory k ON k.card_id = e.card_id AND k.id = NEW.category_id
        WHERE l.number = NEW.key AND l.state = 'final' AND NEW.what = 'category'
            AND l.proposed_by = NEW."by" AND l.confirmed_by = NEW.confirmed_by AND l.holds_from = NEW."on"
    ) THEN
        RAISE EXCEPTION 'no final list of the Gram Sabha ends this' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER oversight_ending_needs_order AFTER INSERT ON registry_ending
    FOR EACH ROW EXECUTE FUNCTION oversight_ending_needs_order();
"""
ENDING_NEEDS_NO_ORDER = """
DROP TRIGGER oversight_ending_needs_order ON registry_ending;
DROP FUNCTION oversight_ending_needs_order();
"""
