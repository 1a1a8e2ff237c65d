"""The door for people and programs: the command line; `app.py web` is the web server."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from cataloguing import duties
from commanding import loading, told
from enrolling import users
from exchanging import open311
from settings import Settings, read_kept_settings, read_settings

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Lianxin 连心: a city's hotline, live."""


def command(name: str, **kwargs: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a command whose expected errors end it with one line instead of a trace."""

    def make(function: Callable[..., Any]) -> Callable[..., Any]:
        option = click.option(
            "--data", type=click.Path(path_type=Path), help="Data folder (./var)."
        )
        return cli.command(name, **kwargs)(option(told(name)(function)))

    return make


def settings_for(data: Path | None, **overrides: Any) -> Settings:
    """Read settings and set up logging for this process."""
    from data_sources.logs import configure  # noqa: PLC0415 - `--help` answers at once without it

    settings = read_settings(data_dir=data, **overrides)
    configure(settings.log_level)
    return settings


@command("run")
@click.option("--port", type=int, help="Port of the web server (8050).")
@click.option("--host", help="Address to listen on (127.0.0.1); others with TLS only.")
@click.option("--tls-cert", type=FILE, help="Certificate of the web server, with its chain (PEM).")
@click.option("--tls-key", type=FILE, help="The certificate's key (PEM).")
@click.option("--no-demo", is_flag=True, help="No demo city: only tickets that come in.")
@click.option("--pace", type=float, help="Demo city: its hours per real hour (1).")
@click.option("--city", help="A shipped city, a city's folder, or mapping:NAME.")
@click.option("--replay", type=click.Path(exists=True, path_type=Path), help="Live a table again.")
@click.option("--mapping", help="How the table is read: a shipped mapping or a TOML file.")
@click.option("--speed", type=float, default=60.0, help="Replay: its hours per real hour (60).")
def run(data: Path | None, **options: Any) -> None:
    """Start everything and print the address of the wall."""
    with loading():
        from running import run_all  # noqa: PLC0415

    code = run_all(data, **options)
    sys.stdout.flush()
    # Taking the interpreter apart would take half of the second that Ctrl-C may take.
    os._exit(code)


@command("web")
def web(data: Path | None) -> None:
    """Serve screens, interfaces and streams (started by `run`)."""
    from gevent import monkey  # noqa: PLC0415 - only this process lives on gevent

    monkey.patch_all()
    with loading():
        from serving import serve  # noqa: PLC0415 - after the patch

    serve(settings_for(data))


@command("worker")
def worker(data: Path | None) -> None:
    """Take tickets from the stream into the ledger and the pictures (started by `run`)."""
    from data_sources.compiled import keep_compiled  # noqa: PLC0415

    settings = settings_for(data)
    keep_compiled(settings.data_dir)
    with loading():
        from worker import work  # noqa: PLC0415 - after the place of what it compiles is known

    work(settings)


@command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mapping", required=True, help="A shipped mapping or a TOML file.")
def import_(data: Path | None, file: Path, mapping: str) -> None:
    """Take the rows of a table into the running system (.csv, .csv.gz, .xlsx, NDJSON)."""
    from feeding import import_file  # noqa: PLC0415

    import_file(sources_for(data), file, mapping)


@command("replay")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mapping", required=True, help="A shipped mapping or a TOML file.")
@click.option("--speed", type=float, default=60.0, help="Hours per real hour (60).")
@click.option("--from", "start", type=click.DateTime(), help="Where to begin, local time.")
@click.option("--until", "stop", type=click.DateTime(), help="Where to end, local time.")
@click.option(
    "--shift",
    type=click.Choice(["none", "first", "last"]),
    default="none",
    help="Move the first or last ticket to now.",
)
def replay(data: Path | None, file: Path, mapping: str, **options: Any) -> None:
    """Live the tickets of a table again (started by `run --replay`)."""
    from feeding import replay_file  # noqa: PLC0415

    sources = sources_for(data)
    for name in ("start", "stop"):
        if options[name] is not None:
            options[name] = options[name].replace(tzinfo=sources.reference.zone)
    replay_file(sources, file, mapping, **options)


@command("demo")
def demo(data: Path | None) -> None:
    """Live the demo city (started by `run`)."""
    from feeding import live_demo  # noqa: PLC0415

    live_demo(sources_for(data))


@command("scene")
@click.argument("name", required=False)
def scene(data: Path | None, name: str | None) -> None:
    """Ask the living demo city for a scene; without a name, list them."""
    from feeding import ask_for_scene  # noqa: PLC0415

    ask_for_scene(sources_for(data), name)


@command("set-aside")
@click.option("--most", type=int, default=50, help="How many lines (50).")
@click.option("--all", "include_sent", is_flag=True, help="Also those that were sent again.")
@click.option("--send", type=int, multiple=True, help="Send this line again; may be repeated.")
@click.option("--send-all", is_flag=True, help="Send all listed lines again.")
def set_aside(
    data: Path | None, most: int, include_sent: bool, send: tuple[int, ...], send_all: bool
) -> None:
    """List what could not be taken, with field and reason, or send it again."""
    from feeding import send_set_aside, show_set_aside  # noqa: PLC0415

    if send or send_all:
        send_set_aside(sources_for(data), list(send), every=send_all, most=most)
    else:
        show_set_aside(sources_for(data), most=most, include_sent=include_sent)


@command("keys")
@click.argument("what", type=click.Choice(["list", "rotate", "forget"]))
def keys(data: Path | None, what: str) -> None:
    """List the keys that seal, seal everything with a new one, or forget those not needed."""
    from custody import KEYS  # noqa: PLC0415

    KEYS[what](sources_for(data))


@command("retention")
@click.option("--apply", is_flag=True, help="Erase; without it only count.")
def retention(data: Path | None, apply: bool) -> None:
    """Erase what is sealed of old closed tickets; every count stays as it is."""
    from custody import apply_retention  # noqa: PLC0415

    apply_retention(sources_for(data), apply=apply)


@command("check")
@click.option("--audit", is_flag=True, help="Check the audit log instead of the pictures.")
@click.option("--head", help="A head of the audit log that was kept elsewhere, number:hash.")
def check(data: Path | None, audit: bool, head: str | None) -> None:
    """Count every number of pictures and days again in plain SQL, and print what differs."""
    if audit or head:
        from auditing import check_audit  # noqa: PLC0415

        sys.exit(check_audit(sources_for(data), head))
    from checking import check_cubes, check_pictures  # noqa: PLC0415

    sources = sources_for(data)
    sys.exit(check_pictures(sources) | check_cubes(sources))


@command("rebuild")
def rebuild(data: Path | None) -> None:
    """Count the figures of every day anew from the tickets; the system may go on running."""
    from checking import rebuild_cubes  # noqa: PLC0415

    rebuild_cubes(sources_for(data))


@command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with-keys", is_flag=True, help="Put the keys and tokens in as well.")
def backup(data: Path | None, file: Path, with_keys: bool) -> None:
    """Keep the whole ledger in one file, while everything goes on running."""
    from keeping import back_up  # noqa: PLC0415

    with closing(sources_for(data)) as sources:
        back_up(sources, file, with_keys=with_keys)


@command("restore")
@click.argument("file", type=FILE)
def restore(data: Path | None, file: Path) -> None:
    """Make the ledger of a backup in an empty folder or database, and check every row."""
    from keeping import restore_from  # noqa: PLC0415

    restore_from(settings_for(data), file)


@command("report")
@click.option("--kind", type=click.Choice(["daily", "weekly", "monthly"]), default="daily")
@click.option("--day", help="A day, 2026-W47 or 2026-11; the last that is over without it.")
@click.option("--language", type=click.Choice(["zh", "en"]), help="Else that of the settings.")
@click.option("--scope", default="city", help="Else district-CODE or department-CODE.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def report(data: Path | None, **options: Any) -> None:
    """Write the report of a day, a week or a month to a .pdf or a .docx."""
    from reporting import write_report  # noqa: PLC0415

    with closing(sources_for(data)) as sources:
        write_report(sources, **options)


@command("scan")
@click.option(
    "--model",
    type=click.Choice(["stp", "poisson", "bernoulli"]),
    required=True,
    help="Space-time permutation, discrete Poisson or Bernoulli.",
)
@click.option("--cases", type=FILE, required=True, help="Place, count, date, covariates.")
@click.option("--places", type=FILE, required=True, help="Place and coordinates.")
@click.option("--population", type=FILE, help="Place, date, people, covariates (poisson).")
@click.option("--controls", type=FILE, help="Place, count, date (bernoulli).")
@click.option("--shapes", type=FILE, help="GeoJSON: polygons, or lists of places, to scan too.")
@click.option(
    "--coordinates",
    type=click.Choice(["latlong", "cartesian"]),
    default="latlong",
    help="Degrees, or a plane whose unit is then that of the radius (latlong).",
)
@click.option("--start", help="First day of the study (that of the cases).")
@click.option("--end", help="Last day of the study (that of the cases).")
@click.option("--max-radius-km", type=float, help="Largest radius.")
@click.option(
    "--max-population",
    type=float,
    default=0.5,
    help="Largest share of cases, population or people in a circle (0.5).",
)
@click.option("--max-window", default="50%", help="Longest window: 7d, 3y, or 50% of the study.")
@click.option("--spatial-only", is_flag=True, help="Leave time out.")
@click.option("--step", type=click.Choice(["day", "month", "year"]), default="day")
@click.option("--replications", type=int, default=999, help="Monte Carlo replicates (999).")
@click.option("--seed", type=int, default=1, help="Seed of the replicates (1).")
@click.option("--adjust", type=click.Choice(["weekday"]), help="Hold days of the week apart.")
@click.option("--prospective", is_flag=True, help="Only windows that last until the end.")
@click.option("--threads", type=int, help="Threads (as many as there are cores).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def scan(data: Path | None, **options: Any) -> None:
    """Find clusters in files of cases and places (SaTScan's formats)."""
    from data_sources.compiled import keep_compiled  # noqa: PLC0415

    keep_compiled(data or Path("var"))
    from scanning import scan_files  # noqa: PLC0415 - numba takes a second

    options["threads"] = options["threads"] or len(os.sched_getaffinity(0))
    scan_files(**options)


cli.add_command(users)
cli.add_command(duties)
cli.add_command(open311)


def sources_for(data: Path | None) -> Any:
    """Connect a command to the data folder of a running system."""
    from data_sources.connect import Sources  # noqa: PLC0415
    from data_sources.logs import configure  # noqa: PLC0415

    settings = read_kept_settings(data)
    configure(settings.log_level)
    return Sources(settings)


if __name__ == "__main__":
    cli()
