-- What a group of sales moves: from the card's month and the shop's stock, a row a line; and what was paid for it.
-- reads:  the lines of the group, as JSON
-- writes: ledger_account, ledger_transfer
-- grain:  a line of a sale; no account of a card twice in a group
-- audit:  the caller's end of this statement calls ledger_only_whole, so that all of it happens or nothing
WITH asked AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(lines)s::json) AS line (
        sale int, document uuid, line smallint, entitlement bigint, stock bigint, cash bigint,
        quantity bigint, price bigint, amount bigint
    )
), lifted AS (
    UPDATE ledger_account AS account
    SET received = account.received + asked.quantity
    FROM asked
    WHERE account.id = asked.entitlement
      AND account.granted - account.received + account.given - account.held >= asked.quantity
    RETURNING asked.*, account.granted - account.received + account.given - account.held AS remaining
), needed AS (
    SELECT stock, sum(quantity)::bigint AS quantity FROM lifted GROUP BY stock ORDER BY stock
), handed AS (
    UPDATE ledger_account AS account
    SET given = account.given + needed.quantity
    FROM needed
    WHERE account.id = needed.stock
      AND account.received - account.given - account.held >= needed.quantity
    RETURNING account.id
), bills AS (
    SELECT document, cash, sum(amount)::bigint AS amount FROM lifted GROUP BY document, cash HAVING sum(amount) > 0
), moved AS (
    INSERT INTO ledger_transfer (document, line, kind, source, target, quantity, price, amount, at)
    SELECT document, line, 'sale', stock, entitlement, quantity, price, amount, %(at)s::timestamptz FROM lifted
    UNION ALL
    SELECT document, 0, 'payment', %(families)s, cash, amount, NULL, amount, %(at)s FROM bills
)
