"""The web door's part that hands out our scripts and sheets: those of a page as one file.

A page of a hundred small files asks a hundred times whenever it is opened, a browser six at a
time. An address here changes with what is behind it, so that it is asked for once and kept.
"""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, request

ASSETS = Path(__file__).with_name("assets")
KEPT_S = 365 * 86_400
TYPES = {"css": "text/css", "js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files one after another in their order, plain and packed."""

    kind: str
    plain: bytes
    packed: bytes


class Bundles:
    """The files of `assets`, joined page by page; every address is known before a page is drawn."""

    def __init__(self, assets: Path = ASSETS) -> None:
        self._assets = assets
        self._made: dict[str, Bundle] = {}

    def joined(self, page: str, names: Sequence[str]) -> str:
        """Join files of one kind, `css` or `js`, for a page; give the address of the whole.

        Every script is a function that calls itself, so none minds what stands before it. What a
        sheet names beside it is found from there too: the address lies in the same folder.
        """
        kind = names[0].rpartition(".")[2]
        parts = (b"/* %s */\n%s\n" % (name.encode(), self._read(name)) for name in names)
        plain = b"".join(parts)
        name = f"{page}.{sha256(plain).hexdigest()[:12]}.{kind}"
        self._made[name] = Bundle(kind, plain, gzip.compress(plain, mtime=0))
        return f"/assets/joined-{name}"

    def all_but(self, page: str, kind: str, *others: str) -> str:
        """Join a kind's files but those whose name holds one of `others`, what is vendored last."""
        folders = (self._assets, self._assets / "vendor")
        found = (path for folder in folders for path in sorted(folder.glob(f"*.{kind}")))
        names = (path.relative_to(self._assets).as_posix() for path in found)
        left = [name for name in names if not any(other in name for other in others)]
        return self.joined(page, left)

    def _read(self, name: str) -> bytes:
        return (self._assets / name).read_bytes()

    def blueprint(self) -> Blueprint:
        """Make the route they are fetched by."""
        routes = Blueprint("bundles", __name__)

        @routes.get("/assets/joined-<name>")
        def joined(name: str) -> Response:
            made = self._made.get(name) or abort(404)
            packed = request.accept_encodings.best_match(["gzip"]) is not None
            answer = Response(made.packed if packed else made.plain, mimetype=TYPES[made.kind])
            if packed:
                answer.content_encoding = "gzip"
            answer.vary.add("Accept-Encoding")
            answer.cache_control.public = answer.cache_control.immutable = True
            answer.cache_control.max_age = KEPT_S
            return answer

        return routes
