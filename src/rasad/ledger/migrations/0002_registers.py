"""The registers of a shop and of a card, as views of the transfers; two indexes that only rare movements enter."""

from django.db import migrations, models
from django.db.models import Q

# What moved a shop's stock. A reversal is of the day of its sale: it is made on that day or not at all.
MOVES = """
CREATE VIEW ledger_stock_move AS
SELECT sale.shop_id AS shop, sale.at, moved.source AS account, 'sold' AS how, moved.quantity
FROM counter_sale AS sale
JOIN ledger_transfer AS moved ON moved.document = sale.id AND moved.kind = 'sale'
UNION ALL
SELECT sale.shop_id, sale.at, moved.target, 'reversed', moved.quantity
FROM counter_sale AS sale
JOIN counter_reversal AS back ON back.sale_id = sale.id
JOIN ledger_transfer AS moved ON moved.document = back.document AND moved.kind = 'reversal'
UNION ALL
SELECT stock.holder, moved.at, stock.id, CASE moved.kind WHEN 'receipt' THEN 'received' ELSE 'corrected' END,
       moved.quantity
FROM ledger_account AS stock
JOIN ledger_transfer AS moved ON moved.target = stock.id AND moved.kind IN ('receipt', 'correction')
WHERE stock.kind = 'stock'
UNION ALL
SELECT stock.holder, moved.at, stock.id, CASE moved.kind WHEN 'receipt' THEN 'received' ELSE 'corrected' END,
       -moved.quantity
FROM ledger_account AS stock
JOIN ledger_transfer AS moved ON moved.source = stock.id AND moved.kind IN ('receipt', 'correction')
WHERE stock.kind = 'stock'
"""

# One row a day on which something moved, and one for the first day of every month. Counted back from the balance of
# today, so that a reader of the running month reads only that month: ask for one shop and one month.
STOCK = """
CREATE VIEW ledger_stock_register AS
SELECT shop.number AS shop, to_char(month.first, 'YYYY-MM') AS month, line.day, line.commodity, line.allocation,
       line.unit, (line.closing - line.change)::bigint AS opening, line.received::bigint, line.sold::bigint,
       line.reversed::bigint, line.corrected::bigint, line.closing::bigint
FROM shops_shop AS shop
CROSS JOIN LATERAL (
    SELECT least(min(whole.since), (SELECT min(at) FROM counter_sale WHERE shop_id = shop.number)) AS since,
           greatest(max(whole.until), (SELECT max(at) FROM counter_sale WHERE shop_id = shop.number), now()) AS until
    FROM (
        SELECT min(moved.at) AS since, max(moved.at) AS until
        FROM ledger_account AS stock
        JOIN ledger_transfer AS moved ON moved.target = stock.id AND moved.kind IN ('receipt', 'correction')
        WHERE stock.kind = 'stock' AND stock.holder = shop.number
    ) AS whole
) AS span
CROSS JOIN LATERAL generate_series(
    date_trunc('month', span.since AT TIME ZONE 'Asia/Kolkata'), span.until AT TIME ZONE 'Asia/Kolkata',
    interval '1 month'
) AS month (first)
CROSS JOIN LATERAL (
    SELECT stock.commodity, stock.part AS allocation, stock.unit, daily.*,
           stock.received - stock.given - coalesce(sum(daily.change) OVER (
               PARTITION BY stock.id ORDER BY daily.day DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
           ), 0) AS closing
    FROM (
        SELECT account, day,
               coalesce(sum(quantity) FILTER (WHERE how = 'received'), 0) AS received,
               coalesce(sum(quantity) FILTER (WHERE how = 'sold'), 0) AS sold,
               coalesce(sum(quantity) FILTER (WHERE how = 'reversed'), 0) AS reversed,
               coalesce(sum(quantity) FILTER (WHERE how = 'corrected'), 0) AS corrected,
               sum(CASE how WHEN 'sold' THEN -quantity ELSE quantity END) AS change
        FROM (
            SELECT account, (at AT TIME ZONE 'Asia/Kolkata')::date AS day, how, quantity
            FROM ledger_stock_move
            WHERE shop = shop.number AND at >= month.first AT TIME ZONE 'Asia/Kolkata'
            UNION ALL
            SELECT id, month.first::date, 'opened', 0
            FROM ledger_account WHERE kind = 'stock' AND holder = shop.number
        ) AS moves
        GROUP BY account, day
    ) AS daily (account, day, received, sold, reversed, corrected, change)
    JOIN ledger_account AS stock ON stock.id = daily.account AND stock.kind = 'stock'
) AS line
WHERE line.day < month.first + interval '1 month'
  AND (line.closing, line.received, line.sold, line.reversed, line.corrected) <> (0, 0, 0, 0, 0)
"""

# One row a line of a sale. Ask by shop and `at`, or by sale.
SALES = """
CREATE VIEW ledger_sales_register AS
SELECT sale.shop_id AS shop, (sale.at AT TIME ZONE 'Asia/Kolkata')::date AS day, sale.at, sale.id AS sale, moved.line,
       sale.kind, sale.holder, sale.month, sale.category, sale.members, sale.home_state, sale.home_shop, sale.mode,
       sale.member, sale.why, sale.ekyc_asked, card.commodity, card.part, stock.part AS allocation, card.unit,
       moved.quantity, moved.price, moved.amount, back.sale_id IS NOT NULL AS is_reversed
FROM counter_sale AS sale
JOIN ledger_transfer AS moved ON moved.document = sale.id AND moved.kind = 'sale'
JOIN ledger_account AS card ON card.id = moved.target
JOIN ledger_account AS stock ON stock.id = moved.source
LEFT JOIN counter_reversal AS back ON back.sale_id = sale.id
"""

# One row a card or token, month and line: what it may take, took in this State's shops, took in other States, and
# what remains when alternatives and shared limits are counted.
CARDS = """
CREATE VIEW ledger_card_register AS
SELECT card.holder, card.month, card.commodity, card.part, card.unit, card.granted,
       card.received - card.given - away.quantity AS lifted, away.quantity AS elsewhere, card.held AS reserved,
       CASE WHEN card.choice_group <> '' AND EXISTS (
           SELECT FROM ledger_account AS other
           WHERE other.holder = card.holder AND other.month = card.month AND other.chosen = card.choice_group
             AND other.commodity <> card.commodity
       ) THEN 0 ELSE least(
           card.granted - card.received + card.given - card.held,
           (SELECT cap.granted - cap.received + cap.given - cap.held FROM ledger_account AS cap
            WHERE cap.kind = 'cap' AND cap.holder = card.holder AND cap.month = card.month
              AND cap.commodity = card.cap_group AND card.cap_group <> '')
       ) END AS remaining
FROM ledger_account AS card
CROSS JOIN LATERAL (
    SELECT coalesce(sum(moved.quantity), 0)::bigint AS quantity
    FROM ledger_transfer AS moved WHERE moved.target = card.id AND moved.kind = 'elsewhere'
) AS away
WHERE card.kind = 'entitlement'
"""

_NAMES = ("ledger_stock_move", "ledger_stock_register", "ledger_sales_register", "ledger_card_register")
_RARE = Q(kind__in=["receipt", "correction", "elsewhere"])


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("counter", "0001_initial"), ("shops", "0003_a_day_at_most")]

    operations = [
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["target", "at"], condition=_RARE, name="ledger_transfer_into"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["source", "at"], condition=_RARE, name="ledger_transfer_out_of"),
        ),
        *(
            migrations.RunSQL(view, f"DROP VIEW {name}")
            for name, view in zip(_NAMES, (MOVES, STOCK, SALES, CARDS), strict=True)
        ),
    ]
