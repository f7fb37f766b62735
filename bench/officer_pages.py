"""The relief desk with 4,00,000 tokens in the database: how long officers' pages take, and 10,000 deliveries pushed.

Pages are asked of Django with all its middleware, logged in as the DFSC of a large district and as headquarters, each
page again and again with other places, names and pages. The last line is JSON; the goals are a p95 of 200 ms, and every
one of the 10,000 told once. Beside the push the same items go to the same portal without the outbox: what it costs.
"""

import argparse
import gc
import json
import os
import statistics
import sys
import time

from bench.database import own_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
DISTRICTS, VILLAGES, SHOPS = 22, 6_800, 9_174
LARGE = "1"
ROUNDS = 25
FILL = """
INSERT INTO registry_place (kind, code, name, name_hi, latitude, longitude)
SELECT 'district', d::text, 'District ' || d, '', 29, 76 FROM generate_series(1, %(districts)s) d;
INSERT INTO registry_place (kind, code, name, name_hi, latitude, longitude)
SELECT 'village', (100000 + v)::text, 'Village ' || v, '', 28 + (v %% %(districts)s / 5 + random()) * 0.6,
    75 + (v %% %(districts)s %% 5 + random()) * 0.5
FROM generate_series(1, %(villages)s) v;
INSERT INTO registry_placeparent (place_id, parent_id, during)
SELECT v.id, d.id, '[2000-01-01,)' FROM registry_place v
JOIN registry_place d ON d.kind = 'district' AND d.code = ((v.code::int - 100000) %% %(districts)s + 1)::text
WHERE v.kind = 'village';
INSERT INTO shops_shop (number, name, name_hi, place_id, district_code, address, latitude, longitude, capacity_families,
    dealer_name, dealer_mobile, open_during)
SELECT '1' || lpad(s::text, 11, '0'), 'Depot ' || s, '', p.id, ((p.code::int - 100000) %% %(districts)s + 1)::text, '',
    p.latitude, p.longitude, 60, '', '', '[2010-01-01,)'
FROM generate_series(1, %(shops)s) s JOIN registry_place p ON p.code = (100000 + s %% %(villages)s + 1)::text;
INSERT INTO relief_run (key, scheme, state, engine, stage, percent, conditions, summary, by, started_at)
VALUES ('bench', 'drt_2020', 'done', 'duckdb', 'done', 100, '{}', '{}', 'bench', now());
INSERT INTO relief_token (number, scheme, run_id, family_key, family_id, source, state, state_before_end, holder_name,
    member_count, mobile, address, district_code, place_code, place_name, months, inherits, issued_on, shop_number,
    shop_distance_m, shop_reason)
SELECT lpad(t::text, 14, '0'), 'drt_2020', (SELECT id FROM relief_run), 'MMPSY:' || t, '',
    (ARRAY['MMPSY', 'SARAL'])[1 + t %% 2],
    CASE WHEN t %% 20 = 0 THEN 'awaiting_shop' WHEN t %% 3 = 0 THEN 'delivered' ELSE 'published' END, '',
    'Holder ' || t, 1 + t %% 6, '98' || lpad(t::text, 8, '0'), 'House ' || t, p.district, p.code, p.name,
    ARRAY['2020-04', '2020-05', '2020-06'], 'OPH', '2020-04-01'::date + t %% 40,
    CASE WHEN t %% 20 = 0 THEN '' ELSE '1' || lpad((1 + t %% %(shops)s)::text, 11, '0') END, 500,
    CASE WHEN t %% 20 = 0 THEN 'no_capacity' ELSE 'nearest' END
FROM generate_series(1, %(tokens)s) t JOIN (
    SELECT code, name, ((code::int - 100000) %% %(districts)s + 1)::text AS district,
        row_number() OVER (ORDER BY code) AS place
    FROM registry_place WHERE kind = 'village'
) p ON p.place = 1 + t %% %(villages)s;
INSERT INTO relief_sourcerow (run_id, scheme, source, reference, line, holder_name, district_code, received_on, outcome,
    reason, facts, token_id, place_code, place_name, address, mobile, family_id, card_number, found_card, own,
    forwarded_by, entered_by)
SELECT run_id, scheme, source, split_part(family_key, ':', 2), 1, holder_name, district_code, issued_on, 'token',
    'issued', '{}', id, '', '', '', '', '', '', '', '{}', '', '' FROM relief_token;
INSERT INTO relief_sourcerow (run_id, scheme, source, reference, line, holder_name, district_code, received_on, outcome,
    reason, facts, place_code, place_name, address, mobile, family_id, card_number, found_card, own, forwarded_by,
    entered_by)
SELECT (SELECT id FROM relief_run), 'drt_2020', 'SARAL', 'W-' || n, 1, 'Waiting ' || n, (n %% %(districts)s + 1)::text,
    '2020-05-01', CASE WHEN n %% 2 = 0 THEN 'in_review' ELSE 'refused' END,
    CASE WHEN n %% 2 = 0 THEN 'not_verified' ELSE 'on_free_card' END, '{}', '', '', '', '', '', '', '', '{}', '', ''
FROM generate_series(1, 100000) n;
INSERT INTO delivery_step (token_id, scheme, district_code, kind, hand, proof, received_by, note, by, at, waited_days)
SELECT id, scheme, district_code, 'handed_over', (ARRAY['unit_committee', 'dfsc', 'app'])[1 + id %% 3], 'signature', '',
    '', 'bench', issued_on + '10:00'::time + id %% 9 * '1 day'::interval, id %% 15 FROM relief_token
WHERE state = 'delivered';
INSERT INTO outbox_message (uid, system, kind, about, district_code, facts, state, tries, unanswered, created_at,
    sent_at, code, detail, answer, settled_by)
SELECT gen_random_uuid(), system, 'token_issued', number, district_code, '{}', 'sent', 1, 0, issued_on + '9:00'::time,
    issued_on + '10:00'::time, '', '', '{}', ''
FROM relief_token, unnest(ARRAY['ppp', 'unit_committee', 'aepds', 'help_me']) AS system WHERE state <> 'awaiting_shop';
"""


def main() -> None:
    """Run it."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--tokens", type=int, default=400_000)
    said.add_argument("--push", type=int, default=10_000)
    asked = said.parse_args()
    with own_database():
        print(json.dumps(_measured(asked)))


def _measured(asked: argparse.Namespace) -> dict[str, object]:
    from django.conf import settings
    from django.db import connection

    settings.ALLOWED_HOSTS = ["testserver"]
    # As the server does once it has loaded all (rasad/rsgi.py).
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)
    _say(f"loading {asked.tokens:,} tokens")
    with connection.cursor() as cursor:
        cursor.execute(
            FILL, {"districts": DISTRICTS, "villages": VILLAGES, "shops": SHOPS, "tokens": asked.tokens}
        )
        cursor.execute("VACUUM ANALYZE")
    return {**_pages(), **_push(asked.push), "tokens": asked.tokens}


def _pages() -> dict[str, object]:
    from tests.cast import client_of, staff

    from rasad.relief.models import Token

    dfsc = client_of(staff("dfsc", "dfsc", ("district", LARGE)))
    headquarters = client_of(staff("hq", "headquarters", ("state", "6")))
    admin = client_of(staff("admin", "district_administration", ("district", LARGE)))
    own = Token.objects.filter(district_code=LARGE).order_by("number").values_list("number", flat=True)
    numbers = list(own[: 40 * ROUNDS : 40])
    pages = {
        "queue": (dfsc, lambda n: f"/desk/queue?page={n % 5 + 1}"),
        "heap": (dfsc, lambda n: f"/desk/queue/heap?district={LARGE}&place={100_000 + 22 * (1 + n)}"),
        "delivery": (dfsc, lambda n: f"/delivery?page={n + 1}"),
        "delivery_found": (dfsc, lambda n: f"/delivery?q=Holder {n}2"),
        "token": (dfsc, lambda n: f"/delivery/tokens/{numbers[n]}"),
        "tokens": (dfsc, lambda n: f"/relief/tokens?page={n + 1}"),
        "progress": (dfsc, lambda n: "/desk/progress"),
        "start": (dfsc, lambda n: "/desk"),
        "forward": (admin, lambda n: f"/desk/forward?page={n + 1}"),
        "overview": (dfsc, lambda n: "/"),
        "outbox": (headquarters, lambda n: "/outbox"),
        "overview_of_the_state": (headquarters, lambda n: "/"),
        "progress_of_the_state": (headquarters, lambda n: "/desk/progress"),
        "board_of_the_state": (headquarters, lambda n: "/board"),
    }
    told = {}
    for name, (client, address) in pages.items():
        client.get(address(0))
        times = []
        for n in range(ROUNDS):
            begun = time.perf_counter()
            answer = client.get(address(n))
            times.append(time.perf_counter() - begun)
            if answer.status_code != 200:
                raise SystemExit(f"{address(n)} answered {answer.status_code}")
        told[name] = round(1000 * sorted(times)[int(0.95 * ROUNDS)], 1)
        _say(f"{name}: p95 {told[name]} ms, median {1000 * statistics.median(times):.1f}")
    return {"p95_ms": max(told.values()), "p95_ms_by_page": told}


def _push(count: int) -> dict[str, object]:
    from django.conf import settings

    from rasad import wiring
    from rasad.connectors.exchange import twins
    from rasad.connectors.exchange.wire import Item
    from rasad.jobs import actions, running
    from rasad.jobs.models import Job
    from rasad.outbox.models import Message
    from rasad.relief.models import Token

    with twins.running() as portals:
        twin = portals.by_name["ppp"]
        settings.PORTALS["ppp"] = (twin.url, bytes.fromhex(twin.settings["RASAD_PPP_KEY"]))
        numbers = list(Token.objects.filter(state="published").values_list("pk", flat=True)[:count])
        Token.objects.filter(pk__in=numbers).update(scheme="pushed")
        job = actions.start(
            "relief.push_again", args={"system": "ppp", "scheme": "pushed"}, by="bench", at=wiring.now()
        )
        begun = time.perf_counter()
        running.run(job.pk)
        seconds = time.perf_counter() - begun
        job = Job.objects.get(pk=job.pk)
        once = len({item.id for item in twin.received}) == len(twin.received) == count
        bodies = [
            Item(id=f"again-{n:06d}", about=one.about, body=one.body) for n, one in enumerate(twin.received)
        ]
        client = wiring.portal("ppp")
        assert client is not None
        begun = time.perf_counter()
        for start in range(0, count, 100):
            client.push("tokens", bodies[start : start + 100], within=20)
        bare = time.perf_counter() - begun
    return {
        "pushed": count, "push_seconds": round(seconds, 1), "each_once": once, "job": job.state, "job_done": job.done,
        "left_waiting": Message.objects.filter(state="waiting").count(), "ratio_to_bare_push": round(seconds / bare, 2),
    }  # fmt: skip


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
