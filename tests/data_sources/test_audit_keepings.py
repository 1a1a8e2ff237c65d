"""What is kept of the audit log beside the database: complete, in order, its owner's alone."""

import os
import socket
import socketserver
import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress

import pytest

from data_sources.audit_keepings import AuditFile, AuditSyslog, syslog_address
from data_sources.audit_log import SqlAudit
from data_sources.database import writing
from data_sources.memory_audit import MemoryAudit
from operations.errors import BadInput, OperationsError, Unreachable
from operations.people.audit import Flaw, compare, read_back, verify
from tests.data_sources.test_audit_log import deed


@pytest.fixture
def kept(tmp_path):
    return AuditFile(tmp_path / "audit.log")


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def audit(request, kept):
    if request.param == "memory":
        return MemoryAudit((kept,))
    return SqlAudit(request.getfixturevalue(f"{request.param}_engine"), (kept,))


def test_file_has_every_line_and_is_its_owners_alone(audit, kept):
    for n in range(5):
        audit.append(deed(subject=f"a-{n}", reason="王\n🙂" * 2_000))
    assert compare(audit.lines(), kept.lines()) is None
    assert verify(kept.lines()) == audit.head()
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600


def test_writers_at_once_leave_one_chain_in_the_file(audit, kept):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: audit.append(deed(subject=str(n))), range(80)))
    assert verify(kept.lines()) == audit.head()
    assert audit.head().number == 80


def test_line_that_was_rolled_back_never_came_to_the_file(sqlite_engine, kept):
    audit = SqlAudit(sqlite_engine, (kept,))
    with suppress(RuntimeError), writing(sqlite_engine) as connection:
        audit.append(deed(), within=connection)
        raise RuntimeError
    with writing(sqlite_engine) as connection:
        audit.append(deed(), within=connection)
    assert list(kept.lines()) == []
    audit.hand_on()
    assert compare(audit.lines(), kept.lines()) is None


def test_half_a_line_that_a_crash_left_is_mended(audit, kept):
    for _ in range(3):
        audit.append(deed())
    with kept.path.open("rb+") as file:
        file.truncate(kept.path.stat().st_size - 20)
    assert verify(kept.lines()).number == 3
    audit.append(deed())
    assert compare(audit.lines(), kept.lines()) is None
    kept.path.write_bytes(b"half of the first")
    audit.hand_on()
    assert compare(audit.lines(), kept.lines()) is None


def test_flipped_byte_of_the_file_is_named(audit, kept):
    for n in range(3):
        audit.append(deed(subject=f"a-{n}"))
    whole = kept.path.read_bytes()
    second = whole.index(b"\n") + 1, whole.index(b"\n", whole.index(b"\n") + 1) + 1
    for place in range(*second):
        for bit in (1, 0x20, 0x80):
            broken = bytearray(whole)
            broken[place] ^= bit
            kept.path.write_bytes(broken)
            found = compare(audit.lines(), kept.lines())
            assert found is not None, place
            assert found.number == 2, place
    kept.path.write_bytes(whole[:-1])
    assert compare(audit.lines(), kept.lines()).number == 3


def test_file_is_never_continued_from_another_log(audit, kept, tmp_path):
    other = MemoryAudit((kept,))
    other.append(deed(actor="another"))
    before = kept.path.read_bytes()
    audit.append(deed())
    audit.append(deed())
    assert kept.path.read_bytes() == before, "what it told stays told"
    with pytest.raises(OperationsError, match="differ at line 2"):
        kept.take(audit)
    assert compare(audit.lines(), kept.lines()).number == 1


def test_cut_database_is_found_by_the_file(kept):
    audit = MemoryAudit((kept,))
    for _ in range(3):
        audit.append(deed())
    audit._lines.pop()
    assert compare(audit.lines(), kept.lines()) == Flaw(
        3, "is in the second keeping and no longer in the database"
    )
    with pytest.raises(OperationsError, match="no longer in the database"):
        kept.take(audit)


def test_file_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "here").write_text("no folder")
    audit = MemoryAudit((AuditFile(tmp_path / "here" / "audit.log"),))
    assert audit.append(deed()).number == 1
    with pytest.raises(Unreachable, match="cannot be written"):
        AuditFile(tmp_path / "here" / "audit.log").take(audit)


@contextmanager
def udp_server():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(2)
        yield f"127.0.0.1:{server.getsockname()[1]}", server


def received(server):
    told = server.recv(100_000)
    assert told.startswith(b"<86>lianxin-audit: "), "authpriv.info"
    return read_back(told.split(b": ", 1)[1].decode())


def test_syslog_gets_every_line_once(audit, tmp_path):
    with udp_server() as (address, server):
        keeping = AuditSyslog(address, tmp_path / "audit.syslog")
        audit.append(deed(subject="a-1"))
        audit.append(deed(subject="a-2"))
        keeping.take(audit)
        assert [received(server), received(server)] == list(audit.lines())
        audit.append(deed(subject="a-3"))
        AuditSyslog(address, tmp_path / "audit.syslog").take(audit)
        assert received(server).line.subject == "a-3"
        keeping.take(audit)
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.recv(100)


def test_syslog_by_a_socket_of_the_machine_and_by_tcp(tmp_path, monkeypatch):
    audit = MemoryAudit()
    audit.append(deed())
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server:
        server.bind("log")
        server.settimeout(2)
        AuditSyslog(os.fspath(tmp_path / "log"), tmp_path / "one").take(audit)
        assert b"alarm.acknowledge" in server.recv(10_000)
    told = []
    done = threading.Event()

    class Taker(socketserver.StreamRequestHandler):
        def handle(self):
            told.extend(self.rfile.readlines())
            done.set()

    with socketserver.TCPServer(("127.0.0.1", 0), Taker) as tcp:
        thread = threading.Thread(target=tcp.handle_request)
        thread.start()
        AuditSyslog(f"tcp://127.0.0.1:{tcp.server_address[1]}", tmp_path / "two").take(audit)
        thread.join(5)
    assert done.is_set()
    assert len(told) == 1
    assert told[0].endswith(b"\n")


def test_syslog_that_is_away_waits_and_gets_it_later(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keeping = AuditSyslog(f"tcp://127.0.0.1:{port}", tmp_path / "mark")
    audit = MemoryAudit((keeping,))
    assert audit.append(deed()).number == 1
    with pytest.raises(Unreachable, match="does not answer"):
        keeping.take(audit)
    assert (tmp_path / "mark").read_text() == ""


@pytest.mark.parametrize("address", ["", "http://x", "tcp://", "host:port", "[::1"])
def test_other_addresses_are_refused_with_the_settings_name(address):
    with pytest.raises(BadInput, match="LIANXIN_AUDIT_SYSLOG"):
        syslog_address(address)


@pytest.mark.parametrize("takes", [True, False])
def test_nobody_waits_longer_than_three_seconds_for_syslog(tmp_path, takes):
    """One that takes the line and then nothing, and one that does not even take the line."""
    audit = MemoryAudit()
    for n in range(6000):
        audit.append(deed(subject=str(n), reason="x" * 900, after="y" * 900))
    with socket.socket() as server, ExitStack() as held:
        server.bind(("127.0.0.1", 0))
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        server.listen(0)
        here = server.getsockname()
        if not takes:  # the queue of those who wait is full
            for _ in range(4):
                full = held.enter_context(socket.socket())
                full.setblocking(False)
                full.connect_ex(here)
        keeping = AuditSyslog(f"tcp://127.0.0.1:{here[1]}", tmp_path / "mark")
        started = time.monotonic()
        with pytest.raises(Unreachable, match="does not answer"):
            keeping.take(audit)
        took_s = time.monotonic() - started
    assert 2 < took_s < 5
