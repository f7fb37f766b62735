-- Persons on living cards of the counted categories, by the kind of place they live in.
-- reads: registry_card, registry_cardcategory, registry_household, registry_place, registry_membership
SELECT CASE WHEN p.kind = 'ward' THEN 'urban' ELSE 'rural' END AS area, count(*) AS persons
FROM registry_card c
JOIN registry_cardcategory k ON k.card_id = c.id AND k.during @> %(on)s::date AND k.category = ANY(%(categories)s)
JOIN registry_household h ON h.id = c.household_id
JOIN registry_place p ON p.id = h.place_id
JOIN registry_membership m ON m.household_id = h.id AND m.during @> %(on)s::date
WHERE c.during @> %(on)s::date
GROUP BY 1
