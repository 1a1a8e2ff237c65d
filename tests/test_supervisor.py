"""The supervisor as a process: order, restarts, and that nothing outlives it."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

import supervisor
from supervisor import Part, Running

ROOT = Path(__file__).resolve().parent.parent

PROGRAM = """
import os, signal, subprocess, sys, time
from pathlib import Path
from supervisor import Part, PartFailed, Supervisor
folder = Path(sys.argv[1])
def part(name, code, **more):
    return Part(name, [sys.executable, "-c", code, str(folder)], **more)
def tell(line):
    print(line, flush=True)
stages = {stages}
try:
    Supervisor(stages, folder / "log", tell).run(lambda: tell("all is up"))
except PartFailed as error:
    tell(f"FAILED {{error}}")
"""
SLEEP = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
CHILD = (
    "import os, sys, time\n"
    "from data_sources.embedded import die_with_parent\n"
    "if os.fork() == 0:\n    die_with_parent()\n"
    "time.sleep(60)"
)


class Supervised:
    """A supervisor in a process of its own, and what it says."""

    def __init__(self, stages: str, folder: Path) -> None:
        self.folder = folder
        with (folder / "out").open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM.format(stages=stages), str(folder)],
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
            )

    @property
    def said(self) -> str:
        return (self.folder / "out").read_text()

    def until(self, true: Callable[[], object], patience_s: float = 15) -> None:
        last = time.monotonic() + patience_s
        while not true():
            assert time.monotonic() < last, f"not in time; it said:\n{self.said}"
            time.sleep(0.01)

    def says(self, words: str) -> None:
        self.until(lambda: words in self.said)

    def descendants(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, *numbers: int) -> float:
        """Send signals and wait; give how long that took, in seconds."""
        started = time.monotonic()
        for number in numbers:
            self.process.send_signal(number)
            time.sleep(0.1)
        self.process.wait(10)
        return time.monotonic() - started


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [one for one in processes if one.is_running() and one.status() != "zombie"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Supervised]]:
    made: list[Supervised] = []

    def begin(stages: str) -> Supervised:
        made.append(Supervised(stages, tmp_path))
        return made[-1]

    yield begin
    for one in made:
        one.process.kill()
        one.process.wait()


def test_stages_start_one_after_another_and_then_it_is_announced(start: Callable) -> None:
    one = start(
        f"[[part('first', {SLEEP!r}, ready=(folder / 'go').exists)],"
        f" [part('second', {SLEEP!r}), part('third', {SLEEP!r})]]"
    )
    one.says("starting first")
    time.sleep(0.3)
    assert "second" not in one.said
    (one.folder / "go").touch()
    one.says("all is up")
    words = ["starting first", "starting second", "starting third", "all is up"]
    assert one.said.split("\n")[:4] == words


def test_what_dies_is_started_again_after_growing_pauses(start: Callable) -> None:
    dying = "import sys; print('my last word', flush=True); sys.exit(3)"
    one = start(f"[[part('other', {SLEEP!r}), part('dying', {dying!r})]]")
    one.until(lambda: one.said.count("dying ended (exit code 3)") >= 4)
    pauses = [float(found) for found in re.findall(r"again in ([\d.]+) s", one.said)]
    assert 0.1 <= pauses[0] <= 0.3
    assert pauses[0] < pauses[1] < pauses[2] < pauses[3]
    assert (one.folder / "log" / "dying.log").read_text().count("my last word") >= 4
    assert "other ended" not in one.said


def test_a_killed_part_comes_back(start: Callable) -> None:
    one = start(f"[[part('part', {SLEEP!r})]]")
    one.says("all is up")
    (first,) = one.descendants()
    first.kill()
    one.says("part ended (signal SIGKILL)")
    one.until(lambda: alive(one.descendants()))
    assert one.descendants()[0].pid != first.pid


def test_a_part_that_may_end_is_let_go(start: Callable) -> None:
    one = start(f"[[part('other', {SLEEP!r}), part('replay', 'pass', ends_well=True)]]")
    one.says("replay has finished")
    time.sleep(0.5)
    assert "again" not in one.said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_ends_all_of_it_within_a_second(start: Callable, number: int) -> None:
    one = start(f"[[part('deaf', {DEAF!r})], [part('mother', {CHILD!r}), part('p', {SLEEP!r})]]")
    one.says("all is up")
    one.until(lambda: len(one.descendants()) == 4)
    family = one.descendants()
    assert one.end(number) < 1
    assert one.process.returncode == 0
    assert alive(family) == []


def test_a_second_ctrl_c_kills_at_once(start: Callable) -> None:
    one = start(f"[[part('deaf', {DEAF!r})]]")
    one.says("all is up")
    time.sleep(0.3)  # until it is deaf
    family = one.descendants()
    assert one.end(signal.SIGINT, signal.SIGINT) < 0.5
    assert alive(family) == []


def test_what_others_stand_on_ends_last(start: Callable) -> None:
    last_word = (
        "import signal, sys, time\n"
        "def end(*_):\n"
        "    open(sys.argv[1] + '/order', 'a').write('{0} ')\n"
        "    sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "open(sys.argv[1] + '/{0}', 'w')\n"
        "time.sleep(60)"
    )
    stages = ", ".join(
        f"[part({name!r}, {last_word.format(name)!r}, ready=(folder / {name!r}).exists)]"
        for name in ("ground", "house")
    )
    one = start(f"[{stages}]")
    one.says("all is up")
    one.end(signal.SIGTERM)
    assert (one.folder / "order").read_text() == "house ground "


def test_a_killed_supervisor_leaves_no_process(start: Callable) -> None:
    one = start(f"[[part('deaf', {DEAF!r}), part('mother', {CHILD!r})]]")
    one.says("all is up")
    one.until(lambda: len(one.descendants()) == 3)
    family = one.descendants()
    one.end(signal.SIGKILL)
    one.until(lambda: not alive(family))


def test_what_a_dead_part_had_started_does_not_keep_its_place(start: Callable) -> None:
    orphaning = "import os, time\nif os.fork() == 0: time.sleep(60)\ntime.sleep(60)"
    one = start(f"[[part('part', {orphaning!r})]]")
    one.until(lambda: len(one.descendants()) == 2)
    mother, child = one.descendants()
    mother.kill()
    one.says("again in")
    one.until(lambda: not alive([child]))


def test_a_part_that_does_not_come_up_is_told_with_its_last_words(start: Callable) -> None:
    broken = "import sys; print('no such table: tickets'); sys.exit(1)"
    one = start(f"[[part('other', {SLEEP!r})], [part('broken', {broken!r}, ready=lambda: False)]]")
    one.says("FAILED broken does not come up")
    assert "no such table: tickets" in one.said
    assert str(one.folder / "log" / "broken.log") in one.said
    one.process.wait(15)


def test_an_answer_that_fails_is_asked_for_again(start: Callable) -> None:
    one = start(f"[[part('part', {SLEEP!r}, ready=lambda: (folder / 'go').read_text())]]")
    log = one.folder / "log" / "part.log"
    one.until(lambda: log.exists() and "FileNotFoundError" in log.read_text())
    time.sleep(0.2)
    (one.folder / "go").write_text("yes")
    one.says("all is up")
    assert log.read_text().count("FileNotFoundError") == 1


def test_an_answer_that_hangs_does_not_hold_up_ctrl_c(start: Callable) -> None:
    one = start(f"[[part('hanging', {SLEEP!r}, ready=lambda: time.sleep(60))]]")
    one.says("starting hanging")
    time.sleep(0.3)
    assert one.end(signal.SIGINT) < 1
    assert "all is up" not in one.said


def test_a_log_is_kept_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LOG_BYTES", 1000)
    talkative = "for number in range(1000): print('连心 line', number)"
    running = Running(Part("talkative", [sys.executable, "-c", talkative]), tmp_path)
    running.start()
    until = time.monotonic() + 10
    while "999" not in "".join(running.last_words) and time.monotonic() < until:
        time.sleep(0.01)
    while not running.ended:
        time.sleep(0.01)
    running.close()
    files = list(tmp_path.glob("talkative.log*"))
    assert len(files) == 1 + supervisor.LOG_FILES
    assert all(file.stat().st_size <= 1000 for file in files)
    assert running.log_file.parent == tmp_path
    folder = tmp_path / "of a first start"
    Running(Part("quiet", ["true"]), folder).close()
    assert folder.stat().st_mode & 0o777 == 0o700, "its owner's alone"
