-- Ration cards, the household each serves, and its category, one chunk.
-- reads:  incoming, located, shops_known, registry_card, registry_household, registry_cardcategory
-- writes: the three registry tables; temp tables ready (one row a row of incoming) and found
-- An empty cell leaves what the register has. No file ends a living card or turns its category, and none opens an
-- ended one again: people decide that (docs/adr/0021).

UPDATE incoming SET category = upper(category) WHERE category <> upper(category);

CREATE TEMP TABLE ready AS
SELECT i.*, c.id AS card_id, c.household_id, c.during AS held_during, f.id AS family_household,
       h.family_id AS held_family, cat.id AS category_id, cat.category AS held_category, cat.during AS category_during,
       coalesce(l.village_id, h.place_id, l.district_id) AS place_id,
       coalesce(i.issued_on, lower(c.during)) AS first_day, coalesce(i.ended_on, upper(c.during)) AS end_day,
       NULL::daterange AS during, coalesce(i.family_id, 'position ' || i.position) AS family_key,
       CASE WHEN c.id IS NULL THEN 'new' ELSE 'same' END AS change
FROM incoming i
JOIN located l USING (position)
LEFT JOIN registry_card c ON c.number = i.card_number
LEFT JOIN registry_household h ON h.id = c.household_id
LEFT JOIN registry_household f ON f.family_id = i.family_id
LEFT JOIN LATERAL (
    SELECT * FROM registry_cardcategory k WHERE k.card_id = c.id ORDER BY lower(k.during) DESC NULLS LAST LIMIT 1
) cat ON true;
ANALYZE ready;

INSERT INTO found
SELECT file_line, 'ended_on', 'ends_before_it_begins', '', true FROM ready WHERE end_day <= first_day
UNION ALL
SELECT file_line, 'ended_on', 'card_ended', to_char(upper(held_during), 'DD-MM-YYYY'), true FROM ready
WHERE NOT upper_inf(held_during)
  AND (ended_on IS NULL OR ended_on > upper(held_during)
       OR (category <> held_category AND upper(held_during) <= %(on)s))
UNION ALL
-- What ends a living card, or takes days from it, is decided by people (docs/adr/0021).
SELECT file_line, 'ended_on', 'ending_needs_order', card_number, true FROM ready
WHERE upper_inf(held_during) AND coalesce(end_day > first_day, true) AND NOT held_during <@ daterange(first_day, end_day)
UNION ALL
SELECT file_line, 'category', 'category_needs_order', held_category || ' → ' || category, false FROM ready
WHERE upper_inf(held_during) AND category <> held_category
UNION ALL
SELECT file_line, 'family_id', 'family_differs', coalesce(held_family, family_id), false FROM ready
WHERE card_id IS NOT NULL AND family_id IS DISTINCT FROM held_family AND family_id IS NOT NULL
  AND (held_family IS NOT NULL OR family_household IS NOT NULL)
UNION ALL
SELECT file_line, 'category', 'unknown_category', category, false FROM ready WHERE category <> ALL (%(categories)s)
UNION ALL
SELECT file_line, 'shop_number', 'unknown_shop', shop_number, false FROM ready
WHERE shop_number IS NOT NULL AND %(check_shops)s AND shop_number NOT IN (SELECT number FROM shops_known);

UPDATE ready SET change = 'refused' WHERE file_line IN (SELECT file_line FROM found WHERE refuses);
UPDATE ready SET shop_number = NULL WHERE file_line IN (SELECT file_line FROM found WHERE code = 'unknown_shop');
UPDATE ready SET family_id = held_family WHERE card_id IS NOT NULL
    AND (family_id IS NULL OR file_line IN (SELECT file_line FROM found WHERE code = 'family_differs'));
UPDATE ready SET category = held_category WHERE file_line IN (SELECT file_line FROM found WHERE code = 'category_needs_order');
UPDATE ready SET during = daterange(first_day, end_day) WHERE change <> 'refused';
UPDATE ready SET household_id = family_household WHERE card_id IS NULL AND change <> 'refused';

INSERT INTO found
SELECT DISTINCT ON (r.file_line) r.file_line, 'card_number', 'family_has_card', o.number, true
FROM ready r JOIN registry_card o ON o.household_id = r.household_id AND o.id IS DISTINCT FROM r.card_id AND o.during && r.during
WHERE r.change = 'new' OR (r.change = 'same' AND NOT r.during <@ r.held_during)
ORDER BY r.file_line, o.number;
INSERT INTO found
SELECT DISTINCT ON (r.file_line) r.file_line, 'card_number', 'family_has_card', o.card_number, true
FROM ready r JOIN ready o ON o.family_id = r.family_id AND o.position < r.position AND o.during && r.during
WHERE r.change = 'new' AND o.change = 'new'
ORDER BY r.file_line, o.position;
UPDATE ready SET change = 'refused' WHERE file_line IN (SELECT file_line FROM found WHERE refuses);

-- One household a family ID, one a card without.
CREATE TEMP TABLE founded AS
SELECT min(position) AS position, family_key, nextval('registry_household_id_seq') AS id
FROM ready WHERE change = 'new' AND household_id IS NULL GROUP BY family_key;
ANALYZE founded;
INSERT INTO registry_household (id, family_id, place_id, district_code, address)
SELECT n.id, r.family_id, r.place_id, coalesce(l.district_code, ''), coalesce(r.address, '')
FROM founded n JOIN ready r USING (position) JOIN located l USING (position)
ORDER BY position;
UPDATE ready r SET household_id = n.id FROM founded n
WHERE r.change = 'new' AND r.household_id IS NULL AND n.family_key = r.family_key;
DROP TABLE founded;

UPDATE ready r SET change = 'changed'
FROM registry_card c, registry_household h
WHERE r.change = 'same' AND c.id = r.card_id AND h.id = r.household_id
  AND (r.category <> r.held_category OR r.during <> r.held_during
       OR r.family_id IS DISTINCT FROM r.held_family
       OR c.shop_number <> coalesce(r.shop_number, c.shop_number)
       OR (upper_inf(r.during) AND (h.place_id <> r.place_id OR h.address <> coalesce(r.address, h.address))));

-- Where a family lives is told by its card in force, not by one that ended.
UPDATE registry_household h
SET family_id = r.family_id, place_id = r.place_id, address = coalesce(r.address, h.address)
FROM ready r
WHERE h.id = r.household_id AND upper_inf(r.during)
  AND (r.change = 'changed' OR (r.change = 'new' AND r.family_household IS NOT NULL));
UPDATE registry_household h SET family_id = r.family_id
FROM ready r WHERE h.id = r.household_id AND r.change = 'changed' AND h.family_id IS NULL AND r.family_id IS NOT NULL;

UPDATE registry_card c SET during = r.during, shop_number = coalesce(r.shop_number, c.shop_number)
FROM ready r WHERE c.id = r.card_id AND r.change = 'changed';
INSERT INTO registry_card (number, household_id, shop_number, during)
SELECT card_number, household_id, coalesce(shop_number, ''), during FROM ready WHERE change = 'new'
ORDER BY position;

-- The category goes with the card.
UPDATE registry_cardcategory k SET during = daterange(
    CASE WHEN lower(k.during) IS NOT DISTINCT FROM lower(r.held_during) THEN lower(r.during) ELSE lower(k.during) END,
    upper(r.during))
FROM ready r WHERE k.id = r.category_id AND r.change = 'changed' AND r.during <> r.held_during
  AND coalesce(upper(r.during) > lower(k.during), true);
INSERT INTO registry_cardcategory (card_id, category, during)
SELECT c.id, r.category, r.during FROM ready r JOIN registry_card c ON c.number = r.card_number
WHERE r.change = 'new' ORDER BY r.position;
