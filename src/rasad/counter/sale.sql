-- The rows of a group of sales, for those whose device may still sell for the shop, and the seal over them.
-- reads:  the group, as JSON; shops_devicesession; `asked`, `lifted` and `handed` of the ledger's sell.sql, before this
-- writes: counter_sale, journal_seal
-- grain:  a line of a sale, with what is left of it
-- audit:  the whole group or nothing: ledger_only_whole names the sales that did not come whole
, sold AS (
    INSERT INTO counter_sale (
        id, shop_id, kind, holder, month, category, members, home_state, home_shop, mode, member, why, ekyc_asked,
        reference, amount, device, dealer, at, digest, lane, seal
    )
    SELECT
        id, shop, kind, holder, month, category, members, home_state, home_shop, mode, member, why, ekyc_asked,
        reference, amount, device, dealer, %(at)s, decode(digest, 'hex'), %(lane)s, %(number)s
    FROM json_to_recordset(%(sales)s::json) AS sale (
        id uuid, shop text, kind text, holder text, month text, category text, members smallint, home_state text,
        home_shop text, mode text, member smallint, why text, ekyc_asked boolean, reference text, amount bigint,
        device text, dealer text, digest text, session text
    )
    -- A value and not EXISTS: that would be a hash over all sessions of the State, made anew for each group.
    WHERE CASE WHEN session = '' THEN TRUE ELSE (
        SELECT held.ended_at IS NULL AND held.expires_at > %(now)s
           AND held.shop_number = sale.shop AND held.device_id::text = sale.device
        FROM shops_devicesession AS held WHERE held.id = sale.session
    ) END
    RETURNING id
), sealed AS (
    INSERT INTO journal_seal (lane, number, at, entries, digest, hash)
    VALUES (%(lane)s, %(number)s, %(at)s, %(entries)s, %(digest)s, %(hash)s)
), whole AS MATERIALIZED (
    SELECT ledger_only_whole(CASE
        WHEN (SELECT count(*) FROM lifted) = (SELECT count(*) FROM asked)
         AND (SELECT count(*) FROM handed) = (SELECT count(*) FROM needed)
         AND (SELECT count(*) FROM sold) = %(entries)s
        THEN '{}'::int[]
        ELSE ARRAY(
            SELECT DISTINCT asked.sale FROM asked
            WHERE (asked.sale, asked.line) NOT IN (SELECT lifted.sale, lifted.line FROM lifted)
               OR asked.stock NOT IN (SELECT handed.id FROM handed)
               OR asked.document NOT IN (SELECT sold.id FROM sold)
        )
    END) AS is_so
)
SELECT lifted.sale, lifted.line, lifted.remaining FROM whole LEFT JOIN lifted ON whole.is_so
