"""The service desk's search over the register of a whole State: how long it takes, and whom another spelling finds.

54 lakh people with names as frequent as they are in the north, spelt by clerks in two scripts. Searches are asked as
headquarters and as the officer of a district, in Hindi and in English, of one word and two, rare and common, by mobile
and by number, and with the village after a comma. The last line is JSON; the goal is a p95 of 100 ms.

Recall is the share of searches for a person by another office's spelling in the other script that have this person on
the first page. Names are drawn as they occur: of the commonest thousands of people have each, and no page holds all.
So `recall_in_reach` counts names that a page of people have at most, `recall_with_village` all of them, with village.
"""

import argparse
import json
import os
import random
import sys
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from bench.database import own_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
DISTRICTS, VILLAGES, FAMILY, PAGE = 22, 6_800, 4, 20
ON = date(2026, 11, 1)
CHUNK = 500_000
FILL = """
INSERT INTO registry_place (kind, code, name, name_hi, latitude, longitude)
SELECT 'district', d::text, 'District ' || d, '', 29, 76 FROM generate_series(1, %(districts)s) d;
INSERT INTO registry_place (kind, code, name, name_hi, latitude, longitude)
SELECT 'village', (100000 + v)::text, 'Village ' || lpad(v::text, 4, '0'), '', 29, 76
FROM generate_series(1, %(villages)s) v;
INSERT INTO registry_household (family_id, place_id, district_code, address)
SELECT h || 'HR', p.id, (1 + h %% %(districts)s)::text, '' FROM generate_series(1, %(households)s) h
JOIN registry_place p ON p.code = (100001 + h %% %(villages)s)::text ORDER BY h;
INSERT INTO registry_card (number, household_id, shop_number, during)
SELECT lpad(id::text, 12, '0'), id, '', '[2016-01-01,)' FROM registry_household;
INSERT INTO registry_cardcategory (card_id, category, during) SELECT id, 'OPH', '[2016-01-01,)' FROM registry_card;
"""
MEMBERS = """
INSERT INTO registry_membership (household_id, person_id, line, relation, is_head, during)
SELECT 1 + (id - 1) / %(family)s, id, 1 + (id - 1) %% %(family)s, '', (id - 1) %% %(family)s = 0, '[2016-01-01,)'
FROM registry_person ORDER BY id;
"""


@dataclass(frozen=True)
class Sought:
    """A person as another office writes the name."""

    person: int
    card: str
    other: str
    is_two_words: bool


def main() -> None:
    """Run it."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--people", type=int, default=5_400_000)
    said.add_argument("--searches", type=int, default=600)
    asked = said.parse_args()
    with own_database():
        print(json.dumps(_measured(asked)))


def _measured(asked: argparse.Namespace) -> dict[str, object]:

    from rasad.registry import indexing

    sought = _loaded(asked.people, asked.searches)
    _say("making the keys")
    begun = time.perf_counter()
    indexing.rebuild(lambda done: _say(f"{done:,}"))
    seconds = time.perf_counter() - begun
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(
            "SELECT pg_total_relation_size('registry_personkeys'), pg_relation_size('registry_personkeys_keys')"
        )
        whole, index = cursor.fetchone()
    size = {"index_mb": index >> 20, "keys_and_table_mb": whole >> 20, "index_seconds": round(seconds, 1)}
    return {**_searched(sought), **size, "people": asked.people}


def _loaded(people: int, searches: int) -> list[Sought]:
    """The register, and people of it drawn at random with their names in another spelling."""
    import numpy as np
    from django.db import connection

    rng = np.random.default_rng(2020)
    with connection.cursor() as cursor:
        _say(f"loading {people:,} people")
        households = people // FAMILY
        cursor.execute(FILL, {"districts": DISTRICTS, "villages": VILLAGES, "households": households})
        chosen = set(rng.choice(people, searches, replace=False).tolist())
        sought = []
        for start in range(0, people, CHUNK):
            count = min(CHUNK, people - start)
            written, others = _names(rng, count)
            with cursor.copy(
                "COPY registry_person (id, name, guardian_name, sex, mobile, aadhaar_last4) FROM STDIN"
            ) as copy:
                for place, name in enumerate(written, start=start + 1):
                    mobile = f"9{place:09d}" if place % FAMILY == 1 else ""
                    copy.write_row((place, name, "", "", mobile, ""))
            for place in sorted(chosen & set(range(start, start + count))):
                card = f"{1 + place // FAMILY:012d}"
                other = others[place - start]
                sought.append(Sought(place + 1, card, other, len(other.split()) > 1))
        cursor.execute(MEMBERS, {"family": FAMILY})
        cursor.execute("VACUUM ANALYZE")
    random.Random(7).shuffle(sought)
    return sought


def _names(rng: Any, count: int) -> tuple[list[str], list[str]]:
    """Names as the register has them, and as another office writes them in the other script."""
    from rasad.pipelines.synth import names

    spelling = _spelling()
    community = rng.choice(3, count, p=(0.86, 0.08, 0.06))
    female = rng.random(count) < 0.48
    surname = names.family_names(rng, spelling, community)
    uses = rng.random(count) < names.WITH_SURNAME
    words = names.people(
        rng, spelling, community=community, female=female, married=rng.random(count) < 0.6, surname=surname,
        uses_surname=uses,
    )  # fmt: skip
    hindi = rng.random(count) < 0.5
    as_held = spelling.full_names(rng, words, names.Hand(hindi, 0.12, 0.004))
    as_said = spelling.full_names(rng, words, names.Hand(~hindi, 0.12, 0.0))
    return as_held.to_pylist(), as_said.to_pylist()


_known: list[Any] = []


def _spelling() -> Any:
    from rasad.pipelines.synth.names import Spelling

    if not _known:
        _known.append(Spelling())
    return _known[0]


def _searched(sought: list[Sought]) -> dict[str, object]:
    times: dict[str, list[float]] = {}
    on_page = {"state": [0, 0], "district": [0, 0]}
    in_reach = {"state": [0, 0], "district": [0, 0]}
    with_village = {"state": 0, "district": 0}
    for who in ("state", "district"):
        _ask(sought[0].other, who, sought[0], "warm", {})
        for one in sought:
            kind = f"{who}_{'two_words' if one.is_two_words else 'one_word'}"
            hits, _ = _ask(one.other, who, one, kind, times)
            is_there = one.card in [hit.card for hit in hits[:PAGE]]
            on_page[who][0] += is_there
            on_page[who][1] += 1
            if _bearers(one, who) <= PAGE:
                in_reach[who][0] += is_there
                in_reach[who][1] += 1
        for one in sought[:100]:
            mobile = f"9{1 + (one.person - 1) // FAMILY * FAMILY:09d}"
            for kind, text in (("mobile", mobile), ("card", one.card), ("card_end", one.card[-6:])):
                hits, _ = _ask(text, who, one, kind, times)
                assert one.card in [hit.card for hit in hits], (kind, text)
        for one in sought:
            told = f"{one.other}, Village {1 + int(one.card) % VILLAGES:04d}"
            hits, _ = _ask(told, who, one, f"{who}_with_village", times)
            with_village[who] += one.card in [hit.card for hit in hits[:PAGE]]
    every = sorted(taken for group in times.values() for taken in group)
    return {
        "p50_ms": _at(every, 0.5), "p95_ms": _at(every, 0.95), "p99_ms": _at(every, 0.99), "searches": len(every),
        "p95_ms_by_kind": {kind: _at(sorted(group), 0.95) for kind, group in times.items()},
        "p99_ms_by_kind": {kind: _at(sorted(group), 0.99) for kind, group in times.items()},
        "recall": {who: round(hit / all_, 3) for who, (hit, all_) in on_page.items()},
        "recall_in_reach": {who: round(hit / all_, 3) for who, (hit, all_) in in_reach.items() if all_ >= PAGE},
        "recall_with_village": {who: round(hit / len(sought), 3) for who, hit in with_village.items()},
        "searches_in_reach": {who: all_ for who, (_hit, all_) in in_reach.items()},
    }  # fmt: skip


def _ask(text: str, who: str, one: Sought, kind: str, times: dict[str, list[float]]) -> Any:
    from rasad.registry import search
    from rasad.registry.models import Card

    district = str(1 + int(one.card) % DISTRICTS)
    cards, areas = Card.objects.all(), {"state": ["6"]}
    if who == "district":
        cards, areas = cards.filter(household__district_code__in=[district]), {"district": [district]}
    begun = time.perf_counter()
    answer = search.find(text, cards=cards, areas=areas, on=ON)
    times.setdefault(kind, []).append(time.perf_counter() - begun)
    return answer.hits, answer.is_more


def _bearers(one: Sought, who: str) -> int:
    """How many people in reach have a name of the same sound as the register has it."""
    from rasad.registry import keys
    from rasad.registry.models import Person, PersonKeys

    held = keys.words(Person.objects.get(pk=one.person).name)
    told = [keys.key(word) for word in held]
    narrow = keys.pair(told[:2]) if len(told) > 1 else "".join(told)
    district = None if who == "state" else [str(1 + int(one.card) % DISTRICTS)]
    return (
        PersonKeys.objects.filter(keys__contains=keys.within(narrow, district)).count() if narrow else 10**9
    )


def _at(times: list[float], share: float) -> float:
    return round(1000 * times[min(int(share * len(times)), len(times) - 1)], 1)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
