"""Triggers of the register: what keeps cards, members and categories, and what keeps a household's district right."""

import pgtrigger


def ends_only_by_process(what: str, *kept: str) -> pgtrigger.Trigger:
    """Refuse to delete a row, to change the columns `kept`, and to take a day away from `during` without an Ending.

    The `Ending` has to be of this row, of the same day, and written in the same transaction. What is longer than
    before, or taken back, needs none.
    """
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in kept)
    return pgtrigger.Trigger(
        name="ends_only_by_process",
        operation=pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        level=pgtrigger.Row,
        func=f"""
            IF TG_OP = 'DELETE' THEN
                RAISE EXCEPTION 'a {what} of the register is never deleted' USING ERRCODE = '23514';
            END IF;
            IF {changed} THEN
                RAISE EXCEPTION 'a {what} of the register does not become another' USING ERRCODE = '23514';
            END IF;
            IF OLD.during <@ NEW.during THEN
                RETURN NEW;
            END IF;
            IF lower(NEW.during) IS DISTINCT FROM lower(OLD.during) OR NOT EXISTS (
                SELECT FROM registry_ending e
                WHERE e.{what}_id = OLD.id AND e.transaction = txid_current() AND e.undone_at IS NULL
                    AND e."on" = upper(NEW.during)
            ) THEN
                RAISE EXCEPTION 'a {what} ends only by an application, an order or a list' USING ERRCODE = '23514';
            END IF;
            RETURN NEW;
        """,
    )


# Emptying the table would end all at once, and no trigger of a row would see it.
NEVER_EMPTIED = pgtrigger.Trigger(
    name="never_emptied",
    operation=pgtrigger.Truncate,
    when=pgtrigger.Before,
    level=pgtrigger.Statement,
    func="RAISE EXCEPTION 'the register is never emptied' USING ERRCODE = '23514';",
)
# A household lies in the district its place lies in. A file brings the district with it: then nothing is asked.
DISTRICT_OF_A_HOUSEHOLD = pgtrigger.Trigger(
    name="district",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("place_id"),  # type: ignore[no-untyped-call]  # pgtrigger
    when=pgtrigger.Before,
    level=pgtrigger.Row,
    func="""
        IF NEW.district_code = '' OR TG_OP = 'UPDATE' AND OLD.place_id <> NEW.place_id THEN
            NEW.district_code := coalesce(registry_district_of(NEW.place_id, current_date), '');
        END IF;
        RETURN NEW;
    """,
)
# A place that goes to another district takes its households along.
HOUSEHOLDS_GO_WITH_THEIR_PLACE = pgtrigger.Trigger(
    name="households_go_along",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.After,
    level=pgtrigger.Statement,
    func="""
        UPDATE registry_household h SET district_code = d.district_code
        FROM registry_districts(current_date) d
        WHERE d.place_id = h.place_id AND h.district_code <> d.district_code;
        RETURN NULL;
    """,
)
# A family that comes to another district is found there, and no more where it was.
KEYS_GO_WITH_THEIR_HOUSEHOLD = pgtrigger.Trigger(
    name="keys_go_along",
    operation=pgtrigger.Update,
    when=pgtrigger.After,
    level=pgtrigger.Row,
    condition=pgtrigger.Q(old__district_code__df=pgtrigger.F("new__district_code")),
    func="""
        UPDATE registry_personkeys k SET districts = d.codes, keys = plain.keys || ARRAY(
            SELECT code || ':' || key FROM unnest(d.codes) code, unnest(plain.keys) key)
        FROM registry_membership m,
            LATERAL (SELECT ARRAY(SELECT DISTINCT h.district_code FROM registry_membership o
                JOIN registry_household h ON h.id = o.household_id WHERE o.person_id = m.person_id) AS codes) d,
            registry_personkeys held,
            LATERAL (SELECT ARRAY(
                SELECT key FROM unnest(held.keys) key WHERE strpos(key, ':') = 0) AS keys) plain
        WHERE m.household_id = NEW.id AND k.person_id = m.person_id AND held.person_id = m.person_id;
        RETURN NULL;
    """,
)
