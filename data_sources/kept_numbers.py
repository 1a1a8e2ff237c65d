"""Numbers the watch has learnt, kept between starts so that a restart watches at once."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

Plain = list[float]


class KeptNumbers:
    """A file of rows of numbers by name; `version` names what made them.

    What another version made, or cannot be read, is not there: it is made again.
    """

    def __init__(self, path: Path, version: str) -> None:
        self._path, self._version = path, version

    def read(self) -> dict[str, Plain]:
        """Give what was kept."""
        try:
            held = json.loads(self._path.read_text("utf-8"))
            if held["version"] != self._version:
                return {}
            return {str(name): [float(one) for one in row] for name, row in held["rows"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def keep(self, rows: Mapping[str, Sequence[float]]) -> None:
        """Write all of it, whole or not at all."""
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps({"version": self._version, "rows": dict(rows)}), "utf-8")
        part.replace(self._path)
