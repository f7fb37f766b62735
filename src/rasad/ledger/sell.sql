-- What a group of sales moves: from the card's month, from the shop's stock, into the shop's cash; one row a line.
-- reads:  the lines of the group, as JSON
-- writes: ledger_account, ledger_transfer
-- grain:  a line of a sale; no account of a card twice in a group
-- audit:  the caller commits only when every line came back, in stock
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
      -- sent again after a lost answer
      AND NOT EXISTS (
          SELECT FROM ledger_transfer AS before WHERE before.document = asked.document AND before.line = asked.line
      )
    RETURNING asked.*, account.granted - account.received + account.given - account.held AS remaining
), needed AS (
    SELECT stock, sum(quantity) AS quantity FROM lifted GROUP BY stock ORDER BY stock
), handed AS (
    UPDATE ledger_account AS account
    SET given = account.given + needed.quantity
    FROM needed
    WHERE account.id = needed.stock
      AND account.received - account.given - account.held >= needed.quantity
    RETURNING account.id
), bills AS (
    SELECT document, cash, sum(amount) AS amount FROM lifted GROUP BY document, cash HAVING sum(amount) > 0
), paid AS (
    UPDATE ledger_account AS account
    SET received = account.received + taken.amount
    FROM (SELECT cash, sum(amount) AS amount FROM bills GROUP BY cash ORDER BY cash) AS taken
    WHERE account.id = taken.cash
), moved AS (
    INSERT INTO ledger_transfer (document, line, kind, source, target, quantity, price, amount, at)
    SELECT document, line, 'sale', stock, entitlement, quantity, price, amount, %(at)s::timestamptz FROM lifted
    UNION ALL
    SELECT document, 0, 'payment', %(families)s, cash, amount, NULL, amount, %(at)s FROM bills
)
SELECT lifted.sale, lifted.line, lifted.remaining, handed.id IS NOT NULL AS in_stock
FROM lifted
LEFT JOIN handed ON handed.id = lifted.stock
