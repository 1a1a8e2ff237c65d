"""Where the compiled scan is kept between starts."""

import os
import shutil
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

from data_sources.embedded import die_with_parent

DETECTION = Path(__file__).resolve().parents[1] / "operations" / "detection"
PREFIX = "compiled-"
COMPILE = "from operations.detection.live.chores import warm_up; warm_up()"


def keep_compiled(data_dir: Path) -> Path:
    """Name the folder compiled functions are kept in; call before anything imports numba.

    Numba looks whether the file of a function changed, not whether what it calls did: a folder
    for each state of the source keeps an upgrade from running the old scan. It lies beside the
    source, or where that cannot be written, in the data folder.
    """
    beside = DETECTION / "__pycache__"
    folder = (beside if _is_writable(beside) else data_dir) / f"{PREFIX}{digest()}"
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    return folder


def digest() -> str:
    """Name the state of the source of detection."""
    state = blake2b(digest_size=6)
    for path in sorted(DETECTION.rglob("*.py")):
        state.update(path.read_bytes())
    return state.hexdigest()


def compile_elsewhere() -> bool:
    """Compile the scan in a process of its own; False where it is compiled and kept already.

    It takes half a minute and 300 MB, and would hold this process's interpreter for most of it.
    """
    folder = Path(os.environ.get("NUMBA_CACHE_DIR", ""))
    if not folder.name or any(folder.glob("**/*.nbi")):
        return False
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", COMPILE],
        cwd=DETECTION.parents[1],
        preexec_fn=die_with_parent,
        check=False,
    )
    for old in folder.parent.glob(f"{PREFIX}*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    return True


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)
