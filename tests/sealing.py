"""A sealer for tests that need one and not its file."""

import atexit
import shutil
import tempfile
from pathlib import Path

from data_sources.sealing import Sealer
from data_sources.sealing_keys import SealingKeys


def sealer(folder: Path | None = None) -> Sealer:
    """Give a sealer with keys of its own, or with those of a folder."""
    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="lianxin-keys-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Sealer(SealingKeys(folder / "sealing.keys"))


SEALER = sealer()
