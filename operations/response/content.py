"""The bytes of a file that is evidence: what they are by their own beginning, never by a name."""

from dataclasses import dataclass, field
from hashlib import sha256
from unicodedata import category

from operations.errors import BadInput

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
PICTURES = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
"""Photographs that are taken, and what the reader of pictures calls each."""
ENDINGS = {JPEG: "jpg", PNG: "png", WEBP: "webp", PDF: "pdf"}
LONGEST_NAME = 80
SEPARATORS = "/\\:"
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")
PDF_TAIL = 1024
ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
"""What makes a PDF do more than be read; written in plain it is refused."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an incident takes of files: so many bytes each, so many files, so many pixels."""

    most_bytes: int
    most_files: int
    most_pixels: int


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it is kept, with a small picture of it where it is one; named by its digest."""

    media: str
    data: bytes = field(repr=False)
    small: bytes = field(default=b"", repr=False)
    width: int = 0
    height: int = 0

    @property
    def digest(self) -> str:
        """Give the SHA-256 of what is kept."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class FileGiven:
    """A file as it is given to who asks for it."""

    media: str
    name: str
    data: bytes = field(repr=False)

    @property
    def is_picture(self) -> bool:
        """Tell whether a browser may show it by itself."""
        return self.media in PICTURES


def media_of(data: bytes) -> str:
    """Tell what a file is by its first bytes; raises BadInput for what is not taken."""
    if not data:
        raise BadInput("file", "it is empty: choose it again")
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith(b"%PDF-"):
        return PDF
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        raise BadInput("heic", "HEIC is not taken: set the camera to JPEG (most compatible)")
    raise BadInput("media", "only photographs (JPEG, PNG, WebP) and PDF are taken")


def checked_pdf(data: bytes) -> Content:
    """Take a PDF as it came where it ends as one and does nothing by itself; raises BadInput."""
    tail = data[-PDF_TAIL:]
    if b"%%EOF" not in tail or tail.rpartition(b"%%EOF")[2].strip(b"\r\n\t \0"):
        raise BadInput("broken", "the PDF is cut off, or something follows its end")
    if any(name in data for name in ACTIVE):
        raise BadInput("active", "a PDF with scripts, forms or files inside is not taken: print it")
    return Content(PDF, data)


def shown_name(given: str, media: str) -> str:
    """Give the name a file is shown and saved by: no folder of it, no control, its true ending."""
    last = given
    for mark in SEPARATORS:
        last = last.rpartition(mark)[2]
    # Formatting marks turn the order of letters round, so that an ending reads as another one.
    plain = "".join(one for one in last if category(one)[0] != "C").strip(". ")
    stem = plain.rpartition(".")[0] or plain or "file"
    return f"{stem[:LONGEST_NAME].strip()}.{ENDINGS[media]}"
