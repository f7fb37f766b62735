"""Only what typst wrote is joined; anything else is an error, not a broken file."""

from io import BytesIO

import pytest
from pypdf import PdfWriter

from rasad.web.pdf_join import part


def test_pdf_of_another_writer_is_not_joined():
    other, out = PdfWriter(), BytesIO()
    other.add_blank_page(100, 100)
    other.write(out)

    with pytest.raises((ValueError, KeyError)):
        part(out.getvalue(), 0)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"x" * 1_000])
def test_what_is_no_pdf_is_not_joined(content):
    with pytest.raises(ValueError):
        part(content, 0)
