"""The OpenAPI document is kept: whatever is sent, the answer is one it names, and never a fault of the server."""

import re

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.core import NOT_SET
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi import checks

from rasad.counter.api.app import api
from rasad.counter.api.door import KNOCKING
from tests.counter.api import live, stories

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = 8
UNSIGNED = {"enrol", "open_session"}
REFUSED = [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429]
CHECKS = [
    schemathesis.checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_schema_conformance, checks.negative_data_rejection,
]  # fmt: skip


def document() -> dict:
    config = SchemathesisConfig.from_dict(
        {
            "generation": {"with-security-parameters": False},
            "checks": {"negative_data_rejection": {"expected-statuses": REFUSED}},
        }
    )
    return schemathesis.openapi.from_dict(dict(api.get_openapi_schema()), config=config)


def operations() -> dict:
    return {one.ok().definition.raw["operationId"]: one.ok() for one in document().get_all_operations()}


NAMES = sorted(one["operationId"] for of in api.get_openapi_schema()["paths"].values() for one in of.values())


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=str)
def test_every_answer_is_one_the_document_names(till, mode):
    visit = till.open_visit("069900000042")["id"]
    sold = stories.served(till)
    stories.sold(till, sold, wheat=1_000)
    keys = st.sampled_from([visit, sold["id"], ""])

    for name, operation in operations().items():
        play(till, name, operation, mode, keys)

    assert till.stock()["lines"][0]["left"] > 0


def play(till, name, operation, mode, keys) -> None:
    """So many made-up requests for one operation, signed as a device signs them."""

    @seed(20261112)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), key=keys)
    def one(case, key):
        if key and mode is GenerationMode.POSITIVE and "key" in (case.path_parameters or {}):
            case.path_parameters["key"] = key
        KNOCKING.forget()
        asked = requests.Request(**case.as_transport_kwargs(base_url=live.URL)).prepare()
        body = asked.body if asked.body is not None and case.body is not NOT_SET else b""
        body = body.encode() if isinstance(body, str) else body
        path = asked.path_url.removeprefix("/api/counter")
        answer = till.raw(asked.method, path, body, headers=signed(till, name, asked, body))
        case.validate_response(answer, checks=CHECKS)
        if name == "end_session":
            till.opened()

    if mode is GenerationMode.POSITIVE or operation.body or operation.path_parameters:
        one()


def signed(till, name, asked, body) -> dict[str, str]:
    """The made-up headers, with a true signature where one is needed."""
    told = {key: value for key, value in asked.headers.items() if key.lower() == "content-type"}
    return told if name in UNSIGNED else told | till.headers(asked.method, asked.path_url, body)


def test_document_and_page_are_open_to_everybody(db):
    browser = Client()
    told = browser.get("/api/counter/openapi.json").json()
    page = browser.get("/api/counter/").content.decode()

    assert told["openapi"] == "3.1.0"
    assert sorted(one["operationId"] for of in told["paths"].values() for one in of.values()) == NAMES
    assert set(re.findall('<span class="path">([^<]+)</span>', page)) == set(told["paths"])
    assert re.findall(r'href="#(\w+)"', page)
    assert set(re.findall(r'href="#([A-Z]\w+)"', page)) <= set(re.findall(r'id="(\w+)"', page))


def test_every_request_but_two_is_signed():
    told = api.get_openapi_schema()["paths"]

    assert {
        one["operationId"] for of in told.values() for one in of.values() if "security" not in one
    } == UNSIGNED
