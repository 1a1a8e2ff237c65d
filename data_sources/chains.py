"""The usual chains of a matter, read from the city's own file, else from the shipped one."""

from pathlib import Path

from data_sources.city_files import read_rows
from operations.errors import BadInput
from operations.response.chain import MOST_LINKS, Template

FILES = Path(__file__).resolve().with_name("files")
FILE, NAME = "chains.toml", "chain"


def read_chains(folder: Path | None) -> tuple[Template, ...]:
    """Read the templates; raises BadInput for a chain of no or of too many links."""
    found = read_rows(folder, FILE, Template, NAME) or read_rows(FILES, FILE, Template, NAME)
    for template in found:
        if not 0 < len(template.stages) <= MOST_LINKS:
            raise BadInput(f"{FILE}: {template.code}", f"1 to {MOST_LINKS} links to a chain")
    return found
