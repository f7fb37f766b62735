-- The rows of a group of sales, for those whose device may still sell for the shop.
-- reads:  the group, as JSON; shops_devicesession
-- writes: counter_sale
-- grain:  a sale
-- audit:  the caller commits only when every sale came back
INSERT INTO counter_sale (
    id, shop_id, kind, holder, month, category, members, home_state, home_shop, mode, member, why, ekyc_asked,
    reference, amount, device, dealer, at, digest, lane, seal
)
SELECT
    id, shop, kind, holder, month, category, members, home_state, home_shop, mode, member, why, ekyc_asked,
    reference, amount, device, dealer, %(at)s, decode(digest, 'hex'), %(lane)s, %(seal)s
FROM json_to_recordset(%(sales)s::json) AS sale (
    id uuid, shop text, kind text, holder text, month text, category text, members smallint, home_state text,
    home_shop text, mode text, member smallint, why text, ekyc_asked boolean, reference text, amount bigint,
    device text, dealer text, digest text, session text
)
WHERE session = '' OR EXISTS (
    SELECT FROM shops_devicesession AS held
    WHERE held.id = sale.session AND held.ended_at IS NULL AND held.expires_at > %(now)s
      AND held.shop_number = sale.shop AND held.device_id::text = sale.device
)
RETURNING id::text
