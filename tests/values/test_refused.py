"""A failure is the same in the process that asked as in the one that met it."""

import pickle
from datetime import date

import pytest

from rasad.connectors.whatsapp.client import AccountError, NotDeliverableError
from rasad.values.refused import OutsideError, Refused


def test_refusal_travels_between_processes():
    made = pickle.loads(pickle.dumps(Refused("relief_is_over", last_day=date(2020, 6, 30))))

    assert (type(made), made.code, made.facts) == (Refused, "relief_is_over", {"last_day": date(2020, 6, 30)})
    assert str(made) == "relief_is_over (last_day=2020-06-30)"


@pytest.mark.parametrize(
    "failure",
    [
        OutsideError("down", permanent=True), AccountError("closed", code=190, permanent=False),
        NotDeliverableError("no WhatsApp", code=131026),
    ],
)  # fmt: skip
def test_failure_of_another_system_travels_between_processes(failure):
    made = pickle.loads(pickle.dumps(failure))

    assert (type(made), str(made), vars(made)) == (type(failure), str(failure), vars(failure))
