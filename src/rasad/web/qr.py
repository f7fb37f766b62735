"""QR codes as SVG that stands in the page itself."""

import re

import zxingcpp
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """A QR code of a text as an SVG element with a quiet zone, black on white, of no fixed size."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_svg(
        add_quiet_zones=True
    )
    size = re.search(r'<svg width="(\d+)"', made)
    shapes = "".join(re.findall(r"<(?:path|rect)[^>]*/>", made))
    if size is None or not shapes:
        raise ValueError("the QR code has another form than expected")
    box = size[1]
    # Only what the library drew: no text of the payload is in the SVG.
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box} {box}" shape-rendering="crispEdges" '
        f'aria-hidden="true"><rect width="{box}" height="{box}" fill="#fff"/>{shapes}</svg>'
    )
