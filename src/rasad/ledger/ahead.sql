-- The accounts of a month for many cards at once, each with the grant that says why; what is there already stays.
-- reads:  the cards with category and members, and what is due to each kind of card, as JSON
-- writes: ledger_account, ledger_grant
-- grain:  an account of a card, a month, a commodity and a part
-- audit:  the answer counts the cards that got accounts
WITH card AS MATERIALIZED (
    SELECT * FROM unnest(%(holders)s::text[], %(categories)s::text[], %(members)s::smallint[])
        AS card (holder, category, members)
), due AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(dues)s::json) AS due (
        category text, members smallint, kind text, commodity text, part text, unit text, quantity bigint,
        cap_group text, choice_group text, rules text
    )
), made AS (
    INSERT INTO ledger_account (
        kind, holder, month, commodity, part, unit, granted, received, given, held, cap_group, choice_group
    )
    SELECT
        due.kind, card.holder, %(month)s, due.commodity, due.part, due.unit, due.quantity, 0, 0, 0, due.cap_group,
        due.choice_group
    FROM card JOIN due USING (category, members)
    ON CONFLICT DO NOTHING
    RETURNING id, holder, commodity, part, granted
), granted AS (
    INSERT INTO ledger_grant (account_id, quantity, category, members, rules, at)
    SELECT made.id, made.granted, card.category, card.members, due.rules, %(at)s
    FROM made
    JOIN card USING (holder)
    JOIN due USING (category, members, commodity, part)
    WHERE made.granted <> 0
)
SELECT count(DISTINCT holder) FROM made
