"""`app.py duties`: what is wrong with a catalogue of duties, before a city works with it."""

import sys
from contextlib import closing
from pathlib import Path

import click

from commanding import told

MOST_LINES = 200


@click.group("duties", context_settings={"help_option_names": ["-h", "--help"]})
def duties() -> None:
    """Check a catalogue of duties."""


@duties.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (./var).")
@told("duties")
def check(file: Path, data: Path | None) -> None:
    """Name every row of FILE that cannot be used, and what would mend it."""
    from data_sources.connect import Sources  # noqa: PLC0415 - `--help` answers at once
    from data_sources.duty_catalogue import catalogue_of, read_duties  # noqa: PLC0415
    from settings import read_kept_settings  # noqa: PLC0415

    with closing(Sources(read_kept_settings(data))) as sources:
        rows, faults = read_duties(file, sources.reference)
        held = catalogue_of(rows, sources.reference)
    for one in faults[:MOST_LINES]:
        click.echo(str(one))
    if len(faults) > MOST_LINES:
        click.echo(f"and {len(faults) - MOST_LINES} more")
    dated = "no day" if held.dated is None else held.dated.isoformat()
    click.echo(f"{len(rows)} duties, version {held.digest} of {dated}; {len(faults)} faulty rows")
    sys.exit(1 if faults else 0)
