"""Stage 4: families that exact identity could not place: are they probably on a free card, or one family?

reads:  families, screened, on_card, shared; the members' names from the files; cards and members of the register
writes: probably_on_card, one row a family that weighs at least the review weight; resembling, pairs of rows
grain:  probably_on_card (row); resembling (low, high)
audit:  no family of on_card is named; every weight is at least the scheme's
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from rasad.pipelines.people import linkage, names
from rasad.pipelines.relief.check import unreliable
from rasad.pipelines.relief.collect import plain_sex

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine
    from rasad.policy.scheme import Scheme

# Within a family other members who match add half their weight: they share father, place and telephone, so
# their agreement is not news in full.
OTHERS_COUNT = 0.5
HALVES = 2000


def people_of(
    families: ir.Table, members: ir.Table, shared: ir.Table, going: ir.Table, scheme: Scheme
) -> ir.Table:
    """The members of the families that go on, as linkage compares them; `person` tells row and line.

    An identity that proves nothing counts as none.
    """
    told = members.inner_join(families.semi_join(going, "row").select("row", "district", "place"), "row")
    useless = unreliable(shared, scheme).select(useless="identity_key")
    told = told.left_join(useless, [("identity_key", "useless")])
    return told.select(
        "name",
        "guardian_name",
        "born_on",
        "birth_year",
        "mobile",
        "district",
        "place",
        sex=plain_sex(told.sex),
        person=told.row * 1000 + told.line % 1000,
        identity_key=ibis.ifelse(told.useless.isnull(), told.identity_key, ibis.null("int64")),
    )


def people_on_cards(people: ir.Table, cards: ir.Table, free: ir.Table) -> ir.Table:
    """The people on free cards, as linkage compares them; `card` and `person` tell which."""
    living = cards.semi_join(free, "card_number").select("card_number", "district", "place")
    told = people.inner_join(living, "card_number")
    return told.select(
        "name",
        "guardian_name",
        "sex",
        "born_on",
        "birth_year",
        "mobile",
        "district",
        "place",
        "identity_key",
        "card_number",
        # Only to tell them apart: nothing is ordered by it, so any numbering will do.
        person=-1 - ibis.row_number().over().cast("int64"),
    )


def resemblances(
    engine: Engine, candidates: ir.Table, known: ir.Table, scheme: Scheme
) -> tuple[ir.Table, ir.Table]:
    """Families that may be on a card, and pairs of families that may be one: both weighed by their members."""
    least = min(scheme.matching.review_weight, 0.0)
    if scheme.matching.model == "learnt":
        # Once: their numbers are counted, and counted again they would be others.
        mine = engine.write(candidates, engine.scratch / "candidates.parquet")
        theirs = engine.write(known, engine.scratch / "known.parquet")
        found = linkage.learnt(engine, [mine, theirs.drop("card_number")], at_least=least, name="on_cards")
        return (
            found.inner_join(theirs.select("card_number", right="person"), "right"),
            linkage.learnt(engine, [mine], at_least=least, name="alike"),
        )
    keys = _keys(engine, candidates, known)
    mine = linkage.prepared(engine, candidates, keys, name="candidates")
    theirs = linkage.prepared(engine, known, keys, name="known")
    # Two people who both have a number were compared by it already: a pair is open when one has none.
    without = mine.filter(mine.identity_key.isnull())
    with_one = mine.filter(mine.identity_key.notnull())
    open_pairs = [
        linkage.between(engine, without, theirs.drop("card_number"), at_least=least),
        linkage.between(
            engine, with_one, theirs.filter(theirs.identity_key.isnull()).drop("card_number"), at_least=least
        ),
    ]
    on_cards = ibis.union(*open_pairs).inner_join(theirs.select("card_number", right="person"), "right")
    alike = ibis.union(
        linkage.within(engine, without, at_least=least),
        linkage.between(engine, without, with_one, at_least=least),
    )
    return on_cards, alike


def _keys(engine: Engine, *people: ir.Table) -> ir.Table:
    columns = [table[column] for table in people for column in ("name", "guardian_name")]
    told = engine.write(names.distinct(*columns), engine.scratch / "names.parquet")
    words = engine.keep(names.words(told), engine.scratch / "words.parquet")
    return engine.write(names.keyed(told, words), engine.scratch / "name_keys.parquet")


def families_on_cards(pairs: ir.Table, free: ir.Table, scheme: Scheme) -> ir.Table:
    """One row a family: the card it most probably is on, the weight, and what agreed between the best pair.

    Who is like by names and address only goes to a person, however much that weighs (A-HR-33).
    """
    weighed = _by_family(pairs.mutate(row=pairs.left // 1000), ["row", "card_number"], scheme)
    turn = ibis.row_number().over(group_by="row", order_by=[weighed.weight.desc(), weighed.card_number])
    best = weighed.mutate(turn=turn).filter(lambda one: one.turn == 0).drop("turn")
    # A card that stands in the register twice is one card.
    named = (
        free.semi_join(best, "card_number").group_by("card_number").aggregate(category=free.category.min())
    )
    told = best.inner_join(named, "card_number")
    sure = (told.weight >= scheme.matching.refuse_weight) & told.vouched
    judged = told.mutate(verdict=ibis.ifelse(sure, "refuse", "review")).drop("vouched")
    return judged.filter(judged.weight >= scheme.matching.review_weight)


def families_alike(pairs: ir.Table, scheme: Scheme) -> ir.Table:
    """Pairs of rows that are probably one family: low, high, weight."""
    told = pairs.mutate(a=pairs.left // 1000, b=pairs.right // 1000)
    told = told.filter(told.a != told.b).mutate(
        low=ibis.least(told.a, told.b), high=ibis.greatest(told.a, told.b)
    )
    weighed = _by_family(told, ["low", "high"], scheme)
    return weighed.filter(weighed.weight >= scheme.matching.same_family_weight).select(
        "low", "high", "weight"
    )


def _by_family(pairs: ir.Table, group: list[str], scheme: Scheme) -> ir.Table:
    """Weights of pairs of people added up to weights of families: the best in full, the others by half."""
    # `place` is taken: it says how the places of the two compare. Two partners of one weight are told apart
    # by what agreed, so that it does not matter which of the two is taken.
    told_apart = [pairs[reason].desc() for reason in linkage.REASONS]
    best_each = pairs.mutate(
        turn=ibis.row_number().over(group_by=[*group, "left"], order_by=[pairs.weight.desc(), *told_apart])
    ).filter(lambda one: one.turn == 0)
    ranked = best_each.mutate(
        rank=ibis.row_number().over(group_by=group, order_by=[best_each.weight.desc(), best_each.left])
    )
    # Weights have three decimals. Counted in halves of a thousandth all are whole: their sum is the same in any
    # order, and is rounded up or down the same way by every engine.
    whole = (ranked.weight * HALVES).round()
    share = ibis.ifelse(ranked["rank"] == 0, whole, OTHERS_COUNT * ibis.greatest(whole, 0))
    summed = (
        ranked.mutate(share=share)
        .group_by(group)
        .aggregate(
            weight=lambda one: (one.share.sum() * 100 / HALVES).round() / 100,
            persons=lambda one: one.count(),
            vouched=lambda one: linkage.beyond_name_and_address(one, model=scheme.matching.model).any(),
        )
    )
    first = ranked.filter(ranked["rank"] == 0).select(*group, *linkage.REASONS)
    return summed.inner_join(first, group)
