-- Every balance again, from the rows alone: what was granted, moved and is still held. Nothing is taken from the
-- counters but to compare. Returns the accounts that are not what their rows say, and what must never be.
-- reads:  ledger_account, ledger_transfer, ledger_grant, ledger_hold, ledger_holdend, ledger_awaylift
-- writes: nothing
-- grain:  a finding
WITH moved AS (
    SELECT account, sum(came) AS received, sum(went) AS given
    FROM (
        SELECT target AS account, quantity AS came, 0 AS went FROM ledger_transfer
        UNION ALL
        SELECT source, 0, quantity FROM ledger_transfer
    ) AS sides
    GROUP BY account
), holding AS (
    SELECT hold.account, sum(hold.quantity) AS held
    FROM ledger_hold AS hold
    WHERE NOT EXISTS (SELECT FROM ledger_holdend AS ended WHERE ended.document = hold.document)
    GROUP BY hold.account
), granting AS (
    SELECT account_id AS account, sum(quantity) AS granted FROM ledger_grant GROUP BY account_id
), own AS (
    SELECT account.*, coalesce(moved.received, 0) AS came, coalesce(moved.given, 0) AS went,
           coalesce(holding.held, 0) AS kept, granting.granted AS allowed
    FROM ledger_account AS account
    LEFT JOIN moved ON moved.account = account.id
    LEFT JOIN holding ON holding.account = account.id
    LEFT JOIN granting ON granting.account = account.id
    WHERE account.kind <> 'outside'
), shared AS (
    SELECT holder, month, cap_group, sum(came) AS came, sum(went) AS went, sum(kept) AS kept
    FROM own WHERE cap_group <> '' GROUP BY holder, month, cap_group
), told AS (
    SELECT own.id, own.kind, own.holder, own.month, own.commodity, own.part, own.received, own.given, own.held,
           own.granted, own.choice_group, own.allowed,
           CASE WHEN own.kind = 'cap' THEN coalesce(shared.came, 0) ELSE own.came END AS came,
           CASE WHEN own.kind = 'cap' THEN coalesce(shared.went, 0) ELSE own.went END AS went,
           CASE WHEN own.kind = 'cap' THEN coalesce(shared.kept, 0) ELSE own.kept END AS kept
    FROM own
    LEFT JOIN shared
        ON own.kind = 'cap' AND shared.holder = own.holder AND shared.month = own.month
        AND shared.cap_group = own.commodity
)
SELECT 'not_what_moved' AS finding, id AS account, trim(concat_ws(' ', kind, holder, nullif(month, ''), commodity, part)) AS said,
       format('counters %s in, %s out, %s held; rows %s, %s, %s', received, given, held, came, went, kept) AS facts
FROM told WHERE kind <> 'cash' AND (received, given, held) <> (came, went, kept)
UNION ALL
SELECT 'not_what_was_granted', id, trim(concat_ws(' ', kind, holder, nullif(month, ''), commodity, part)),
       format('counter %s; grants %s', granted, coalesce(allowed, 0))
FROM told WHERE kind IN ('entitlement', 'cap') AND granted <> coalesce(allowed, 0)
UNION ALL
SELECT 'more_than_granted', id, trim(concat_ws(' ', kind, holder, nullif(month, ''), commodity, part)),
       format('taken or held %s of %s', came - went + kept, coalesce(allowed, 0))
FROM told WHERE kind IN ('entitlement', 'cap') AND came - went + kept > coalesce(allowed, 0)
UNION ALL
SELECT 'overdrawn', id, trim(concat_ws(' ', kind, holder, nullif(month, ''), commodity, part)), format('%s in, %s out', came, went)
FROM told WHERE came < went OR (kind IN ('stock', 'cash') AND came < went + kept)
UNION ALL
SELECT 'both_alternatives', min(id), concat_ws(' ', holder, month), string_agg(DISTINCT commodity, ', ')
FROM told WHERE choice_group <> '' AND came - went + kept > 0
GROUP BY holder, month, choice_group HAVING count(DISTINCT commodity) > 1
UNION ALL
SELECT 'lifted_within_the_gap', NULL, concat_ws(' ', one.holder, one.month), format('%s and %s', one.during, other.during)
FROM ledger_awaylift AS one
JOIN ledger_awaylift AS other
    ON other.holder = one.holder AND other.month = one.month AND other.id > one.id AND other.during && one.during
UNION ALL
SELECT 'stray', moved.account, 'no such account', format('%s in, %s out', moved.received, moved.given)
FROM moved WHERE NOT EXISTS (SELECT FROM ledger_account AS account WHERE account.id = moved.account)
UNION ALL
SELECT 'stray', hold.account, 'no such account', format('%s held', hold.quantity)
FROM ledger_hold AS hold WHERE NOT EXISTS (SELECT FROM ledger_account AS account WHERE account.id = hold.account)
UNION ALL
SELECT 'not_as_it_ended', hold.account, concat_ws(' ', hold.document, hold.line),
       format('%s held, %s, %s moved', hold.quantity, coalesce(ended.how, 'open'), coalesce(moved.quantity, 0))
FROM ledger_hold AS hold
LEFT JOIN ledger_holdend AS ended ON ended.document = hold.document
LEFT JOIN ledger_transfer AS moved ON moved.document = hold.document AND moved.line = hold.line
WHERE (coalesce(ended.how, 'open') = 'posted')
      <> coalesce(moved.target = hold.account AND moved.quantity = hold.quantity, FALSE)
UNION ALL
SELECT 'wrong_ends', moved.target, concat_ws(' ', moved.document, moved.line),
       format('%s from %s to %s', moved.kind, source.kind, target.kind)
FROM ledger_transfer AS moved
JOIN ledger_account AS source ON source.id = moved.source
JOIN ledger_account AS target ON target.id = moved.target
WHERE (source.kind, target.kind) NOT IN (
    SELECT usual.source, usual.target
    FROM (VALUES ('sale', 'stock', 'entitlement'), ('payment', 'outside', 'cash'), ('receipt', 'outside', 'stock'),
                 ('correction', 'outside', 'stock'), ('correction', 'stock', 'outside'),
                 ('elsewhere', 'outside', 'entitlement'), ('reversal', 'entitlement', 'stock'),
                 ('reversal', 'cash', 'outside'), ('repayment', 'cash', 'outside')) AS usual (kind, source, target)
    WHERE usual.kind = moved.kind
)
ORDER BY 1, 2
