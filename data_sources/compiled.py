"""Where the compiled scan is kept between starts."""

import os
from hashlib import blake2b
from pathlib import Path

DETECTION = Path(__file__).resolve().parents[1] / "operations" / "detection"


def keep_compiled(data_dir: Path) -> Path:
    """Name the folder compiled functions are kept in; call before anything imports numba.

    Numba looks whether the file of a function changed, not whether what it calls did: a folder
    for each state of the source keeps an upgrade from running the old scan. It lies beside the
    source, or where that cannot be written, in the data folder.
    """
    digest = blake2b(digest_size=6)
    for path in sorted(DETECTION.glob("*.py")):
        digest.update(path.read_bytes())
    beside = DETECTION / "__pycache__"
    name = f"compiled-{digest.hexdigest()}"
    folder = (beside if _is_writable(beside) else data_dir) / name
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    return folder


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)
