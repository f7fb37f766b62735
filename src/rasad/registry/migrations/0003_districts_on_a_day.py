from django.db import migrations

# A place reaches its district through its parents of that day; a district is its own. Places without a
# district (states) have no row.
DISTRICTS = """
CREATE FUNCTION registry_districts(day date)
RETURNS TABLE (place_id bigint, district_id bigint, district_code varchar, district_name varchar)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH RECURSIVE up (place_id, at_id, kind) AS (
        SELECT id, id, kind FROM registry_place
        UNION ALL
        SELECT up.place_id, held.parent_id, parent.kind
        FROM up
        JOIN registry_placeparent held ON held.place_id = up.at_id AND held.during @> day
        JOIN registry_place parent ON parent.id = held.parent_id
        WHERE up.kind <> 'district'
    )
    SELECT up.place_id, d.id, d.code, d.name
    FROM up JOIN registry_place d ON d.id = up.at_id WHERE up.kind = 'district'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_importing")]

    operations = [migrations.RunSQL(DISTRICTS, "DROP FUNCTION registry_districts(date)")]
