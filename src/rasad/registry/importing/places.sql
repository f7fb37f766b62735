-- Places of one rank (all states, then all districts, ...) and what they belong to.
-- reads:  incoming, registry_place, registry_placeparent
-- writes: registry_place, registry_placeparent; temp tables ready (one row a row of incoming) and found
-- An empty cell leaves what the register has. A parent is never replaced: the old one ends, the new one begins.

CREATE TEMP TABLE ready AS
SELECT i.*, p.id AS place_id, parent.id AS parent_id,
       array_position(ranks.kinds, parent_kinds.kind) < array_position(ranks.kinds, kinds.kind) AS is_above,
       held.id AS held_id, held.parent_id AS held_parent_id, lower(held.during) AS held_since, old.name AS held_name,
       CASE WHEN p.id IS NULL THEN 'new' ELSE 'same' END AS change
FROM incoming i
CROSS JOIN (SELECT ARRAY['state', 'district', 'subdistrict', 'village'] AS kinds) ranks
CROSS JOIN LATERAL (SELECT replace(i.kind, 'ward', 'village') AS kind) kinds
CROSS JOIN LATERAL (SELECT replace(i.parent_kind, 'ward', 'village') AS kind) parent_kinds
LEFT JOIN registry_place p ON p.kind = i.kind AND p.code = i.code
LEFT JOIN registry_place parent ON parent.kind = i.parent_kind AND parent.code = i.parent_code
LEFT JOIN registry_placeparent held ON held.place_id = p.id AND upper_inf(held.during)
LEFT JOIN registry_place old ON old.id = held.parent_id;

INSERT INTO found
SELECT file_line, 'parent_code', 'value_missing', '', true FROM ready
WHERE kind <> 'state' AND parent_code IS NULL
UNION ALL
SELECT file_line, 'parent_code', 'unknown_parent', concat_ws(' ', parent_kind, parent_code), true FROM ready
WHERE parent_code IS NOT NULL AND parent_id IS NULL AND coalesce(is_above, true)
UNION ALL
SELECT file_line, 'parent_kind', 'parent_not_above', parent_kind, true FROM ready
WHERE parent_code IS NOT NULL AND NOT is_above
UNION ALL
SELECT file_line, 'since', 'parent_changed_without_day', held_name, true FROM ready
WHERE held_parent_id <> parent_id AND since IS NULL
UNION ALL
SELECT file_line, 'since', 'parent_changed_too_early', held_name, true FROM ready
WHERE held_parent_id <> parent_id AND since <= held_since
UNION ALL
SELECT file_line, 'latitude', 'coordinates_incomplete', '', false FROM ready
WHERE (latitude IS NULL) <> (longitude IS NULL);

UPDATE ready SET change = 'refused' WHERE file_line IN (SELECT file_line FROM found WHERE refuses);
UPDATE ready SET latitude = NULL, longitude = NULL WHERE (latitude IS NULL) <> (longitude IS NULL);

UPDATE ready r SET change = 'changed' FROM registry_place p
WHERE p.id = r.place_id AND r.change = 'same'
  AND ((p.name, p.name_hi, p.latitude, p.longitude)
       IS DISTINCT FROM
       (r.name, coalesce(r.name_hi, p.name_hi), coalesce(r.latitude, p.latitude), coalesce(r.longitude, p.longitude))
       OR r.parent_id <> r.held_parent_id
       OR (r.parent_id IS NOT NULL AND r.held_parent_id IS NULL));

UPDATE registry_place p
SET name = r.name, name_hi = coalesce(r.name_hi, p.name_hi),
    latitude = coalesce(r.latitude, p.latitude), longitude = coalesce(r.longitude, p.longitude)
FROM ready r WHERE p.id = r.place_id AND r.change = 'changed';

INSERT INTO registry_place (kind, code, name, name_hi, latitude, longitude)
SELECT kind, code, name, coalesce(name_hi, ''), latitude, longitude FROM ready WHERE change = 'new'
ORDER BY position;

UPDATE ready r SET place_id = p.id FROM registry_place p
WHERE r.change = 'new' AND p.kind = r.kind AND p.code = r.code;

UPDATE registry_placeparent held SET during = daterange(lower(held.during), r.since)
FROM ready r WHERE held.id = r.held_id AND r.change = 'changed' AND r.parent_id <> r.held_parent_id;

INSERT INTO registry_placeparent (place_id, parent_id, during)
SELECT place_id, parent_id, daterange(since, NULL) FROM ready
WHERE change IN ('new', 'changed') AND parent_id IS NOT NULL AND parent_id IS DISTINCT FROM held_parent_id
ORDER BY position;
