"""Is this picture a logo that we can keep? Looked at, and drawn anew: nothing of the file itself remains."""

import base64
import io
from warnings import catch_warnings, simplefilter

from django.utils.translation import gettext as _
from PIL import Image, ImageFile

from coaching.refusals import Refused

LARGEST = 2 * 1024 * 1024  # bytes
PIXELS = 16_000_000
BOX = (1200, 600)  # pixels; what a cover and a page can use
KINDS = ("PNG", "JPEG", "WEBP")


def redrawn(raw):
    """A PNG with the same picture, at most 1200 by 600. Raises Refused: too large, or no PNG, JPEG or WebP."""
    if len(raw) > LARGEST:
        raise Refused(_("This picture is too large. Two megabytes is the maximum."))
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, once imported, sets it for the whole process
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(raw), formats=KINDS)
            if picture.width * picture.height > PIXELS:
                raise Refused(_("This picture has too many pixels. 4000 by 4000 is the maximum."))
            picture.load()
    except Refused:
        raise
    except Exception as broken:  # whatever a damaged or other file makes of it
        raise Refused(_("This is not a picture that we can use. Choose a PNG, JPEG or WebP.")) from broken
    drawn = picture.convert("RGBA")
    drawn.thumbnail(BOX)
    file = io.BytesIO()
    Image.frombytes("RGBA", drawn.size, drawn.tobytes()).save(file, "PNG", optimize=True)
    return file.getvalue()


def as_address(png):
    """The picture as an address that a page can show without asking for it; "" without one."""
    return f"data:image/png;base64,{base64.b64encode(bytes(png)).decode()}" if png else ""
