"""The files of a page come as one, are kept by browsers for good, and change their address."""

import gzip
import re
from pathlib import Path

import flask
import pytest
from flask.testing import FlaskClient

from bundling import ASSETS, Bundles
from leading import WORKER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "vendor").mkdir()
    for name in ("a.js", "b.js", "b_own.js", "worker.js", "a.css", "vendor/z.js"):
        (tmp_path / name).write_text(f"said('{name}') // 连心")
    return tmp_path


def client_of(bundles: Bundles) -> FlaskClient:
    server = flask.Flask("bundles", static_folder=None)
    server.register_blueprint(bundles.blueprint())
    return server.test_client()


def test_files_come_in_their_order_as_one(folder: Path) -> None:
    bundles = Bundles(folder)
    answer = client_of(bundles).get(bundles.joined("page", ("b.js", "a.js")))
    assert answer.mimetype == "text/javascript"
    said = answer.get_data(as_text=True)
    assert re.findall(r"said\('(.*?)'\) // 连心\n", said) == ["b.js", "a.js"]


def test_what_is_left_out_is_and_what_is_vendored_comes_last(folder: Path) -> None:
    bundles = Bundles(folder)
    answer = client_of(bundles).get(bundles.all_but("page", "js", "own", "worker.js"))
    assert re.findall(r"said\('(.*?)'\)", answer.get_data(as_text=True)) == [
        "a.js", "b.js", "vendor/z.js",
    ]  # fmt: skip


def test_a_browser_keeps_it_and_asks_anew_for_what_changed(folder: Path) -> None:
    bundles = Bundles(folder)
    address = bundles.joined("page", ("a.css",))
    answer = client_of(bundles).get(address)
    assert (answer.mimetype, answer.cache_control.immutable) == ("text/css", True)
    assert (answer.cache_control.max_age or 0) >= 31_536_000
    assert Bundles(folder).joined("page", ("a.css",)) == address, "the same after a start"
    (folder / "a.css").write_text("other")
    assert Bundles(folder).joined("page", ("a.css",)) != address
    assert client_of(bundles).get("/assets/joined-page.0123.css").status_code == 404


def test_it_is_packed_for_who_can_unpack(folder: Path) -> None:
    bundles = Bundles(folder)
    client, address = client_of(bundles), bundles.joined("page", ("a.js", "b.js"))
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


JOINED = sorted(path for path in ASSETS.glob("*.js") if path.name != WORKER)


@pytest.mark.parametrize("path", JOINED, ids=lambda path: path.name)
def test_no_script_minds_what_stands_before_it(path: Path) -> None:
    """A function that calls itself: nothing of it is left for the next, no name and no mode."""
    text = re.sub(r"\A/\*.*?\*/\s*", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert text.startswith(("(function", "(() =>"))
    assert text.rstrip().endswith(");")
