-- Fair price shops, one chunk.
-- reads:  incoming, located, shops_shop
-- writes: shops_shop; temp tables ready (one row a row of incoming) and found
-- An empty cell leaves what the register has; a shop not seen before without a capacity serves its own cards only.

CREATE TEMP TABLE ready AS
SELECT i.*, s.id AS shop_id,
       coalesce(l.village_id, s.place_id, l.district_id) AS place_id,
       coalesce(l.district_code, s.district_code) AS district_code,
       coalesce(i.open_since, lower(s.open_during)) AS first_day, coalesce(i.open_until, upper(s.open_during)) AS end_day,
       CASE WHEN s.id IS NULL THEN 'new' ELSE 'same' END AS change
FROM incoming i
JOIN located l USING (position)
LEFT JOIN shops_shop s ON s.number = i.number;

INSERT INTO found
SELECT file_line, 'open_until', 'ends_before_it_begins', '', true FROM ready WHERE end_day <= first_day
UNION ALL
SELECT file_line, 'latitude', 'coordinates_incomplete', '', false FROM ready
WHERE (latitude IS NULL) <> (longitude IS NULL)
UNION ALL
SELECT file_line, 'capacity', 'value_missing', '', false FROM ready WHERE capacity IS NULL AND shop_id IS NULL;

UPDATE ready SET change = 'refused' WHERE file_line IN (SELECT file_line FROM found WHERE refuses);
UPDATE ready SET latitude = NULL, longitude = NULL WHERE (latitude IS NULL) <> (longitude IS NULL);

UPDATE ready r SET change = 'changed' FROM shops_shop s
WHERE s.id = r.shop_id AND r.change = 'same'
  AND (s.name, s.name_hi, s.place_id, s.district_code, s.address, s.latitude, s.longitude, s.capacity_families,
       s.dealer_name, s.dealer_mobile, s.open_during)
      IS DISTINCT FROM
      (r.name, coalesce(r.name_hi, s.name_hi), r.place_id, r.district_code, coalesce(r.address, s.address),
       coalesce(r.latitude, s.latitude), coalesce(r.longitude, s.longitude),
       coalesce(r.capacity, s.capacity_families), coalesce(r.dealer_name, s.dealer_name),
       coalesce(r.dealer_mobile, s.dealer_mobile), daterange(r.first_day, r.end_day));
UPDATE shops_shop s
SET name = r.name, name_hi = coalesce(r.name_hi, s.name_hi), place_id = r.place_id, district_code = r.district_code,
    address = coalesce(r.address, s.address), latitude = coalesce(r.latitude, s.latitude),
    longitude = coalesce(r.longitude, s.longitude), capacity_families = coalesce(r.capacity, s.capacity_families),
    dealer_name = coalesce(r.dealer_name, s.dealer_name), dealer_mobile = coalesce(r.dealer_mobile, s.dealer_mobile),
    open_during = daterange(r.first_day, r.end_day)
FROM ready r WHERE s.id = r.shop_id AND r.change = 'changed';

INSERT INTO shops_shop
    (number, name, name_hi, place_id, district_code, address, latitude, longitude, capacity_families,
     dealer_name, dealer_mobile, open_during)
SELECT number, name, coalesce(name_hi, ''), place_id, district_code, coalesce(address, ''), latitude, longitude,
       coalesce(capacity, 0), coalesce(dealer_name, ''), coalesce(dealer_mobile, ''), daterange(first_day, end_day)
FROM ready WHERE change = 'new' ORDER BY position;
