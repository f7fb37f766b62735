-- The next cards in the order of their ids that live on a day, with their category and how many members count.
-- reads:  registry_card, registry_cardcategory, registry_membership
-- writes: nothing
-- grain:  a card
-- audit:  the caller goes on after the last id
SELECT card.id, card.number, category.category, family.members
FROM registry_card AS card
JOIN registry_cardcategory AS category ON category.card_id = card.id AND category.during @> %(on)s::date
CROSS JOIN LATERAL (
    SELECT count(*) AS members FROM registry_membership AS member
    WHERE member.household_id = card.household_id AND member.during @> %(on)s::date
) AS family
WHERE card.id > %(after)s
  AND card.during @> %(on)s::date
ORDER BY card.id
LIMIT %(most)s
