"""`app.py users`: the first administrator and everybody after, from a terminal."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import cli
from data_sources.connect import Sources
from operations.people.audit import AuditSearch
from operations.people.roles import Role
from operations.people.sign_in import Asked, Refused, with_password
from settings import read_settings

PASSWORD = "a walk along the quay"
NOW_US = 1_800_000_000_000_000


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return Sources(read_settings(data_dir=tmp_path))


def users(data: Path, *arguments: str, said: str = PASSWORD + "\n") -> Result:
    return CliRunner().invoke(cli, ["users", *arguments, "--data", str(data)], input=said)


def added(data: Path, login: str = "wang", *more: str) -> Result:
    given = more or ("--role", "system_admin")
    return users(data, "add", login, "--name", "王芳", *given, "--password-stdin")


def test_first_administrator_is_made_and_signs_in(tmp_path: Path, sources: Sources) -> None:
    assert added(tmp_path).exit_code == 0
    _, session = with_password(sources.sign_in, "wang", PASSWORD, Asked(NOW_US))
    held = sources.accounts.account(session.person)
    assert held is not None
    assert (held.name, held.roles) == ("王芳", {Role.SYSTEM_ADMIN})
    sources.close()


def test_password_is_asked_for_twice_and_never_taken_as_an_argument(tmp_path: Path) -> None:
    asked = users(tmp_path, "add", "li", "--role", "leader", said=f"{PASSWORD}\n{PASSWORD}\n")
    assert asked.exit_code == 0
    assert PASSWORD not in asked.output
    assert users(tmp_path, "add", "x1", "--role", "leader", "--password", "x").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("wang", "--role", "king"), "role"),
        (("wang", "--role", "audit_admin", "--role", "system_admin"), "exclude"),
        (("w!", "--role", "leader"), "login"),
        (("wang", "--role", "department_handler"), "department"),
        (("wang", "--role", "leader", "--ring", "county"), "place"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    ended = users(tmp_path, "add", *arguments, "--password-stdin")
    assert ended.exit_code == 2
    (line,) = ended.stderr.splitlines()
    assert named in line


def test_common_password_is_refused(tmp_path: Path) -> None:
    ended = users(
        tmp_path, "add", "wang", "--role", "leader", "--password-stdin", said="qwertyuiop\n"
    )
    assert ended.exit_code == 2
    assert "common" in ended.stderr


def test_people_are_listed_locked_opened_reset_and_given_roles(
    tmp_path: Path, sources: Sources
) -> None:
    added(tmp_path)
    added(tmp_path, "zhao", "--role", "system_admin")
    given = ("department_handler", "--department", "water", "--ring", "county", "--place", "370681")
    assert users(tmp_path, "role", "wang", *given).exit_code == 0
    listed = users(tmp_path, "list").output
    for said in ("wang", "王芳", "department_handler", "water", "county:370681"):
        assert said in listed
    with_password(sources.sign_in, "wang", PASSWORD, Asked(NOW_US))
    assert "1 sessions ended" in users(tmp_path, "lock", "wang").output
    with pytest.raises(Refused):
        with_password(sources.sign_in, "wang", PASSWORD, Asked(NOW_US))
    assert users(tmp_path, "lock", "wang", "--open").exit_code == 0
    assert (
        users(tmp_path, "reset", "wang", "--password-stdin", said="quite another walk\n").exit_code
        == 0
    )
    with_password(sources.sign_in, "wang", "quite another walk", Asked(NOW_US + 60_000_000))
    held = sources.accounts.by_login("wang")
    assert held is not None
    assert held.must_change
    sources.close()


def test_acts_are_written_down_under_who_sits_at_the_terminal(
    tmp_path: Path, sources: Sources
) -> None:
    added(tmp_path, "li", "--role", "leader")
    users(tmp_path, "lock", "li")
    assert "retired" in users(tmp_path, "retire", "li").output
    lines = sources.audit.find(AuditSearch(subject="li"), most=9)
    assert [one.act for one in lines] == [
        "people.account_retired", "people.account_locked", "people.account_made",
    ]  # fmt: skip
    assert [one.verified for one in lines] == [False] * 3
    assert lines[1].before == "open; roles leader; ring city"
    assert lines[1].after == "locked; roles leader; ring city"
    assert all("command line" in one.actor and one.device for one in lines)
    assert users(tmp_path, "lock", "li", "--open").exit_code == 2
    sources.close()


def test_the_last_administrator_stays(tmp_path: Path) -> None:
    added(tmp_path)
    for command in (("lock", "wang"), ("role", "wang", "leader"), ("retire", "wang")):
        ended = users(tmp_path, *command)
        assert (ended.exit_code, "last system_admin" in ended.stderr) == (2, True)
    added(tmp_path, "zhao", "--role", "system_admin")
    assert users(tmp_path, "lock", "wang").exit_code == 0


def test_unknown_login_is_told(tmp_path: Path) -> None:
    for command in (("lock", "nobody"), ("role", "nobody", "leader"), ("reset", "nobody")):
        ended = users(tmp_path, *command)
        assert (ended.exit_code, "users list" in ended.stderr) == (2, True)
