"""Incidents' files under one contract: in memory, on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import text

from data_sources.database import reading, writing
from data_sources.incident_book import SqlIncidentBook
from data_sources.incident_files import SqlIncidentFiles, keys_of_files
from data_sources.memory_incident_files import MemoryIncidentFiles
from data_sources.sealed_book import SealedBook, holds_sealed
from data_sources.sealing import Unsealable
from operations.errors import BadInput
from operations.response.content import Content
from operations.response.incident import Kind
from tests.builders import NOW
from tests.incidents import Scene
from tests.sealing import sealer

ONE = Content("image/jpeg", b"\0\xff photograph" * 999, b"small", 4, 3)
PAPER = Content("application/pdf", b"%PDF-1.7 paper", b"")


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def files(request, tmp_path):
    if request.param == "memory":
        return MemoryIncidentFiles()
    return SqlIncidentFiles(request.getfixturevalue(f"{request.param}_engine"), sealer(tmp_path))


@pytest.fixture(params=["sqlite", "postgresql"])
def stored(request, tmp_path):
    engine = request.getfixturevalue(f"{request.param}_engine")
    made = SqlIncidentFiles(engine, sealer(tmp_path))
    made.keep("sj-1", ONE)
    return made


def test_bytes_come_back_as_they_were_kept(files):
    for content in (ONE, PAPER):
        files.keep("sj-1", content)
        assert files.read("sj-1", content.digest) == content.data
        assert files.read("sj-1", content.digest, small=True) == content.small
    assert files.read("sj-1", "0" * 64) is None


def test_the_same_again_is_one_and_gone_once(files):
    files.keep("sj-1", ONE)
    files.keep("sj-1", ONE)
    files.drop("sj-1", ONE.digest)
    assert files.read("sj-1", ONE.digest) is None
    files.drop("sj-1", ONE.digest)


def test_each_incident_has_its_own(files):
    for incident in ("sj-1", "sj-2"):
        files.keep(incident, ONE)
    assert files.read("sj-3", ONE.digest) is None
    files.drop("sj-1", ONE.digest)
    assert files.read("sj-2", ONE.digest) == ONE.data


def test_at_rest_nothing_of_it_can_be_read(stored):
    with reading(stored._engine) as connection:
        row = connection.execute(text("SELECT * FROM incident_files")).one()
    for value in (bytes(row.body), bytes(row.small)):
        assert b"photograph" not in value
        assert b"small" not in value
    assert row.size == len(ONE.data)


@pytest.mark.parametrize("change", ["incident_id = 'sj-2'", "body = small", "small = body"])
def test_moved_to_another_place_it_does_not_open(stored, change):
    with writing(stored._engine) as connection:
        connection.execute(text(f"UPDATE incident_files SET {change}"))
    incident = "sj-2" if "sj-2" in change else "sj-1"
    with pytest.raises(Unsealable):
        stored.read(incident, ONE.digest, small=change.startswith("small"))


def test_files_are_sealed_anew_with_a_new_key(stored):
    engine, keys = stored._engine, stored._sealer.keys
    for number in range(20):
        stored.keep(f"sj-{number + 10}", ONE)
    old, new = keys.newest().id, keys.add(NOW).id
    book, steps = SealedBook(engine, stored._sealer), []
    assert keys_of_files(engine) == book.keys_used() == {old: 21}
    assert book.reseal(steps.append) == 21
    assert sum(steps) == 21
    assert book.keys_used() == {new: 21}
    keys.forget({old})
    assert stored.read("sj-1", ONE.digest) == ONE.data
    assert stored.read("sj-29", ONE.digest, small=True) == ONE.small


def test_a_lost_key_file_is_missed(stored):
    assert holds_sealed(stored._engine)
    stored.drop("sj-1", ONE.digest)
    assert not holds_sealed(stored._engine)


class Broken:
    """An audit log that cannot be written."""

    def append(self, deed, *, within=None):
        raise RuntimeError("the disk is full")

    def hand_on(self):
        pass


def test_bytes_are_kept_with_the_act_or_not_at_all(stored):
    engine = stored._engine
    scene = Scene(SqlIncidentBook(engine, files=stored), files=stored, name="sj-9")
    scene.act("find", link=1, text="看")
    scene.attach()
    digest = scene.book.part("sj-9", Kind.FILE, 1).body["digest"]
    broken = SqlIncidentBook(engine, Broken(), stored)
    held, scene.command = (
        scene.command,
        type(scene.command)(broken, scene.stream, scene.command.known),
    )
    with pytest.raises(RuntimeError):
        scene.attach(data=b"second")
    with pytest.raises(RuntimeError):
        scene.on(Kind.FILE, 1, "remove_file", reason="拍错了")
    scene.command = held
    assert stored.read("sj-9", digest) == b"photograph"
    assert sum(keys_of_files(engine).values()) == 2
    assert scene.book.part("sj-9", Kind.FILE, 2) is None
    with pytest.raises(BadInput, match="no such"):
        scene.act("remove_file", number=2, version=1, reason="没有")
