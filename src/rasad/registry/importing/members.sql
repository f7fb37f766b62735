-- Members of the families on cards, one chunk.
-- reads:  incoming, registry_card, registry_membership, registry_person
-- writes: registry_person, registry_membership; temp tables ready (one row a row of incoming) and found
-- An empty cell leaves what the register has. One number is one person: where the periods do not overlap, the
-- person moved on; where they do, the first keeps the number and the second is told.

CREATE TEMP TABLE ready AS
SELECT i.position, i.file_line, i.card_number, i.line, i.name, i.guardian_name, i.relation, i.sex, i.born_on,
       i.birth_year, i.mobile, decode(i.aadhaar_ref, 'hex') AS aadhaar_ref, i.identity_key, i.aadhaar_last4,
       c.household_id, c.during AS card_during, m.id AS membership_id, m.during AS held_during,
       -- The first members of a family belong to it since its card; who comes later, since the day of the import.
       CASE WHEN coalesce(%(on)s < upper(c.during), true) AND EXISTS (
                SELECT FROM registry_membership k WHERE k.household_id = c.household_id AND k.id <= %(before)s)
            THEN daterange(greatest(%(on)s, lower(c.during)), upper(c.during))
            ELSE c.during END AS period,
       coalesce(p.id, nextval('registry_person_id_seq')) AS person_id, p.id IS NULL AS is_new_person,
       p.aadhaar_ref AS held_ref, CASE WHEN p.id IS NULL THEN 'new' ELSE 'same' END AS change
FROM incoming i
LEFT JOIN registry_card c ON c.number = i.card_number
LEFT JOIN LATERAL (
    SELECT * FROM registry_membership k
    WHERE k.household_id = c.household_id AND k.line = i.line AND k.during && c.during
    ORDER BY upper_inf(k.during) DESC, lower(k.during) DESC NULLS LAST LIMIT 1
) m ON true
LEFT JOIN registry_person p ON p.id = m.person_id;
ANALYZE ready;

INSERT INTO found
SELECT file_line, 'card_number', 'unknown_card', card_number, true FROM ready WHERE household_id IS NULL
UNION ALL
SELECT file_line, 'line', 'member_left', to_char(upper(held_during), 'DD-MM-YYYY'), true FROM ready
WHERE NOT upper_inf(held_during) AND upper(held_during) IS DISTINCT FROM upper(card_during)
UNION ALL
SELECT file_line, 'aadhaar', 'another_aadhaar', '', true FROM ready WHERE held_ref <> aadhaar_ref;
UPDATE ready SET change = 'refused' WHERE file_line IN (SELECT file_line FROM found WHERE refuses);

-- Numbers that more than one row or person lays claim to; the register's person comes before any row.
CREATE TEMP TABLE claims AS
SELECT position, file_line, aadhaar_ref, change, period, person_id, owner_id, is_taken FROM (
    SELECT r.position, r.file_line, r.aadhaar_ref, r.change, r.period, r.person_id, o.id AS owner_id,
           count(*) OVER (PARTITION BY r.aadhaar_ref) AS claimants,
           o.id IS NOT NULL AND (r.change <> 'new' OR EXISTS (
               SELECT FROM registry_membership m WHERE m.person_id = o.id AND m.during && r.period)) AS is_taken
    FROM ready r LEFT JOIN registry_person o ON o.aadhaar_ref = r.aadhaar_ref AND o.id <> r.person_id
    WHERE r.change <> 'refused' AND r.aadhaar_ref IS NOT NULL
) every_claim WHERE owner_id IS NOT NULL OR claimants > 1;
UPDATE claims c SET is_taken = true FROM claims e
WHERE e.aadhaar_ref = c.aadhaar_ref AND e.position < c.position AND NOT e.is_taken AND NOT c.is_taken
  AND (e.period && c.period OR c.change <> 'new' OR (e.change <> 'new' AND e.person_id IS DISTINCT FROM c.owner_id));
UPDATE claims c SET owner_id = (
    SELECT e.person_id FROM claims e WHERE e.aadhaar_ref = c.aadhaar_ref AND NOT e.is_taken ORDER BY e.position LIMIT 1)
WHERE owner_id IS NULL;
UPDATE ready r SET person_id = c.owner_id, is_new_person = false
FROM claims c WHERE c.position = r.position AND NOT c.is_taken AND c.owner_id <> r.person_id AND r.change = 'new';

INSERT INTO found
SELECT c.file_line, 'aadhaar', 'aadhaar_taken',
       coalesce(
           (SELECT 'card ' || r.card_number || ', member ' || r.line || ', line ' || r.file_line FROM ready r
            WHERE r.person_id = c.owner_id AND r.position <> c.position ORDER BY r.position LIMIT 1),
           (SELECT 'card ' || k.number || ', member ' || m.line
            FROM registry_membership m JOIN registry_card k ON k.household_id = m.household_id
            WHERE m.person_id = c.owner_id
            ORDER BY lower(m.during) DESC NULLS LAST, lower(k.during) DESC NULLS LAST LIMIT 1),
           'person ' || c.owner_id), false
FROM claims c WHERE c.is_taken;
UPDATE ready r SET aadhaar_ref = NULL, identity_key = NULL, aadhaar_last4 = NULL
FROM claims c WHERE c.position = r.position AND c.is_taken;
DROP TABLE claims;

UPDATE ready r SET change = 'changed'
FROM registry_person p, registry_membership m
WHERE r.change = 'same' AND p.id = r.person_id AND m.id = r.membership_id
  AND (p.name, p.guardian_name, p.sex, p.born_on, p.birth_year, p.mobile, p.aadhaar_ref, p.aadhaar_last4, m.relation)
      IS DISTINCT FROM
      (r.name, coalesce(r.guardian_name, p.guardian_name), coalesce(r.sex, p.sex), coalesce(r.born_on, p.born_on),
       coalesce(r.birth_year, p.birth_year), coalesce(r.mobile, p.mobile), coalesce(r.aadhaar_ref, p.aadhaar_ref),
       coalesce(r.aadhaar_last4, p.aadhaar_last4), coalesce(r.relation, m.relation));
UPDATE registry_person p
SET name = r.name, guardian_name = coalesce(r.guardian_name, p.guardian_name), sex = coalesce(r.sex, p.sex),
    born_on = coalesce(r.born_on, p.born_on), birth_year = coalesce(r.birth_year, p.birth_year),
    mobile = coalesce(r.mobile, p.mobile), aadhaar_ref = coalesce(r.aadhaar_ref, p.aadhaar_ref),
    identity_key = coalesce(r.identity_key, p.identity_key), aadhaar_last4 = coalesce(r.aadhaar_last4, p.aadhaar_last4)
FROM ready r WHERE p.id = r.person_id AND r.change = 'changed';
UPDATE registry_membership m SET relation = r.relation
FROM ready r WHERE m.id = r.membership_id AND r.change = 'changed' AND r.relation IS NOT NULL;

INSERT INTO registry_person
    (id, name, guardian_name, sex, born_on, birth_year, mobile, aadhaar_ref, identity_key, aadhaar_last4)
SELECT person_id, name, coalesce(guardian_name, ''), coalesce(sex, ''), born_on, birth_year, coalesce(mobile, ''),
       aadhaar_ref, identity_key, coalesce(aadhaar_last4, '')
FROM ready WHERE change = 'new' AND is_new_person ORDER BY position;

INSERT INTO registry_membership (household_id, person_id, line, relation, is_head, during)
SELECT household_id, person_id, line, coalesce(relation, ''), line = 1, period
FROM ready WHERE change = 'new' ORDER BY position;
