"""Triggers of the ledger: rows that only grow in number, and goods that share a limit."""

import pgtrigger

from rasad.journal import guards


def append_only(what: str) -> list[pgtrigger.Trigger]:
    """Refuse every change, deletion and emptying of a table of the ledger."""
    return guards.append_only(f"the {what} of the ledger are append-only")


# Whatever a card takes of goods that share a limit is also taken from the limit's own account, whoever writes.
MIRROR_INTO_CAP = pgtrigger.Trigger(
    name="mirror_into_cap",
    operation=pgtrigger.Update,
    when=pgtrigger.After,
    level=pgtrigger.Row,
    condition=pgtrigger.Condition(
        "NEW.cap_group <> '' AND (NEW.received, NEW.given, NEW.held) IS DISTINCT FROM "
        "(OLD.received, OLD.given, OLD.held)"
    ),
    func="""
        UPDATE ledger_account
        SET received = received + NEW.received - OLD.received,
            given = given + NEW.given - OLD.given,
            held = held + NEW.held - OLD.held
        WHERE kind = 'cap' AND holder = NEW.holder AND month = NEW.month AND commodity = NEW.cap_group;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'account % shares a limit that has no account', NEW.id USING ERRCODE = '23514';
        END IF;
        RETURN NULL;
    """,
)
