"""Pages a second of the bulk print on two cores: facts in, one signed, tagged PDF with a cover out.

Signing, QR codes, wording, setting, joining and writing to disk are all in it, and so is starting the
processes. The peers set the same page with the same texts on as many processes, and their start is left out.
Rounds of each take turns and the best counts: whatever else the machine does only slows one down.
`python -m bench.documents [PAGES]`; the last line is JSON.
"""

import json
import math
import multiprocessing
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from importlib.util import find_spec

import numpy as np

from rasad.relief.credential import Signer, TokenFacts
from rasad.relief.paper import press
from rasad.relief.paper.contents import Edition, Member, Ration, ShopOnPaper, TokenPaper, Words
from rasad.values.check_digit import check_digits
from rasad.values.month import Month
from rasad.values.quantities import Grams, Paise

PAGES, CORES, GOAL, ROUNDS = 6_000, 2, 400, 2
# Families of a shop, villages of a shop: as in Haryana's relief run.
PER_SHOP, PER_VILLAGE = 41, 14
PEER_PAGES = {"weasyprint": (24, 6), "reportlab": (1_000, 100)}
SIGNER = Signer(bytes(range(32)))
MONTHS = (Month(2020, 4), Month(2020, 5), Month(2020, 6))
GIVEN = ("Asha", "Surender", "आशा", "सुरेन्द्र", "Sunita", "त्रिवेणी", "Mohd", "ज्ञानेश्वर", "Kamla", "श्रेयस")
LAST = ("Devi", "Kumar", "क्षत्रिय", "Singh", "शर्मा", "Begum", "प्रसाद", "Rani", "त्रिपाठी", "Ansari")
RELATIONS = ("self", "wife", "son", "daughter", "mother", "daughter-in-law", "grandson", "brother")
# Out of a hundred families, how many have one member, two, …
SIZES = [size for size, count in enumerate((6, 12, 17, 24, 20, 12, 6, 3), start=1) for _ in range(count)]
EDITION = Edition(
    title=Words("संकट राशन टोकन", "Distress Ration Token"),
    government=Words("हरियाणा सरकार", "Government of Haryana"),
    first_day=date(2020, 4, 1),
    last_day=date(2020, 6, 30),
    helpline="1967",
    officer=Words("जिला खाद्य एवं आपूर्ति नियंत्रक", "District Food and Supplies Controller"),
)


def tokens(count):
    """Families by shop and village, each signed as it comes."""
    for place in range(count):
        paper = token(place)
        yield replace(paper, signed=SIGNER.sign(facts(paper)))


def token(place):
    """One family, no two alike."""
    size = SIZES[place * 37 % len(SIZES)]
    people = [
        Member(
            f"{GIVEN[(place + 3 * n) % 10]} {LAST[(place // 10 + n) % 10]}",
            RELATIONS[n],
            (31 * place + 17 * n) % 90,
        )
        for n in range(size)
    ]
    body = np.array([58 * 10**10 + place * 7_919])
    shop = place // PER_SHOP
    return TokenPaper(
        number=f"{body[0]:013}{check_digits(body, length=13)[0]}",
        edition=EDITION,
        holder=people[0].name,
        members=tuple(people),
        place=Words(f"रामपुर {place // PER_VILLAGE}", f"Rampur {place // PER_VILLAGE}"),
        district=Words("अंबाला", "Ambala"),
        months=MONTHS,
        issued_on=date(2020, 4, 21),
        rations=(
            Ration(Words("गेहूँ", "Wheat"), ((Grams(5_000 * size), Paise(0)),) * 3),
            Ration(Words("दाल", "Pulses"), ((Grams(2_500), Paise(0)),) * 3),
        ),
        shop=ShopOnPaper(
            number=f"1058{shop:08}",
            name=Words(f"श्री राम राशन दुकान {shop}", f"Shri Ram Ration Shop {shop}"),
            place=Words(f"रामपुर {shop}", f"Rampur {shop}"),
            address="मुख्य बाज़ार",
            at=(30.30 + shop % 50 / 500, 76.80 + shop % 70 / 700),
            home=(30.35, 76.85 + place % 11 / 1_000),
            distance_m=900 + place % 6_000,
        ),
        signed="",
    )


def facts(paper):
    """What its QR code says."""
    return TokenFacts(
        number=paper.number,
        scheme="drt_2020",
        months=paper.months,
        holder=paper.holder,
        members=len(paper.members),
        inherits="OPH",
        shop=paper.shop.number,
        district="58",
        first_day=EDITION.first_day,
        last_day=EDITION.last_day,
        issuer="IN-HR",
    )


def ours(pages):
    """Pages a second into one file with its cover, milliseconds of processor a page, and the size of a page."""
    with tempfile.TemporaryFile() as out:
        started, spent = time.monotonic(), processor_seconds()
        press.print_book(tokens(pages), out, cover_on=date(2020, 5, 2), processes=CORES)
        speed = pages / (time.monotonic() - started)
        return speed, (processor_seconds() - spent) / pages * 1_000, out.tell() / pages


def processor_seconds():
    """What this process and its ended children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def peer(name):
    """Pages a second of another way to set the page, in processes that have warmed up."""
    pages, chunk = PEER_PAGES[name]
    papers = list(tokens(pages))
    parts = [papers[start : start + chunk] for start in range(0, pages, chunk)]
    with ProcessPoolExecutor(
        CORES, multiprocessing.get_context("spawn"), initializer=press._one_thread
    ) as pool:
        list(pool.map(_peer_pdf, [name] * CORES, [papers[:chunk]] * CORES))
        started = time.monotonic()
        list(pool.map(_peer_pdf, [name] * len(parts), parts))
        return pages / (time.monotonic() - started)


def _peer_pdf(name, papers):
    from bench.peers import documents

    return len(getattr(documents, f"{name}_pdf")(papers))


def is_here(name):
    """Whether a peer can run on this machine; says what it lacks otherwise."""
    if find_spec(name) is None:
        print(
            f"{name} is not installed: pip install --require-hashes -r bench/documents.txt", file=sys.stderr
        )
        return False
    try:
        __import__(name)
    except OSError as lacking:
        print(
            f"{name} cannot run here (Debian, Ubuntu: libpango-1.0-0 libpangoft2-1.0-0): {lacking}",
            file=sys.stderr,
        )
        return False
    return True


def main():
    """Measure, tell, and print one line of JSON."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    here = [name for name in PEER_PAGES if is_here(name)]
    speed, cost, size, best = 0.0, math.inf, 0.0, dict.fromkeys(PEER_PAGES, 0.0)
    for turn in range(ROUNDS):
        found, spent, size = ours(pages)
        speed, cost = max(speed, found), min(cost, spent)
        best |= {name: max(best[name], peer(name)) for name in here}
        told = ", ".join(f"{name} {best[name]:.1f}" for name in here)
        print(f"after {turn + 1} of {ROUNDS} rounds, pages a second: Rasad {speed:.0f}, {told}")
    print(json.dumps(summary(pages, speed, cost, size, best)))


def summary(pages, speed, cost, size, peers):
    """The measurement as it is kept; null for a peer that could not run."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told = {
        "bench": "documents",
        "pages": pages,
        "cores": CORES,
        "pages_per_s": round(speed),
        "goal": GOAL,
        # On a machine that does other things besides, this says more than the clock.
        "processor_ms_per_page": round(cost, 2),
        "kib_per_page": round(size / 1024, 1),
        "kib_of_one_token": round(len(press.render(list(tokens(1)))) / 1024, 1),
        "peak_gib_a_process": round(most / 2**20, 2),
    }
    for name, found in peers.items():
        told[f"{name}_pages_per_s"] = round(found, 1) or None
        told[f"ratio_to_{name}"] = round(speed / found, 1) if found else None
    return told


if __name__ == "__main__":
    main()
