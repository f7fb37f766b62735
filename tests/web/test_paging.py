"""Pages of a list by whatever stands in an address."""

import pytest
from django.test import RequestFactory

from rasad.web import paging


@pytest.mark.parametrize(
    ("asked", "page"), [("3", 3), ("0", 1), ("-1", 1), ("x", 1), ("", 1), ("²", 1), ("9" * 5_000, 1)]
)
def test_page_that_is_no_number_is_the_first(asked, page):
    assert paging._page(RequestFactory().get("/", {"page": asked})) == page
