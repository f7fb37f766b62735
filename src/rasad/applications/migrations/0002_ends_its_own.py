"""An application ends what it is about: its card, with its category, or those of its members who were to leave."""

from django.db import migrations

OF_ITS_OWN = """
CREATE OR REPLACE FUNCTION applications_ending_needs_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM applications_application a
        WHERE a.number = NEW.key AND a.state IN ('approved', 'ready', 'issued')
            AND a.verified_by = NEW."by" AND a.decided_by = NEW.confirmed_by
    ) THEN
        RAISE EXCEPTION 'application % was not approved by these officers', NEW.key USING ERRCODE = '23514';
    END IF;
    IF NOT EXISTS (
        SELECT FROM applications_application a
        LEFT JOIN registry_card c ON c.id = a.card_id
        LEFT JOIN registry_cardcategory k ON k.id = NEW.category_id
        LEFT JOIN registry_membership m ON m.id = NEW.membership_id
        WHERE a.number = NEW.key AND CASE NEW.what
            WHEN 'card' THEN a.service = 'surrender_certificate' AND NEW.card_id = a.card_id
            WHEN 'category' THEN a.service = 'surrender_certificate' AND k.card_id = a.card_id
            ELSE EXISTS (
                SELECT FROM applications_applicationperson p
                WHERE p.application_id = a.id AND p.person_id = m.person_id AND CASE p.part
                    WHEN 'leaving' THEN m.household_id = c.household_id
                        AND a.service IN ('member_deletion', 'member_transfer', 'split')
                    -- Who comes to a card may leave a family that has none any more.
                    ELSE NOT EXISTS (
                        SELECT FROM registry_card o WHERE o.household_id = m.household_id AND o.during @> NEW."on"
                    ) END
            ) END
    ) THEN
        RAISE EXCEPTION 'application % does not end this', NEW.key USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
"""
OF_ANY = """
CREATE OR REPLACE FUNCTION applications_ending_needs_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM applications_application a
        WHERE a.number = NEW.key AND a.state IN ('approved', 'ready', 'issued')
            AND a.verified_by = NEW."by" AND a.decided_by = NEW.confirmed_by
    ) THEN
        RAISE EXCEPTION 'application % was not approved by these officers', NEW.key USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]

    operations = [migrations.RunSQL(OF_ITS_OWN, OF_ANY)]
