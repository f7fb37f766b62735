-- What a seal does not cover: whose accounts a sale's lines are, when it was, what moved back, and what people decided
-- beside selling. Returns (finding, of) of whatever does not fit together.
-- reads:  counter_sale, counter_reversal, counter_stockchange, counter_elsewherelift, ledger_transfer, ledger_account,
--         ledger_awaylift, journal_seal, journal_entry
-- writes: nothing
-- grain:  a sale, a document of the books
-- The lines of a sale come from its shop's stock and go to its card's month (or a missed month, which has no name), at
-- its price and in its moment.
SELECT 'sale_changed' AS finding, sale.id::text AS of
FROM counter_sale AS sale
JOIN ledger_transfer AS moved ON moved.document = sale.id AND moved.kind = 'sale'
LEFT JOIN ledger_account AS stock ON stock.id = moved.source
LEFT JOIN ledger_account AS card ON card.id = moved.target
WHERE (stock.kind, stock.holder, stock.commodity, card.kind, card.holder, moved.at)
      IS DISTINCT FROM ('stock', sale.shop_id, card.commodity, 'entitlement', sale.holder, sale.at)
   OR card.month NOT IN (sale.month, '')
   OR moved.amount IS DISTINCT FROM (moved.quantity * moved.price + 500) / 1000
UNION
SELECT 'sale_changed', sale.id::text
FROM counter_sale AS sale
JOIN journal_seal AS seal ON seal.lane = sale.lane AND seal.number = sale.seal
WHERE sale.at <> seal.at
UNION
-- What was paid went from the families to the shop.
SELECT 'sale_without_books', sale.id::text
FROM counter_sale AS sale
JOIN ledger_transfer AS paid ON paid.document = sale.id AND paid.kind = 'payment'
LEFT JOIN ledger_account AS families ON families.id = paid.source
LEFT JOIN ledger_account AS cash ON cash.id = paid.target
WHERE (families.kind, families.holder, cash.kind, cash.holder, paid.at)
      IS DISTINCT FROM ('outside', 'families', 'cash', sale.shop_id, sale.at)
UNION
SELECT 'books_without_sale', moved.document::text
FROM ledger_transfer AS moved
WHERE moved.kind IN ('sale', 'payment') AND NOT EXISTS (SELECT FROM counter_sale AS sale WHERE sale.id = moved.document)
UNION
-- A sale is taken back as it was made, on its day, and the journal says so.
SELECT 'not_as_taken_back', back.sale_id::text
FROM counter_reversal AS back
JOIN counter_sale AS sale ON sale.id = back.sale_id
WHERE (back.at AT TIME ZONE 'Asia/Kolkata')::date <> (sale.at AT TIME ZONE 'Asia/Kolkata')::date
   OR EXISTS (
       (SELECT moved.target, moved.source, moved.quantity, moved.price, moved.amount, back.at
        FROM ledger_transfer AS moved WHERE moved.document = back.sale_id)
       EXCEPT ALL
       (SELECT moved.source, moved.target, moved.quantity, moved.price, moved.amount, moved.at
        FROM ledger_transfer AS moved WHERE moved.document = back.document AND moved.kind = 'reversal')
   )
   OR (SELECT count(*) FROM ledger_transfer AS moved WHERE moved.document = back.document)
      <> (SELECT count(*) FROM ledger_transfer AS moved WHERE moved.document = back.sale_id)
UNION
SELECT 'not_as_taken_back', moved.document::text
FROM ledger_transfer AS moved
WHERE moved.kind IN ('reversal', 'repayment')
  AND NOT EXISTS (SELECT FROM counter_reversal AS back WHERE back.document = moved.document)
UNION
SELECT 'not_as_journalled', back.sale_id::text
FROM counter_reversal AS back
WHERE NOT EXISTS (
    SELECT FROM journal_entry AS entry
    WHERE entry.of_kind = 'sale' AND entry.of_key = back.sale_id::text AND entry.action = 'sale.reversed'
)
UNION
SELECT 'not_as_journalled', entry.of_key
FROM journal_entry AS entry
WHERE entry.action = 'sale.reversed'
  AND NOT EXISTS (SELECT FROM counter_reversal AS back WHERE back.sale_id::text = entry.of_key)
UNION
-- Stock is corrected by two persons: change, journal and books say the same.
SELECT 'not_as_decided', moved.document::text
FROM ledger_transfer AS moved
WHERE moved.kind = 'correction' AND NOT EXISTS (
    SELECT FROM counter_stockchange AS change WHERE change.id = moved.document AND change.outcome = 'confirmed'
)
UNION
SELECT 'not_as_decided', change.id::text
FROM counter_stockchange AS change
LEFT JOIN ledger_transfer AS moved ON moved.document = change.id AND moved.kind = 'correction'
LEFT JOIN ledger_account AS stock
    ON stock.id = CASE WHEN change.quantity > 0 THEN moved.target ELSE moved.source END
WHERE change.outcome = 'confirmed' AND (
    (stock.kind, stock.holder, stock.commodity, stock.part, moved.quantity)
    IS DISTINCT FROM ('stock', change.shop_id, change.commodity, change.allocation, abs(change.quantity))
    OR NOT EXISTS (
        SELECT FROM journal_entry AS entry
        WHERE entry.of_kind = 'shop' AND entry.of_key = change.shop_id AND entry.action = 'stock.change_confirmed'
          AND entry.facts ->> 'change' = change.id::text
          AND (entry.facts ->> 'quantity')::bigint = change.quantity
    )
)
UNION
-- A challan that the journal knows stands in the books of its shop. (Opening stock was taken in without a challan.)
SELECT 'not_as_journalled', entry.facts ->> 'document'
FROM journal_entry AS entry
WHERE entry.action = 'stock.received' AND NOT EXISTS (
    SELECT FROM ledger_transfer AS moved
    JOIN ledger_account AS stock ON stock.id = moved.target
    WHERE moved.document = (entry.facts ->> 'document')::uuid AND moved.kind = 'receipt'
      AND moved.quantity = (entry.facts ->> 'quantity')::bigint
      AND (stock.kind, stock.holder, stock.commodity, stock.part)
          = ('stock', entry.of_key, entry.facts ->> 'commodity', entry.facts ->> 'allocation')
)
UNION
-- What was lifted in another State, as its own shop tells the family, is what moved.
SELECT 'elsewhere_changed', away.reservation::text
FROM counter_elsewherelift AS away
WHERE EXISTS (
    (SELECT line.key, line.value::bigint FROM jsonb_each_text(away.lines) AS line WHERE line.value::bigint > 0)
    EXCEPT
    (SELECT card.commodity, moved.quantity
     FROM ledger_transfer AS moved
     JOIN ledger_account AS card ON card.id = moved.target
     WHERE moved.document = away.reservation AND moved.kind = 'elsewhere'
       AND (card.kind, card.holder, card.month) = ('entitlement', away.holder, away.month))
)
   OR (SELECT count(*) FROM jsonb_each_text(away.lines) AS line WHERE line.value::bigint > 0)
      <> (SELECT count(*) FROM ledger_transfer AS moved WHERE moved.document = away.reservation)
UNION
SELECT 'elsewhere_changed', moved.document::text
FROM ledger_transfer AS moved
WHERE moved.kind = 'elsewhere'
  AND NOT EXISTS (SELECT FROM counter_elsewherelift AS away WHERE away.reservation = moved.document)
UNION
-- A sale to a card of another State keeps the days until the next one.
SELECT 'gap_missing', sale.id::text
FROM counter_sale AS sale
WHERE sale.kind = 'visitor' AND NOT EXISTS (
    SELECT FROM ledger_awaylift AS away
    WHERE away.document = sale.id AND away.holder = sale.holder AND away.month = sale.month
      AND lower(away.during) = (sale.at AT TIME ZONE 'Asia/Kolkata')::date
)
ORDER BY 1, 2
LIMIT 1000
