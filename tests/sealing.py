"""A sealer for tests that need one and not its file."""

import tempfile
from pathlib import Path

from data_sources.sealing import Sealer
from data_sources.sealing_keys import SealingKeys


def sealer(folder: Path | None = None) -> Sealer:
    """Give a sealer with keys of its own, or with those of a folder."""
    place = Path(tempfile.mkdtemp(prefix="lianxin-keys-")) if folder is None else folder
    return Sealer(SealingKeys(place / "sealing.keys"))


SEALER = sealer()
