-- Which sales of a group the books stand against: known already, another alternative taken, a shared limit too small.
-- reads:  the lines of the group, as JSON; counter_sale, ledger_account
-- writes: nothing
-- grain:  a sale that is hindered
-- audit:  a hint only: what is posted is decided by the constraints
WITH asked AS MATERIALIZED (
    SELECT line.sale, line.document, line.quantity, account.*
    FROM json_to_recordset(%(lines)s::json) AS line (sale int, document uuid, entitlement bigint, quantity bigint)
    JOIN ledger_account AS account ON account.id = line.entitlement
), shared AS (
    SELECT sale, holder, month, cap_group, sum(quantity) AS quantity FROM asked
    WHERE cap_group <> '' GROUP BY sale, holder, month, cap_group
)
SELECT sale FROM asked WHERE EXISTS (SELECT FROM counter_sale WHERE counter_sale.id = asked.document)
UNION
SELECT sale FROM asked
JOIN ledger_account AS other USING (holder, month)
WHERE asked.choice_group <> '' AND other.chosen = asked.choice_group AND other.commodity <> asked.commodity
UNION
SELECT sale FROM asked WHERE choice_group <> ''
GROUP BY sale, choice_group HAVING count(DISTINCT commodity) > 1
UNION
SELECT sale FROM shared
JOIN ledger_account AS cap USING (holder, month)
WHERE cap.kind = 'cap' AND cap.commodity = shared.cap_group
  AND cap.granted - cap.received + cap.given - cap.held < shared.quantity
