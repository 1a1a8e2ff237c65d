"""Starts the parts, starts again what dies, and ends them all together.

1. Stages start one after another, the parts of one stage together; a stage is over when each
   of its parts says it is ready.
2. A part that ends is started again after a pause that doubles from 0.2 s to 10 s, and is
   short again once the part has lived for half a minute. What it had started goes with it, so
   that nothing keeps its port or its files.
3. SIGTERM or Ctrl-C ends all parts within a second, later stages first, so that what they
   stand on outlives them; a second one kills at once. When this process is killed, the kernel
   ends the parts (`die_with_parent`; all are started from the main thread, for the kernel
   counts the thread as the parent).
"""

import logging
import logging.handlers
import os
import random
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from data_sources.embedded import die_with_parent
from operations.errors import OperationsError

FIRST_PAUSE_S, LONGEST_PAUSE_S, LONG_LIFE_S = 0.2, 10.0, 30.0
STAGE_GRACE_S, GRACE_S, REAP_S = 0.3, 0.45, 0.2
LOOK_EVERY_S = 0.05
DEATHS_AT_START = 3
LOG_BYTES, LOG_FILES = 5_000_000, 3


class PartFailed(OperationsError):
    """A part did not come up; the message carries its last words."""


@dataclass(frozen=True)
class Part:
    """One process: how it is started, and how one sees that it is ready."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], bool] = lambda: True
    patience_s: float = 60.0
    ends_well: bool = False
    """True for a part that may end by itself with code 0, such as a replay."""


class Running:
    """A part's process, its log, and what is known of its lives."""

    def __init__(self, part: Part, log_dir: Path) -> None:
        self.part = part
        self.last_words: deque[str] = deque(maxlen=12)
        self.deaths = 0
        self.done = False
        self._pause_s = FIRST_PAUSE_S
        self._due = 0.0
        self._started = 0.0
        self._process: subprocess.Popen[bytes] | None = None
        self._keeping: threading.Thread | None = None
        log_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.log_file = log_dir / f"{part.name}.log"
        self._log = logging.handlers.RotatingFileHandler(
            self.log_file, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
        )
        self._ready = threading.Event()
        self._not_ready = ""
        self._closed = False

    def ask_until_ready(self) -> None:
        """Keep asking in the background, for an answer that hangs must not hold up a Ctrl-C."""

        def ask() -> None:
            while not self._closed and not self._answers_well():
                time.sleep(LOOK_EVERY_S)

        threading.Thread(target=ask, daemon=True).start()

    def _answers_well(self) -> bool:
        try:
            if self.part.ready():
                self._ready.set()
        except Exception as error:  # asked again; should it last, the log has the reason
            if repr(error) != self._not_ready:
                self._not_ready = repr(error)
                self._write(f"not ready: {error!r}")
        return self.is_ready

    @property
    def is_ready(self) -> bool:
        """Tell whether the part has said that it is ready."""
        return self._ready.is_set()

    def start(self) -> None:
        """Start the process; must be called from the main thread."""
        self._started = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - our own command lines
            list(self.part.argv),
            env=os.environ | dict(self.part.env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - one system call, nothing imported
        )
        assert self._process.stdout is not None
        self._keeping = threading.Thread(
            target=self._keep_log, args=(self._process.stdout,), daemon=True
        )
        self._keeping.start()

    def _keep_log(self, lines: IO[bytes]) -> None:
        with lines:
            for line in lines:
                self._write(line.decode("utf-8", "replace").rstrip())

    def _write(self, text: str) -> None:
        self.last_words.append(text)
        self._log.emit(logging.makeLogRecord({"msg": text}))

    def look(self, tell: Callable[[str], None]) -> None:
        """Notice an end, and start again when the pause is over."""
        now = time.monotonic()
        if self._process is None:
            if not self.done and now >= self._due:
                self.start()
            return
        code = self._process.poll()
        if code is None:
            return
        self.signal(signal.SIGKILL)
        self._process = None
        if code == 0 and self.part.ends_well:
            self.done = True
            tell(f"{self.part.name} has finished")
            return
        self.deaths += 1
        if now - self._started > LONG_LIFE_S:
            self._pause_s = FIRST_PAUSE_S
        pause_s = self._pause_s * random.uniform(0.8, 1.2)
        self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)
        self._due = now + pause_s
        tell(f"{self.part.name} ended ({_cause(code)}); starting it again in {pause_s:.1f} s")

    def signal(self, number: int) -> None:
        """Send a signal to the process and everything it started."""
        if self._process is not None:
            with suppress(ProcessLookupError):  # none of them is left
                os.killpg(self._process.pid, number)

    def close(self) -> None:
        """Write the last words down and let go of the log."""
        self._closed = True
        if self._keeping is not None:
            self._keeping.join(REAP_S)
        self._log.close()

    @property
    def ended(self) -> bool:
        """Tell whether there is no process now."""
        return self._process is None or self._process.poll() is not None


def _cause(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


class Supervisor:
    """Keeps stages of parts alive until it is told to stop."""

    def __init__(
        self, stages: Sequence[Sequence[Part]], log_dir: Path, tell: Callable[[str], None]
    ) -> None:
        self._stages = [[Running(part, log_dir) for part in stage] for stage in stages]
        self._all: list[Running] = []
        self._tell = tell
        self._stops = 0

    def run(self, announce: Callable[[], None]) -> int:
        """Start everything, say so, watch over it; give the exit code when told to stop.

        Raises PartFailed when a part does not come up.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_stop)
        try:
            for stage in self._stages:
                self._start(stage)
            if not self._stops:
                announce()
            while not self._stops:
                self._look()
        finally:
            self._end()
        return 0

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stops += 1

    def _look(self) -> None:
        for running in self._all:
            running.look(self._tell)
        time.sleep(LOOK_EVERY_S)

    def _start(self, stage: Sequence[Running]) -> None:
        started = time.monotonic()
        for running in stage:
            self._tell(f"starting {running.part.name}")
            running.start()
            running.ask_until_ready()
            self._all.append(running)
        waiting = list(stage)
        while waiting and not self._stops:
            self._look()
            waiting = [running for running in waiting if not running.is_ready]
            for running in waiting:
                late = time.monotonic() - started > running.part.patience_s
                if late or running.deaths >= DEATHS_AT_START:
                    raise PartFailed(_last_words(running))

    def _end(self) -> None:
        """End all parts: asked first, made to when the grace is over or on a second Ctrl-C."""
        started, asked = time.monotonic(), max(self._stops, 1)
        for stage in reversed(self._stages):
            for running in stage:
                running.signal(signal.SIGTERM)
            last = stage is self._stages[0]
            until = started + (GRACE_S if last else STAGE_GRACE_S)
            _wait_for(lambda: self._stops > asked or self._all_ended(stage), until)  # noqa: B023
        for running in self._all:
            running.signal(signal.SIGKILL)
        _wait_for(lambda: self._all_ended(self._all), time.monotonic() + REAP_S)
        for running in self._all:
            running.close()

    @staticmethod
    def _all_ended(some: Sequence[Running]) -> bool:
        return all(running.ended for running in some)


def _wait_for(true: Callable[[], bool], until: float) -> None:
    while not true() and time.monotonic() < until:
        time.sleep(0.01)


def _last_words(running: Running) -> str:
    name = running.part.name
    words = "\n  ".join(running.last_words) or "(it said nothing)"
    return f"{name} does not come up. Its last words:\n  {words}\nThe whole log: {running.log_file}"
