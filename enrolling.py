"""`app.py users`: the first administrator, and everybody after."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import click

from commanding import told
from operations.errors import BadInput

DATA = click.option("--data", type=click.Path(path_type=Path), help="Data folder (./var).")
STDIN = click.option("--password-stdin", is_flag=True, help="Read the password from stdin.")


@click.group("users", context_settings={"help_option_names": ["-h", "--help"]})
def users() -> None:
    """Add people, list them, lock them, give them roles, reset their password."""


def where(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say where somebody works."""
    for option in (
        click.option("--place", help="Code of the district (ring county) or town (ring town)."),
        click.option(
            "--ring", type=click.Choice(["city", "county", "town"]), default="city",
            help="How far the account reaches (city).",
        ),
        click.option("--department", help="Code of the department."),
    ):  # fmt: skip
        function = option(function)
    return function


@users.command("add")
@click.argument("login")
@click.option("--name", default="", help="The person's name, as it signs acts.")
@click.option("--role", "roles", multiple=True, required=True, help="A role; may be repeated.")
@click.option("--sso", help="The subject the identity provider knows the person by.")
@click.option("--no-password", is_flag=True, help="Only the identity provider opens it.")
@click.option("--must-change", is_flag=True, help="The password is to be changed at first.")
@STDIN
@where
@DATA
@told("users")
def add(data: Path | None, login: str, roles: tuple[str, ...], **options: Any) -> None:
    """Add a person."""
    from operations.people.keeping import make_account  # noqa: PLC0415 - `--help` answers at once
    from operations.people.roles import read_roles  # noqa: PLC0415

    sources = connect(data)
    password = None if options["no_password"] else ask(stdin=options["password_stdin"])
    made = make_account(
        sources.sign_in,
        account_id=uuid4().hex,
        login=login,
        name=options["name"],
        roles=read_roles(roles),
        where=place_of(**options),
        password=password,
        sso=options["sso"],
        must_change=options["must_change"],
        by=by(),
    )
    click.echo(f"{made.login}: {', '.join(sorted(made.roles))}")


@users.command("list")
@DATA
@told("users")
def list_(data: Path | None) -> None:
    """List everybody, with roles, reach and second proof."""
    sources = connect(data)
    for one in sources.accounts.everyone():
        keys = len(sources.accounts.passkeys_of(one.id))
        second = ", ".join(["totp"] * bool(one.totp) + [f"{keys} passkeys"] * bool(keys))
        marks = [
            word
            for word, true in (("retired", one.retired), ("locked", one.locked), ("demo", one.demo))
            if true
        ]
        click.echo(
            "\t".join(
                [
                    one.login, one.name, ",".join(sorted(one.roles)), one.department or "-",
                    one.ring.value + (f":{one.place}" if one.place else ""), second or "-",
                    ",".join(marks) or "-",
                ]
            )
        )  # fmt: skip


@users.command("lock")
@click.argument("login")
@click.option("--open", "reopen", is_flag=True, help="Open it again.")
@DATA
@told("users")
def lock(data: Path | None, login: str, reopen: bool) -> None:
    """Lock an account and end its sessions, within five seconds everywhere."""
    from operations.people import keeping  # noqa: PLC0415

    sources = connect(data)
    held = find(sources, login)
    ended = keeping.lock(sources.sign_in, held, locked=not reopen, by=by())
    click.echo(f"{held.login}: {'open' if reopen else 'locked'}, {ended} sessions ended")


@users.command("role")
@click.argument("login")
@click.argument("roles", nargs=-1, required=True)
@where
@DATA
@told("users")
def role(data: Path | None, login: str, roles: tuple[str, ...], **options: Any) -> None:
    """Give an account these roles in place of its own; its sessions end."""
    from operations.people.keeping import give_roles  # noqa: PLC0415
    from operations.people.roles import read_roles  # noqa: PLC0415

    sources = connect(data)
    held, given = find(sources, login), read_roles(roles)
    give_roles(sources.sign_in, held, given, place_of(**options), by=by())
    click.echo(f"{held.login}: {', '.join(sorted(given))}")


@users.command("retire")
@click.argument("login")
@DATA
@told("users")
def retire(data: Path | None, login: str) -> None:
    """Close an account for good; its login is never given to anybody else."""
    from operations.people import keeping  # noqa: PLC0415

    sources = connect(data)
    held = find(sources, login)
    ended = keeping.retire(sources.sign_in, held, by=by())
    click.echo(f"{held.login}: retired, {ended} sessions ended")


@users.command("reset")
@click.argument("login")
@STDIN
@DATA
@told("users")
def reset(data: Path | None, login: str, password_stdin: bool) -> None:
    """Set a password to be changed at the next sign-in; second proofs and sessions end."""
    from operations.people import keeping  # noqa: PLC0415

    sources = connect(data)
    held = find(sources, login)
    password = ask(stdin=password_stdin)
    keeping.reset(sources.sign_in, held, password, by=by())
    click.echo(f"{held.login}: reset")


def connect(data: Path | None) -> Any:
    """Connect to the data folder of a system, running or not, with its tables up to date."""
    from data_sources.connect import Sources  # noqa: PLC0415
    from settings import read_kept_settings  # noqa: PLC0415

    sources = Sources(read_kept_settings(data))
    sources.migrate()
    return sources


def find(sources: Any, login: str) -> Any:
    """Find an account, or say that there is none."""
    held = sources.accounts.by_login(login)
    if held is None:
        raise BadInput("login", f"there is no account {login!r}; see `python app.py users list`")
    return held


def place_of(*, department: str | None, ring: str, place: str | None, **_rest: Any) -> Any:
    """Read where somebody works."""
    from operations.people.keeping import Place  # noqa: PLC0415
    from operations.people.person import Ring  # noqa: PLC0415

    return Place(department, Ring(ring), place)


def ask(*, stdin: bool) -> str:
    """Read a password from the terminal or from stdin; never from an argument, which ps shows."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def by() -> Any:
    """Name who keeps the house at this terminal; no account vouches for them."""
    from datetime import UTC, datetime  # noqa: PLC0415
    from socket import gethostname  # noqa: PLC0415

    from auditing import person  # noqa: PLC0415
    from operations.people.keeping import By  # noqa: PLC0415
    from operations.pulse.windows import to_us  # noqa: PLC0415

    return By(f"{person()} (command line)", to_us(datetime.now(UTC)), gethostname())
