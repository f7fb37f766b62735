-- A relief run's results into the tables, in the transaction of the caller.
-- reads:  incoming_tokens, incoming_members, incoming_rows, incoming_reviews, incoming_stopped, incoming_people
--         (temporary, copied from the run's files)
-- writes: relief_token, relief_tokenmember, relief_sourcerow, relief_rowperson, relief_review
-- grain:  one token a family, one member a person, one row a row of a source
-- audit:  the last statement; runs.py compares it with the run's own account
-- A family that already has a token of the scheme gets no second: its new rows are linked to the one it has.

-- New tokens and the rows of theirs that led to a token before: the family is known.
CREATE TEMP TABLE known ON COMMIT DROP AS
SELECT i.token AS number, r.token_id, i.outcome, i.reason
FROM incoming_rows i
JOIN relief_sourcerow r ON (r.scheme, r.source, r.reference, r.line)
    = (%(scheme)s, i.source, coalesce(i.reference, ''), i.line)
WHERE i.token IS NOT NULL AND r.token_id IS NOT NULL;

-- People of new tokens who are on a token already. One number on people of another sex or age proves nothing.
CREATE TEMP TABLE met ON COMMIT DROP AS
SELECT i.id, i.number, m.token_id,
    coalesce(i.sex <> m.sex AND i.sex <> '' AND m.sex <> '', false)
        OR coalesce(abs(i.age - m.age) > %(years_apart)s, false) AS is_another
FROM incoming_members i
JOIN relief_tokenmember m ON m.scheme = %(scheme)s AND m.aadhaar_ref = i.aadhaar_ref;

-- Which new tokens belong to families that have one: by a row, else by half of the smaller list of people.
CREATE TEMP TABLE standing ON COMMIT DROP AS
WITH shared AS (
    SELECT number, token_id, count(*) AS people FROM met WHERE NOT is_another GROUP BY number, token_id
), new AS (
    SELECT number, count(aadhaar_ref) AS people FROM incoming_members
    WHERE number IN (SELECT number FROM shared) GROUP BY number
), old AS (
    SELECT token_id, count(aadhaar_ref) AS people FROM relief_tokenmember
    WHERE token_id IN (SELECT token_id FROM shared) GROUP BY token_id
), found AS (
    SELECT number, token_id, CASE WHEN outcome = 'linked' THEN reason END AS reason, 0 AS place FROM known
    UNION ALL
    SELECT shared.number, shared.token_id, 'same_person', 1
    FROM shared JOIN new USING (number) JOIN old USING (token_id)
    WHERE shared.people + shared.people >= least(new.people, old.people)
)
SELECT DISTINCT ON (number) number, token_id, reason
FROM found
ORDER BY number, place, token_id, array_position(%(link_reasons)s::text[], reason);

-- People on new tokens. Who is served on an earlier token stays there, unless nobody would be left on the new one;
-- within this run a number given twice counts for the first.
CREATE TEMP TABLE people ON COMMIT DROP AS
WITH elsewhere AS (
    SELECT id, is_another FROM met
), judged AS (
    SELECT i.number, i.line, coalesce(i.name, '') AS name, i.relation, i.sex, i.age, e.id IS NOT NULL AND NOT e.is_another AS is_served,
        CASE WHEN e.id IS NULL AND row_number() OVER (PARTITION BY i.aadhaar_ref ORDER BY i.number, i.line, i.id) = 1
            THEN i.aadhaar_ref END AS aadhaar_ref
    FROM incoming_members i
    LEFT JOIN elsewhere e USING (id)
    WHERE NOT EXISTS (SELECT FROM standing s WHERE s.number = i.number)
), left_alone AS (
    SELECT number FROM judged GROUP BY number HAVING bool_and(is_served)
)
SELECT number, row_number() OVER (PARTITION BY number ORDER BY line, name, aadhaar_ref) AS line, name,
    coalesce(relation, '') AS relation, coalesce(sex, '') AS sex, age, aadhaar_ref
FROM judged
WHERE NOT is_served OR number IN (SELECT number FROM left_alone);

INSERT INTO relief_token (number, scheme, run_id, family_key, source, state, state_before_end, holder_name, member_count,
    mobile, address, district_code, place_code, place_name, months, inherits, issued_on, shop_number, shop_distance_m,
    shop_reason, family_id)
SELECT t.number, %(scheme)s, %(run)s, t.family_key, t.source, t.state, '', p.holder_name, p.member_count,
    coalesce(t.mobile, ''), coalesce(t.address, ''), t.district, coalesce(t.place, ''), coalesce(t.place_name, ''),
    string_to_array(t.months, ','), t.inherits, t.issued_on, coalesce(t.shop, ''), t.distance_m, t.shop_reason,
    coalesce(t.family_id, '')
FROM incoming_tokens t
JOIN (
    SELECT number, count(*) AS member_count, max(name) FILTER (WHERE line = 1) AS holder_name FROM people GROUP BY number
) p USING (number)
ORDER BY t.number;

CREATE TEMP TABLE token_of ON COMMIT DROP AS
SELECT number, token_id FROM standing
UNION ALL
SELECT number, id FROM relief_token WHERE run_id = %(run)s;
ANALYZE token_of;

INSERT INTO relief_tokenmember (token_id, scheme, line, name, relation, sex, age, aadhaar_ref)
SELECT token_id, %(scheme)s, line, name, relation, sex, age, aadhaar_ref
FROM people JOIN token_of USING (number)
ORDER BY token_id, line;

CREATE TEMP TABLE ended ON COMMIT DROP AS
SELECT i.source, coalesce(i.reference, '') AS reference, i.line, coalesce(i.holder_name, '') AS holder_name,
    coalesce(i.district, '') AS district_code, i.received_on, t.token_id,
    CASE WHEN s.number IS NOT NULL AND i.outcome = 'token' THEN 'linked' ELSE i.outcome END AS outcome,
    CASE WHEN s.number IS NOT NULL AND i.outcome = 'token' THEN coalesce(s.reason, i.reason) ELSE i.reason END AS reason,
    jsonb_strip_nulls(jsonb_build_object('card', i.card_masked, 'category', i.card_category, 'proof', i.proof,
        'member_line', i.member_line, 'weight', i.weight)) AS facts
FROM incoming_rows i
LEFT JOIN standing s ON s.number = i.token
LEFT JOIN token_of t ON t.number = i.token;
ANALYZE ended;

-- What waited or was refused is decided anew; what led to a token stands: food that was promised is not taken back
-- by a batch.
UPDATE relief_sourcerow r SET run_id = %(run)s, outcome = e.outcome, reason = e.reason, token_id = e.token_id,
    facts = e.facts || jsonb_build_object('before', r.reason), holder_name = e.holder_name,
    district_code = e.district_code, received_on = e.received_on
FROM ended e
WHERE (r.scheme, r.source, r.reference, r.line) = (%(scheme)s, e.source, e.reference, e.line)
    AND r.token_id IS NULL
    AND (r.outcome, r.reason, r.facts - 'before') IS DISTINCT FROM (e.outcome, e.reason, e.facts);

INSERT INTO relief_sourcerow (run_id, scheme, source, reference, line, holder_name, district_code, received_on, outcome,
    reason, facts, token_id, place_code, place_name, address, mobile, family_id, card_number, found_card, own, forwarded_by,
    entered_by)
SELECT %(run)s, %(scheme)s, source, reference, line, holder_name, district_code, received_on, outcome, reason, facts,
    token_id, '', '', '', '', '', '', '', '{}', '', ''
FROM ended
ORDER BY source, reference, line
ON CONFLICT ON CONSTRAINT relief_source_row_once DO NOTHING;

-- The record and the people of the rows without a token, as this run read them; of the others the token tells.
UPDATE relief_sourcerow r SET place_code = coalesce(s.place, ''), place_name = coalesce(s.place_name, ''),
    address = coalesce(s.address, ''), mobile = coalesce(s.mobile, ''), family_id = coalesce(s.family_id, ''),
    card_number = coalesce(s.card_number, ''), found_card = coalesce(s.found_card, ''), own = s.own::jsonb
FROM incoming_stopped s
WHERE (r.scheme, r.source, r.reference, r.line) = (%(scheme)s, s.source, coalesce(s.reference, ''), s.line)
    AND r.token_id IS NULL;

DELETE FROM relief_rowperson p USING relief_sourcerow r, ended e
WHERE p.row_id = r.id AND (r.scheme, r.source, r.reference, r.line) = (%(scheme)s, e.source, e.reference, e.line);

INSERT INTO relief_rowperson (row_id, line, name, guardian_name, relation, sex, born_on, birth_year, mobile, aadhaar_ref)
SELECT r.id, p.line, coalesce(p.name, ''), coalesce(p.guardian_name, ''), coalesce(p.relation, ''), coalesce(p.sex, ''),
    p.born_on, p.birth_year, coalesce(p.mobile, ''), p.aadhaar_ref
FROM incoming_people p
JOIN relief_sourcerow r ON (r.scheme, r.source, r.reference, r.line) = (%(scheme)s, p.source, coalesce(p.reference, ''), p.row_line)
WHERE r.token_id IS NULL
ORDER BY r.id, p.line;

INSERT INTO relief_review (token_id, district_code, card_number, card_category, weight, reasons, state, decided_by, why,
    confirmed_by, sent_back_by, sent_back_why)
SELECT t.id, t.district_code, i.card_number, i.category, i.weight, i.reasons::jsonb, 'open', '', '', '', '', ''
FROM incoming_reviews i
JOIN token_of USING (number)
JOIN relief_token t ON t.id = token_of.token_id
ORDER BY i.number, i.card_number
ON CONFLICT ON CONSTRAINT relief_review_once DO NOTHING;

ANALYZE relief_token;
ANALYZE relief_tokenmember;
ANALYZE relief_sourcerow;

SELECT
    (SELECT count(*) FROM relief_token WHERE run_id = %(run)s) AS tokens_added,
    (SELECT count(*) FROM standing) AS tokens_known,
    (SELECT count(*) FROM relief_sourcerow WHERE run_id = %(run)s AND NOT facts ? 'before') AS rows_added,
    (SELECT count(*) FROM relief_sourcerow WHERE run_id = %(run)s AND facts ? 'before') AS rows_changed,
    (SELECT count(*) FROM ended e JOIN relief_sourcerow r ON (r.scheme, r.source, r.reference, r.line)
        = (%(scheme)s, e.source, e.reference, e.line)) AS rows_there;
