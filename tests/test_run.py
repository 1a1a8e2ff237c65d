"""`./run` as a shell sees it: what it makes, what it says, and that it can be interrupted."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = (
    "import os, sys, click; print(os.environ['LIANXIN_DATA_DIR'])\n"
    "print('started', click.__name__, *sys.argv[1:])"
)
OTHER_PYTHONS = [
    *("python3.13", "python3.12", "python3.11", "python3.14", "python3", "python"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a small project with `run` and one package to install, in a folder with a space."""
    folder = tmp_path / "my city"
    (folder / "scripts").mkdir(parents=True)
    for name in ("run", "scripts/environment.sh", "scripts/uv.txt"):
        shutil.copy(ROOT / name, folder / name)
    lock = (ROOT / "requirements.txt").read_text()
    click = re.search(r"^click==.*\n(?:    --hash.*\n)+", lock, re.MULTILINE)
    assert click is not None
    (folder / "requirements.txt").write_text(click[0].rstrip().rstrip("\\") + "\n")
    (folder / "app.py").write_text(APP)
    return folder


def run(project: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [project / "run", *arguments],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHON": sys.executable} | more,
        cwd="/",
        timeout=120,
    )


def fake_pythons(folder: Path, script: str) -> str:
    """Make every name Python goes by mean `script`; give the PATH to find them first."""
    folder.mkdir()
    for name in OTHER_PYTHONS:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


@pytest.mark.slow
def test_the_first_start_makes_everything_once_and_the_next_nothing(project: Path) -> None:
    both = [
        subprocess.Popen(
            [project / "run", "--port", "1", "a b"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"PYTHON": sys.executable},
            cwd="/",
        )
        for _ in range(2)
    ]
    said = [one.communicate(timeout=120)[0] for one in both]
    assert all(words.endswith("started click run --port 1 a b\n") for words in said), said
    whole = "".join(said)
    assert whole.count("Making the environment") == 1
    assert whole.count("Installing what requirements.txt lists") == 1
    assert whole.count("Waiting for another installation") == 1
    started = time.monotonic()
    assert run(project).stdout == f"{project}/var\nstarted click run\n"
    assert time.monotonic() - started < 2
    assert list(project.glob(".venv.*")) == []


@pytest.mark.slow
def test_what_was_interrupted_or_refused_is_done_again(project: Path) -> None:
    env = os.environ | {"PYTHON": sys.executable}
    with subprocess.Popen([project / "run"], env=env, start_new_session=True) as one:
        until = time.monotonic() + 20
        while not (project / ".venv" / "bin").exists() and time.monotonic() < until:
            time.sleep(0.01)
        os.killpg(one.pid, signal.SIGKILL)
    assert (project / ".venv.lock").is_symlink(), "killed, it could not let go of the lock"

    lock = project / "requirements.txt"
    right = lock.read_text()
    lock.write_text(re.sub(r"sha256:.{64}", f"sha256:{'0' * 64}", right))
    refused = run(project)
    assert refused.returncode != 0
    assert "Making the environment" in refused.stdout
    assert "started" not in refused.stdout
    assert "hash" in refused.stderr.lower()

    lock.write_text(right)
    again = run(project)
    assert again.stdout.endswith("started click run\n"), again.stderr
    assert "Making the environment" not in again.stdout


def test_a_python_that_is_too_old_is_told(project: Path, tmp_path: Path) -> None:
    path = fake_pythons(tmp_path / "bin", "exit 1")
    told = run(project, PYTHON="", PATH=path)
    assert told.returncode != 0
    assert told.stderr.strip() == (
        "Python 3.11 or later was not found. On Debian: apt install python3 python3-venv"
    )


def test_a_missing_debian_package_is_named_in_one_line(project: Path, tmp_path: Path) -> None:
    python = f'case "$2" in *ensurepip*) exit 1;; esac; exec "{sys.executable}" "$@"'
    path = fake_pythons(tmp_path / "bin", python)
    told = run(project, PYTHON="", PATH=path)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert told.returncode != 0
    assert len(told.stderr.strip().splitlines()) == 1
    assert told.stderr.strip().endswith(f"apt install python{version}-venv")
    assert not (project / ".venv").exists()


def test_the_scripts_are_plain_shell() -> None:
    for name in ("run", "test", ".ci/run", "scripts/environment.sh"):
        subprocess.run(["sh", "-n", ROOT / name], check=True)
