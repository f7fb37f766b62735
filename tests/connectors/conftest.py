"""What the stories of every connector need."""

from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
import structlog


@pytest.fixture
def exchanges() -> Iterator[list[MutableMapping[str, Any]]]:
    """What is logged of exchanges with other systems, with what their clients tell beside it."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("INFO"))
    with structlog.testing.capture_logs() as logged:
        yield logged
    structlog.configure(**before)
