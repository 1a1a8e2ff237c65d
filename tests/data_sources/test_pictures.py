"""Files are what is in them; of a photograph nothing but the picture is kept."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from data_sources.pictures import LONGEST_PX, SMALL_PX, cleaned
from operations.errors import BadInput
from operations.response.content import Bounds, media_of, shown_name

BOUNDS = Bounds(most_bytes=2_000_000, most_files=9, most_pixels=20_000_000)
YELLOW, BLUE = (200, 170, 40), (20, 60, 200)
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def picture(form="JPEG", size=(64, 48), **more):
    made = Image.new("RGB", size, YELLOW)
    made.paste(BLUE, (0, 0, size[0] // 2, size[1] // 2))
    into = BytesIO()
    made.save(into, form, **more)
    return into.getvalue()


def read(data):
    return Image.open(BytesIO(data))


def refused(data, bounds=BOUNDS):
    with pytest.raises(BadInput) as error:
        cleaned(data, bounds)
    return error.value.field


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_what_it_is(form):
    kept = cleaned(picture(form), BOUNDS)
    assert kept.media == f"image/{form.lower()}"
    found = read(kept.data)
    assert (found.format, found.size) == (form, (64, 48)) == (form, (kept.width, kept.height))
    near = zip(found.convert("RGB").getpixel((60, 40)), YELLOW, strict=True)
    assert all(abs(a - b) < 12 for a, b in near)
    assert read(kept.small).format == "JPEG"


def located(turned=1):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = turned, "CameraMaker", "OwnerName"
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 28.0, 1.0), 3: "E", 4: (121.0, 26.0, 2.0)})
    return exif


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_where_when_and_whose_camera_is_not_kept(form):
    data = picture(form, exif=located(), xmp=b"<x:xmpmeta>OwnerName</x:xmpmeta>")
    assert b"OwnerName" in data
    kept = cleaned(data, BOUNDS)
    for made in (kept.data, kept.small):
        assert b"OwnerName" not in made
        assert b"Exif" not in made
        assert not read(made).getexif()


def test_a_picture_taken_sideways_is_kept_upright():
    kept = cleaned(picture(exif=located(turned=6)), BOUNDS)
    assert (kept.width, kept.height) == (48, 64)
    found = read(kept.data).convert("RGB")
    assert found.getpixel((40, 4))[2] > 150, "what was left above is now right above"


def test_what_is_hidden_beside_the_picture_is_gone():
    page = b"<html><script>alert(1)</script></html>"
    for data in (
        picture() + page,
        picture("PNG") + b"PK\x03\x04" + page,
        picture(comment=page),
    ):
        kept = cleaned(data, BOUNDS)
        assert b"script" not in kept.data
        assert b"PK\x03\x04" not in kept.data


def test_the_same_picture_has_the_same_digest():
    once, again = cleaned(picture(), BOUNDS), cleaned(picture(exif=located()), BOUNDS)
    assert once.digest == again.digest
    assert len(once.digest) == 64


def bomb(width, height):
    """Give a PNG of few bytes whose pixels would take gigabytes."""

    def chunk(name, body):
        whole = name + body
        return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 10_000_000, 9)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed)
            + chunk(b"IEND", b""))  # fmt: skip


def test_many_pixels_in_few_bytes_take_no_memory(monkeypatch):
    def read_nothing(*_given, **_more):
        raise AssertionError("a pixel was read")

    data = bomb(60_000, 60_000)
    assert len(data) < 100_000
    monkeypatch.setattr(Image.Image, "load", read_nothing)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", read_nothing)
    assert refused(data) == "pixels"


def test_words_packed_into_a_picture_do_not_unpack_for_ever():
    packed = zlib.compress(b"x" * 200_000_000, 9)
    body = b"Comment\0\0" + packed
    chunk = (struct.pack(">I", len(body)) + b"zTXt" + body
             + struct.pack(">I", zlib.crc32(b"zTXt" + body)))  # fmt: skip
    plain = picture("PNG")
    assert refused(plain[:33] + chunk + plain[33:]) == "broken"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (b"", "file"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "media"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "media"),
        (b"GIF89a" + b"\0" * 40, "media"),
        (b"PK\x03\x04" + b"\0" * 40, "media"),
        (b"MZ" + b"\0" * 40, "media"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "heic"),
        (b"\xff\xd8\xff<script>alert(1)</script>", "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "broken"),
        (b"RIFF\x20\0\0\0WEBPVP8 " + b"\0" * 40, "broken"),
        (picture()[:-300], "broken"),
        (b"\xff" * 2_000_001, "large"),
        (PDF[:-6], "broken"),
        (PDF + b"<html><script>alert(1)</script></html>", "broken"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction <</S /JavaScript>>"), "active"),
        (b"<html>" + PDF, "media"),
    ],
    ids=["none", "html", "svg", "gif", "zip", "program", "heic", "html as jpeg", "png", "webp",
         "cut off", "large", "pdf cut off", "pdf with html", "pdf with script", "html with pdf"],
)  # fmt: skip
def test_what_is_not_taken_says_why(data, field):
    assert refused(data) == field


def test_a_moving_picture_is_not_taken():
    frames = [Image.new("RGB", (8, 8), colour) for colour in (YELLOW, BLUE)]
    for form in ("PNG", "WEBP"):
        into = BytesIO()
        frames[0].save(into, form, save_all=True, append_images=frames[1:])
        assert refused(into.getvalue()) == "moving"


def test_a_paper_is_kept_as_it_came():
    kept = cleaned(PDF, BOUNDS)
    assert (kept.media, kept.data, kept.small) == ("application/pdf", PDF, b"")


def test_large_pictures_are_brought_to_a_size():
    kept = cleaned(picture(size=(5000, 2500)), BOUNDS)
    assert (kept.width, kept.height) == (LONGEST_PX, LONGEST_PX // 2)
    assert max(read(kept.small).size) == SMALL_PX


def test_what_shines_through_still_does_and_the_small_one_lies_on_white():
    made = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    into = BytesIO()
    made.save(into, "PNG")
    kept = cleaned(into.getvalue(), BOUNDS)
    assert read(kept.data).convert("RGBA").getpixel((5, 5))[3] == 0
    assert read(kept.small).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("IMG_01.JPG", "IMG_01.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\wang\\水样.png", "水样.jpg"),
        ("water.jpg.html", "water.jpg.jpg"),
        ("", "file.jpg"),
        ("...", "file.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "x.jpg"),
        ("gpj\u202egpj.exe", "gpjgpj.jpg"),
        ("长" * 200 + ".jpg", "长" * 80 + ".jpg"),
    ],
)
def test_a_name_is_no_way_out_and_tells_what_the_file_is(given, shown):
    found = shown_name(given, media_of(picture()))
    assert found == shown or (given.startswith("a\r\n") and "\n" not in found)
