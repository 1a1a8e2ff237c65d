"""Settings: what cannot be used stops the start and names the variable."""

import pytest

from operations.errors import BadInput
from operations.tickets.loose_ends import LooseEnd
from settings import read_settings


@pytest.mark.parametrize("program", ["", "overview:30", "overview:30,map:20,alarms:15"])
def test_a_program_of_scenes_is_taken(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setenv("LIANXIN_WALL_ROTATION", program)
    assert read_settings().wall_rotation == program


@pytest.mark.parametrize("program", ["overview", "overview:30;map:20", "overview:-3", "30"])
def test_a_program_that_cannot_be_read_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setenv("LIANXIN_WALL_ROTATION", program)
    with pytest.raises(BadInput, match="LIANXIN_WALL_ROTATION"):
        read_settings()


def test_limits_of_lists_are_read_and_a_wrong_one_names_its_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert read_settings().limits == {}
    assert read_settings(list_limits="orphans=50, repeats=3000").limits == {
        LooseEnd.ORPHANS: 50,
        LooseEnd.REPEATS: 3000,
    }
    for wrong in ("orphans", "orphans=-1", "orphans=many", "nothing=3"):
        monkeypatch.setenv("LIANXIN_LIST_LIMITS", wrong)
        with pytest.raises(BadInput, match="LIANXIN_LIST_LIMITS"):
            read_settings()


def test_any_address_but_loopback_needs_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match=r"LIANXIN_HOST.*set LIANXIN_ACCOUNTS=on"):
        read_settings(host="10.0.0.5", trusted_proxy="10.0.0.1")
    with pytest.raises(BadInput, match=r"LIANXIN_HOST.*set LIANXIN_ACCOUNTS=on"):
        read_settings(trusted_proxy="127.0.0.1")  # a proxy is a door to everybody, too
    monkeypatch.setenv("LIANXIN_ACCOUNTS", "on")
    assert read_settings(host="10.0.0.5", trusted_proxy="10.0.0.1").host == "10.0.0.5"
    assert read_settings(trusted_proxy="127.0.0.1").trusted_proxy, "with accounts"
    with pytest.raises(BadInput, match=r"LIANXIN_HOST.*only TLS"):
        read_settings(host="10.0.0.5")


def test_no_shorter_password_can_be_set_than_eight() -> None:
    assert read_settings(password_least=8).password_least == 8
    with pytest.raises(BadInput, match="LIANXIN_PASSWORD_LEAST"):
        read_settings(password_least=7)


def test_demo_accounts_are_for_a_demo_on_this_machine_alone() -> None:
    assert read_settings(accounts="on").demo_accounts
    assert not read_settings(accounts="off").demo_accounts
    assert not read_settings(accounts="on", demo=False).demo_accounts
    far = read_settings(accounts="on", host="10.0.0.5", trusted_proxy="10.0.0.1")
    assert not far.demo_accounts
