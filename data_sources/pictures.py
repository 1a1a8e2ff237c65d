"""Photographs read whole and written anew: only what is seen of them is kept.

Where, when and with whose camera one was taken stands beside the picture in a file, and so does
whatever somebody hid in it. Nothing but the pixels passes; they are turned upright first, and
brought into the common colour space, since the colour of water is what such a picture shows.
"""

import warnings
from io import BytesIO

from PIL import Image, ImageCms, ImageFile, ImageOps

from operations.errors import BadInput
from operations.response.content import JPEG, PDF, PICTURES, Bounds, Content, checked_pdf, media_of

LONGEST_PX = 4096
"""A kept picture's longer side at most: all that twelve million pixels tell."""
SMALL_PX = 320
QUALITY = 88
SMALL_QUALITY = 70


def cleaned(data: bytes, bounds: Bounds) -> Content:
    """Give a file as it is kept; raises BadInput for what is not taken, with why."""
    if len(data) > bounds.most_bytes:
        raise BadInput("large", f"at most {bounds.most_bytes // 1_000_000} MB")
    media = media_of(data)
    return checked_pdf(data) if media == PDF else _picture(data, media, bounds.most_pixels)


def _picture(data: bytes, media: str, most_pixels: int) -> Content:
    """Read the pixels of a picture of one kind and write them anew."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a camera wrote wrongly beside the pixels
            found = _upright(data, media, most_pixels)
            kept, small = _written(found, media, QUALITY), _small(found)
    except BadInput:
        raise
    except Image.DecompressionBombError as error:  # Pillow's own bound, asked before ours can be
        raise _too_many(most_pixels) from error
    except Exception as error:  # a reader of pictures raises whatever its format makes it raise
        raise BadInput("broken", "the picture cannot be read: take or save it again") from error
    return Content(media, kept, small, *found.size)


def _upright(data: bytes, media: str, most_pixels: int) -> Image.Image:
    """Read a picture the right way up, in plain colours, no larger than is kept."""
    # Only the reader of the kind the first bytes tell: no other one is let near it.
    with Image.open(BytesIO(data), formats=(PICTURES[media],)) as opened:
        width, height = opened.size
        if width * height > most_pixels:  # asked before a single pixel takes memory
            raise _too_many(most_pixels)
        if media != JPEG and getattr(opened, "is_animated", False):
            raise BadInput("moving", "one picture that stands still")
        opened.draft("RGB", (LONGEST_PX, LONGEST_PX))
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        opened.load()
        turned = ImageOps.exif_transpose(opened)
    turned.thumbnail((LONGEST_PX, LONGEST_PX))
    return _in_plain_colours(turned, keeps_alpha=media != JPEG)


def _too_many(most_pixels: int) -> BadInput:
    return BadInput("pixels", f"at most {most_pixels // 1_000_000} million pixels")


def _in_plain_colours(found: Image.Image, *, keeps_alpha: bool) -> Image.Image:
    """Bring the colours into sRGB, and drop whatever else the picture carried."""
    has_alpha = keeps_alpha and ("A" in found.getbands() or "transparency" in found.info)
    profile = found.info.get("icc_profile")
    if profile and found.mode == "RGB":
        found = _converted(found, profile)
    plain = found.convert("RGBA" if has_alpha else "RGB")
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def _converted(found: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        made = ImageCms.profileToProfile(found, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return found  # a profile nobody can read changes no colour
    return made if made is not None else found


def _written(found: Image.Image, media: str, quality: int) -> bytes:
    into = BytesIO()
    found.save(into, PICTURES[media], quality=quality)
    return into.getvalue()


def _small(found: Image.Image) -> bytes:
    """Give the small picture that stands on the page."""
    small = found.copy()
    small.thumbnail((SMALL_PX, SMALL_PX))
    if small.mode == "RGBA":
        ground = Image.new("RGB", small.size, "white")
        ground.paste(small, mask=small.getchannel("A"))
        small = ground
    return _written(small, JPEG, SMALL_QUALITY)
