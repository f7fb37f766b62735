-- Where a row's place code and district code lead: to its village or ward, else to its district.
-- reads:  registry_place, registry_districts(day)
-- writes: temp tables places_known (by code and district), places_by_code, districts_known

DROP TABLE IF EXISTS places_known, places_by_code, districts_known;

CREATE TEMP TABLE districts_known AS
SELECT code, id AS place_id, name FROM registry_place WHERE kind = 'district';

CREATE TEMP TABLE places_known AS
SELECT DISTINCT ON (p.code, d.district_code) p.code, d.district_code, p.id AS place_id
FROM registry_place p JOIN registry_districts(%(on)s) d ON d.place_id = p.id
WHERE p.kind IN ('village', 'ward')
ORDER BY p.code, d.district_code, p.kind;

CREATE TEMP TABLE places_by_code AS
SELECT DISTINCT ON (code) code, district_code, place_id FROM places_known ORDER BY code, district_code;

ANALYZE districts_known;
ANALYZE places_known;
ANALYZE places_by_code;
