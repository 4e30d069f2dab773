"""A picture drawn anew: the same dots, nothing beside them (no place, no camera, no hidden data)."""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageOps

from tumbuh.lib.attachments.errors import AttachmentError, ErrorCode
from tumbuh.lib.attachments.types import AttachmentKind, Limits

QUALITY = 88
FORMATS = {AttachmentKind.JPEG: ("JPEG", "MPO"), AttachmentKind.PNG: ("PNG",)}


def redraw_picture(path: Path, kind: AttachmentKind, limits: Limits) -> bytes:
    """The picture upright and bare, in its own format; AttachmentError when it is broken or too large."""
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = limits.pixels
    try:
        with Image.open(path, formats=FORMATS[kind]) as picture:
            if picture.width * picture.height > limits.pixels:
                raise AttachmentError(ErrorCode.PICTURE_TOO_LARGE, limit=limits.pixels // 1_000_000)
            return draw(ImageOps.exif_transpose(picture), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise AttachmentError(ErrorCode.PICTURE_TOO_LARGE, limit=limits.pixels // 1_000_000) from error
    except (OSError, ValueError, SyntaxError, Warning, ArithmeticError, IndexError, KeyError) as error:
        raise AttachmentError(ErrorCode.BROKEN) from error


def draw(picture: Image.Image, kind: AttachmentKind) -> bytes:
    """The dots alone, encoded."""
    if kind is AttachmentKind.JPEG:
        mode = "L" if picture.mode in ("1", "L", "LA") else "RGB"
    else:
        mode = picture.mode if picture.mode in ("1", "L", "LA", "RGB", "RGBA") else "RGBA"
    bare = picture.convert(mode)
    bare.info.clear()
    out = io.BytesIO()
    if kind is AttachmentKind.JPEG:
        bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    else:
        bare.save(out, "PNG", optimize=False)
    return out.getvalue()
