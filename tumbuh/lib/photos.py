"""Photos drawn anew: what the camera wrote beside the picture (place, time, device, hidden content) is left behind."""

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
QUALITY = 82


class Picture(NamedTuple):
    """A JPEG and its size."""

    data: bytes
    width: int
    height: int


class NoPictureError(ValueError):
    """The bytes are no JPEG, PNG or WebP that can be drawn, or hold too many pixels."""


def redraw_photo(data: bytes, *, longest: int = 1600) -> Picture:
    """The picture upright, at most `longest` pixels on its longer side; raises NoPictureError."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as source:
            if source.width * source.height > MOST_PIXELS:
                raise NoPictureError("too many pixels")
            upright = ImageOps.exif_transpose(source).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NoPictureError(str(error)) from error
    upright.thumbnail((longest, longest))
    plain = Image.frombytes("RGB", upright.size, upright.tobytes())
    target = BytesIO()
    plain.save(target, "JPEG", quality=QUALITY, optimize=True)
    return Picture(target.getvalue(), *plain.size)
