"""The QR code in a photo or a scan of a token."""

from io import BytesIO

import zxingcpp
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from rasad.values.refused import Refused

QR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
# How compressed data starts in Base45, at the usual and at the best compression.
COMPRESSED = ("6BF", "NCF")
# More than any telephone's camera; a picture that claims more is made to fill the memory.
MOST_PIXELS = 80_000_000
# A code stands out best at another size in each photo.
LONGEST_SIDES = (1_600, 2_400, 800)


def read_code(picture: bytes) -> str:
    """The text of the QR code in a PNG or JPEG picture, upright or not; of several codes, the likely token.

    Raises Refused("token_not_readable") when there is none to be found.
    """
    try:
        opened = Image.open(BytesIO(picture), formats=("PNG", "JPEG", "WEBP", "TIFF"))
        if opened.width * opened.height > MOST_PIXELS:
            raise Refused("token_not_readable")
        image = ImageOps.exif_transpose(opened).convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused("token_not_readable") from None
    for tried in (image, *_clearer(image)):
        # The library turns the picture itself, by quarters and by any angle between.
        found = zxingcpp.read_barcodes(tried, formats=QR_CODES, try_rotate=True)
        texts = sorted({code.text for code in found if code.valid})
        tokens = [text for text in texts if text.startswith(COMPRESSED)]
        if tokens or texts:
            return (tokens or texts)[0]
    raise Refused("token_not_readable")


def _clearer(image: Image.Image) -> list[Image.Image]:
    sizes = [side for side in LONGEST_SIDES if side < max(image.size)]
    smaller = [ImageOps.contain(image, (side, side)) for side in sizes]
    larger = [ImageOps.scale(image, 2)] if max(image.size) < LONGEST_SIDES[-1] else []
    softened = [image.filter(ImageFilter.GaussianBlur(1)), ImageOps.autocontrast(image, cutoff=2)]
    slanted = [image.rotate(45, expand=True, fillcolor=255)]
    return [*smaller, *larger, *softened, *slanted]
