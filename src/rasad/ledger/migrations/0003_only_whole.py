"""What a statement calls at its end, so that a group of sales moves whole or not at all."""

from django.db import migrations

# RS001: not a state of PostgreSQL's own, so that nothing else is taken for it.
ONLY_WHOLE = """
CREATE FUNCTION ledger_only_whole(missing int[]) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(missing) > 0 THEN
        RAISE EXCEPTION 'not whole' USING ERRCODE = 'RS001', DETAIL = array_to_string(missing, ',');
    END IF;
    RETURN TRUE;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_registers")]

    operations = [migrations.RunSQL(ONLY_WHOLE, "DROP FUNCTION ledger_only_whole(int[])")]
