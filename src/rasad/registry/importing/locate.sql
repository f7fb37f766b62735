-- One chunk of rows with `place` and `district`: finds the place of each, tells what could not be found.
-- reads:  incoming, places_known, places_by_code, districts_known
-- writes: temp tables located (one row a row of incoming) and found

CREATE TEMP TABLE located AS
SELECT i.position, i.file_line, i.place, i.district,
       coalesce(here.place_id, elsewhere.place_id) AS village_id, d.place_id AS district_id,
       here.place_id IS NULL AND elsewhere.place_id IS NOT NULL AS is_elsewhere,
       coalesce(d.code, elsewhere.district_code) AS district_code, there.name AS other_district
FROM incoming i
LEFT JOIN places_known here ON here.code = i.place AND here.district_code = i.district
LEFT JOIN places_by_code elsewhere ON elsewhere.code = i.place
LEFT JOIN districts_known d ON d.code = i.district
LEFT JOIN districts_known there ON there.code = elsewhere.district_code;

INSERT INTO found
SELECT file_line, 'district', 'unknown_district', district, village_id IS NULL FROM located
WHERE district IS NOT NULL AND district_id IS NULL
UNION ALL
SELECT file_line, 'place', 'unknown_place', place, district_id IS NULL FROM located
WHERE place IS NOT NULL AND village_id IS NULL
UNION ALL
SELECT file_line, 'place', 'place_in_other_district', other_district, false FROM located
WHERE is_elsewhere AND district_id IS NOT NULL
UNION ALL
SELECT file_line, 'district', 'value_missing', '', true FROM located
WHERE district IS NULL AND place IS NULL;
