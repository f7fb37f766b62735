"""Stage 3: is any member already on a living card of a free-ration category? By exact identity only.

reads:  families, people, shared, screened; cards and members of the register
writes: on_card, one row a family that is: the strongest proof, the card and its category
grain:  row
audit:  no row is named twice; every card named is living and of a free category
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from rasad.policy.scheme import Scheme

# Which proof is told when there are several: a person's own number says more than a number on a form.
PROOFS = ("aadhaar", "family_id", "card_number")


def free_cards(cards: ir.Table, scheme: Scheme) -> ir.Table:
    """The cards that bar a family: of a free-ration category and in force while the scheme runs.

    A card whose first day nobody wrote down is in force.
    """
    category = cards.category.upper()
    return cards.filter(
        category.isin(list(scheme.refused_categories))
        & (cards.issued_on.isnull() | (cards.issued_on <= scheme.last_day))
        & (cards.ended_on.isnull() | (cards.ended_on > scheme.first_day))
    ).select("card_number", "family_id", category=category)


def unreliable(shared: ir.Table, scheme: Scheme) -> ir.Table:
    """Identities that prove nothing: on very many families stands an operator's own number, typed to fill a field."""
    return shared.filter(shared.rows > scheme.matching.shared_identity_limit).select("identity_key")


def on_card(
    families: ir.Table,
    people: ir.Table,
    shared: ir.Table,
    screened: ir.Table,
    cards: ir.Table,
    known: ir.Table,
    scheme: Scheme,
) -> ir.Table:
    """The families that are on a free card, each with its strongest proof.

    `known` are the people of the register: card_number, line, identity_key. Proof is an Aadhaar reference,
    then the family ID, then the card number (A-HR-33).
    """
    going = screened.filter(screened.outcome.isnull()).select("row")
    free = free_cards(cards, scheme)
    mine = people.filter(people.identity_key.notnull()).select("row", "line", "identity_key")
    held = known.filter(known.identity_key.notnull()).select("card_number", "identity_key", card_line="line")
    # The millions meet on one integer; everything else looks at the few that met.
    met = mine.inner_join(held, "identity_key").anti_join(unreliable(shared, scheme), "identity_key")
    by_aadhaar = (
        met.semi_join(going, "row")
        .inner_join(free, "card_number")
        .select("row", "card_number", "category", "line", "card_line", proof=ibis.literal(0, "int8"))
    )
    told = families.semi_join(going, "row").select("row", "family_id", "card_number")
    by_family = _said(told, free.filter(free.family_id.notnull()), "family_id", proof=1)
    by_number = _said(told, free, "card_number", proof=2)
    proofs = ibis.union(by_aadhaar, by_family, by_number)
    # Fewest rows first, then one window over them: the strongest proof, the same one on every engine.
    order = [proofs[name] for name in ("proof", "line", "card_number", "card_line", "category")]
    place = ibis.row_number().over(group_by="row", order_by=order)
    return proofs.mutate(place=place).filter(lambda proof: proof.place == 0).drop("place")


def _said(told: ir.Table, free: ir.Table, column: str, *, proof: int) -> ir.Table:
    """The families whose row names a free card by its number or its family ID; no member is meant by it."""
    named = told.filter(told[column].notnull()).select("row", column)
    return named.inner_join(free, column).select(
        "row",
        "card_number",
        "category",
        line=ibis.null("int64"),
        card_line=ibis.null("int64"),
        proof=ibis.literal(proof, "int8"),
    )
