"""A page asks the database as often for sixty of everything as for three."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from rasad import wiring
from rasad.policy.relief import scheme
from tests.cast import HISAR, client_of, staff
from tests.relief.cast import BARWALA, HANSI, RUN_KEY, SHOP, world
from tests.web.crowd import JOB, LIST, LISTED, Crowd

__all__ = ["world"]
pytestmark = pytest.mark.django_db
FEW, MANY = 3, 60
APPS = ("desk", "delivery", "relief", "outbox", "jobs")
# Pages of one thing that list others.
OF_ONE = {
    "delivery:list": LIST, "jobs:one": JOB, "jobs:rows_file": JOB, "relief:shop": SHOP, "relief:place": BARWALA,
    "relief:run": RUN_KEY,
}  # fmt: skip
# Asked for by POST, after a code on the telephone, or a paper of what was marked.
NOT_LISTS = {
    "desk:choose", "desk:push_again", "desk:forward_go", "delivery:make_list", "delivery:print_start",
    "delivery:papers", "delivery:whatsapp_marked", "delivery:my_code", "delivery:leave", "outbox:replay",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The books are in the middle of May 2020."""
    moment = datetime(2020, 5, 15, 12, 0, tzinfo=wiring.INDIA)
    monkeypatch.setattr(wiring, "now", lambda: moment)
    monkeypatch.setattr("rasad.desk.views.emergencies.now", wiring.now)


def pages():
    """Every address without a number in it, and those of one thing that list others."""
    for app in APPS:
        for one in get_resolver(f"rasad.{app}.urls").url_patterns:
            name = f"{app}:{one.name}"
            if isinstance(one, URLPattern) and not one.pattern.converters:
                yield name, reverse(name)
            elif name in OF_ONE:
                yield name, reverse(name, args=[OF_ONE[name]])
    yield "desk:heap of all", f"{reverse('desk:heap')}?district={HISAR}"


def made():
    return {model.__name__: model.objects.count() for model in LISTED}


def asked(client, address):
    """How often a page asks the database; None where there is no such page for this reader."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        b"".join(answer.streaming_content) if answer.streaming else answer.content
    return len(queries) if answer.status_code == 200 else None


def counted(clients):
    # What is remembered between requests is read anew where places were added: before it counts.
    for client in clients.values():
        client.get("/")
    return {
        (who, name): asked(client, address) for who, client in clients.items() for name, address in pages()
    }


def test_pages_ask_as_often_for_sixty_as_for_three(world, meena, headquarters):
    clients = {
        "dfsc": client_of(meena),
        "headquarters": client_of(headquarters),
        "administration": client_of(staff("imran", "district_administration", ("district", HISAR))),
        "committee": client_of(staff("sarpanch", "local_committee", ("place", HANSI))),
    }
    crowd = Crowd(world, scheme("drt_2020").model_dump(mode="json"))
    crowd.grow_to(FEW)
    few, there = counted(clients), made()
    crowd.grow_to(MANY)
    many = counted(clients)

    # No list is short because what it lists was not made, and no page is forgotten.
    assert all(made()[name] >= count + MANY - FEW for name, count in there.items())
    assert {name for _, name in few} - {name for (_, name), times in few.items() if times} == NOT_LISTS
    assert {one: (few[one], many[one]) for one in few if few[one] != many[one]} == {}
