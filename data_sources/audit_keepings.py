"""Keepings of the audit log beside the database: a file that only grows, or syslog.

A line comes here after its transaction is kept, so that a keeping never tells of what did not
happen. What a crash kept back comes with the next line, or at the next start.
"""

import fcntl
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from logging.handlers import SysLogHandler
from pathlib import Path
from socket import SOCK_DGRAM, SOCK_STREAM, SocketKind, create_connection
from typing import NoReturn
from urllib.parse import urlsplit

from operations.errors import BadInput, OperationsError, Unreachable
from operations.people.audit import (
    EMPTY,
    Flaw,
    Head,
    KeptLine,
    Unfit,
    chained,
    head_of,
    head_said,
    read_back,
    written,
)
from operations.people.ports import Audit

TAIL_BYTES = 524_288  # a line of seven longest texts, all in escapes, is shorter
SYSLOG_PORT = 514
OWNER_ALONE = 0o600


class AuditFile:
    """A file of its owner alone that gets every line, and reaches the disk before `take` returns.

    One line of text for each line of the log: its hash, a space, canonical JSON.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def take(self, log: Audit) -> None:
        """Take every line the file does not have yet."""
        with _locked(self.path) as file:
            head = _end_of(file)
            lines = "".join(written(kept) + "\n" for kept in _following(log, head))
            if lines:
                _write_all(file, lines.encode("ascii"))
                os.fsync(file)

    def lines(self) -> Iterator[KeptLine]:
        """Give every line, in order; raises `Unfit` at one that is none; none without a file."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield read_back(line.decode("ascii").removesuffix("\n"))
                except ValueError as error:
                    raise Unfit(number, f"of {self.path.name} {error}") from error
                if not line.endswith(b"\n"):
                    raise Unfit(number, f"of {self.path.name} was cut off")


class AuditSyslog:
    """A syslog server that gets every line at least once, after a crash some twice.

    `mark` is a file that keeps how far it has come. Raises BadInput for what is no address.
    """

    def __init__(self, address: str, mark: Path) -> None:
        syslog_address(address)
        self._address, self._mark = address, mark

    def take(self, log: Audit) -> None:
        """Send every line that was not sent yet."""
        with _locked(self._mark) as file:
            said = os.pread(file, 200, 0).decode("ascii", "replace")
            head = head_said(said) if said else EMPTY
            sent = None
            with _syslog(self._address) as handler:
                for kept in _following(log, head):
                    handler.emit(_record(kept))
                    sent = head_of(kept)
            if sent is not None:
                os.ftruncate(file, 0)
                os.pwrite(file, str(sent).encode("ascii"), 0)
                os.fsync(file)


PATIENCE_S = 3.0


class _Handler(SysLogHandler):
    """Raises what hinders it instead of printing it, and waits for no silent server."""

    def createSocket(self) -> None:  # noqa: N802 - logging's name
        if isinstance(self.address, tuple) and self.socktype == SOCK_STREAM:
            self.unixsocket = False
            self.socket = create_connection(self.address, timeout=PATIENCE_S)
        else:
            super().createSocket()

    def handleError(self, record: logging.LogRecord) -> NoReturn:  # noqa: ARG002, N802 - logging's name
        raise  # noqa: PLE0704 - called while the error is handled


def syslog_address(address: str) -> tuple[str | tuple[str, int], SocketKind]:
    """Read `/dev/log`, `host:port` (UDP) or `tcp://host:port`; raises BadInput."""
    if address.startswith("/"):
        return address, SOCK_DGRAM
    try:
        parts = urlsplit(address if "://" in address else f"udp://{address}")
        host, port = parts.hostname, parts.port or SYSLOG_PORT
    except ValueError:
        host, port, parts = None, 0, urlsplit("")
    if not host or parts.scheme not in ("udp", "tcp"):
        reason = f"give /dev/log, host:port or tcp://host:port (got {address!r})"
        raise BadInput("LIANXIN_AUDIT_SYSLOG", reason)
    return (host, port), SOCK_STREAM if parts.scheme == "tcp" else SOCK_DGRAM


@contextmanager
def _syslog(address: str) -> Iterator[_Handler]:
    where, kind = syslog_address(address)
    try:
        handler = _Handler(where, SysLogHandler.LOG_AUTHPRIV, kind)
        handler.append_nul = kind == SOCK_DGRAM and isinstance(where, str)
        handler.ident = "lianxin-audit: "
        if kind == SOCK_STREAM:  # RFC 6587: lines end with a line feed
            handler.setFormatter(logging.Formatter("%(message)s\n"))
        try:
            yield handler
        finally:
            handler.close()
    except OSError as error:
        raise Unreachable(f"syslog at {address} does not answer: {error}") from error


def _record(kept: KeptLine) -> logging.LogRecord:
    return logging.LogRecord("audit", logging.INFO, "", 0, written(kept), None, None)


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Open a file of its owner alone for one taker at a time; it is made where there is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ALONE)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)
    except OSError as error:
        raise Unreachable(f"{path} cannot be written: {error.strerror}") from error


def _end_of(file: int) -> Head:
    """Give the head of what a file holds; half a line that a crash left is taken away."""
    size = os.lseek(file, 0, os.SEEK_END)
    start = max(size - TAIL_BYTES, 0)
    tail = os.pread(file, size - start, start)
    whole = tail.rfind(b"\n") + 1
    if whole < len(tail):
        os.ftruncate(file, start + whole)
        os.lseek(file, 0, os.SEEK_END)
    if not whole:
        return EMPTY
    last = tail[:whole].splitlines()[-1]
    try:
        return head_of(read_back(last.decode("ascii")))
    except ValueError as error:
        raise _differs(Flaw(0, f"the last one {error}")) from error


def _following(log: Audit, head: Head) -> Iterable[KeptLine]:
    """Give the lines behind a head; refuses to go on where the log is not the one it began with."""
    ends = log.head()
    if ends.number < head.number:
        raise _differs(Flaw(ends.number + 1, "is no longer in the database"))
    before = head
    for kept in log.lines(after=head.number):
        if chained(kept.line, before.hash) != kept:
            raise _differs(Flaw(kept.line.number, "does not follow what was written before it"))
        before = head_of(kept)
        yield kept


def _differs(flaw: Flaw) -> OperationsError:
    return OperationsError(
        f"the audit log and what is kept beside it differ at {flaw}; "
        "run `python app.py check --audit`"
    )


def _write_all(file: int, told: bytes) -> None:
    view = memoryview(told)
    while view:
        view = view[os.write(file, view) :]
