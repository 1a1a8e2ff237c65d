"""A frame is compressed once, and any screen can read it whatever it received before."""

import zlib

from api.frames import GZIP_HEADER, frame


def test_frames_of_one_stream_unpack_one_by_one() -> None:
    first, second = frame("picture", b'{"seq":1}'), frame("beat", b'{"seq":1}')
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert reader.decompress(GZIP_HEADER + first.deflated) == first.plain
    assert reader.decompress(second.deflated) == b'event: beat\ndata: {"seq":1}\n\n'


def test_a_frame_does_not_lean_on_the_one_before() -> None:
    missed, seen = frame("picture", b"x" * 5000), frame("picture", b"x" * 5000)
    assert missed.deflated == seen.deflated
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert reader.decompress(GZIP_HEADER + seen.deflated) == seen.plain
