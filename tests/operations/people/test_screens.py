"""A wall is paired by a code, known by a token that turns, and shut out at once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.errors import BadInput
from operations.people.screens import (
    ALPHABET,
    CODE_LASTS_US,
    TOKEN_LASTS_US,
    TOKEN_TURNS_US,
    ScreenState,
    Show,
    code_lasts,
    code_of,
    code_said,
    new_screen,
    opens,
    pair,
    reload,
    rename,
    revoke,
    screen_deed,
    turned,
)
from tests.builders import NOW_US

SHOW = Show(scope="city", scenes="overview:30,map:20", distance_m=6.0, pitch_mm=0.634)


def shown(**changes):
    values = {"code": "ABC234", "secret": "one", "now_us": NOW_US}
    return new_screen("s-1", **(values | changes))


def paired(**changes):
    values = {"name": "大厅", "show": SHOW, "actor": "管理员", "now_us": NOW_US + 1}
    return pair(shown(), **(values | changes))


@given(st.binary(min_size=4, max_size=8))
def test_code_is_six_characters_nobody_mistakes(drawn):
    code = code_of(drawn)
    assert len(code) == 6
    assert set(code) <= set(ALPHABET)
    assert not set(code) & set("01OI")
    assert code_said(f" {code[:3].lower()}-{code[3:]} ") == code


def test_every_code_is_as_likely():
    assert len({code_of(n.to_bytes(4, "big")) for n in range(5_000)}) == 5_000


@pytest.mark.parametrize("typed", ["", "ABC", "ABC2345", "ABC10O", "ＡＢＣ２３４", "ABC23!"])
def test_what_can_be_no_code_is_refused(typed):
    with pytest.raises(BadInput, match="code"):
        code_said(typed)


def test_pairing_gives_name_and_show_and_ends_the_code():
    screen = paired()
    assert (screen.state, screen.code, screen.name) == (ScreenState.PAIRED, "", "大厅")
    assert (screen.show, screen.paired_by, screen.version) == (SHOW, "管理员", 2)
    assert opens(screen, "one", seen_us=NOW_US, now_us=NOW_US + 2), "the browser keeps its secret"


def test_code_runs_out():
    last = NOW_US + CODE_LASTS_US - 1
    assert code_lasts(shown(), last)
    assert not code_lasts(shown(), last + 1)
    with pytest.raises(BadInput, match="run out"):
        paired(now_us=last + 1)


def test_code_is_used_once():
    with pytest.raises(BadInput, match="code"):
        pair(paired(), name="x", show=SHOW, actor="x", now_us=NOW_US + 2)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": " "}), ("name", {"name": "长" * 61}),
        ("scope", {"show": replace(SHOW, scope="everything")}),
        ("scenes", {"show": replace(SHOW, scenes="overview")}),
        ("distance_m", {"show": replace(SHOW, distance_m=0)}),
        ("distance_m", {"show": replace(SHOW, distance_m=float("nan"))}),
        ("pitch_mm", {"show": replace(SHOW, pitch_mm=21)}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(field, changes):
    with pytest.raises(BadInput) as refused:
        paired(**changes)
    assert refused.value.field == field
    with pytest.raises(BadInput):
        rename(paired(), **({"name": "x", "show": SHOW} | changes))


def test_renamed_and_told_to_reload():
    screen = rename(paired(), name=" 指挥厅 ", show=replace(SHOW, scenes=""))
    assert (screen.name, screen.show.scenes, screen.version) == ("指挥厅", "", 3)
    assert reload(screen, now_us=NOW_US + 9).reload_us == NOW_US + 9
    for act in (
        lambda one: rename(one, name="x", show=SHOW),
        lambda one: reload(one, now_us=NOW_US),
    ):
        for screen in (shown(), revoke(paired())):
            with pytest.raises(BadInput, match="only a paired one"):
                act(screen)


def test_revoked_wall_opens_nothing_at_once():
    screen = revoke(paired())
    assert not opens(screen, "one", seen_us=NOW_US, now_us=NOW_US + 2)
    assert not opens(screen, "", seen_us=NOW_US, now_us=NOW_US + 2)
    assert revoke(screen) == screen


def test_wall_reconnects_for_months_and_not_for_ever():
    screen = paired()
    assert opens(screen, "one", seen_us=NOW_US, now_us=NOW_US + TOKEN_LASTS_US)
    assert not opens(screen, "one", seen_us=NOW_US, now_us=NOW_US + TOKEN_LASTS_US + 1)
    assert not opens(screen, "two", seen_us=NOW_US, now_us=NOW_US)


def test_token_turns_once_a_day_and_the_one_before_ends_when_the_new_one_was_used():
    screen, later = paired(), NOW_US + TOKEN_TURNS_US
    assert turned(screen, "one", fresh="two", now_us=later - 1) is None
    screen = turned(screen, "one", fresh="two", now_us=later)
    assert all(opens(screen, one, seen_us=later, now_us=later) for one in ("one", "two"))
    used = turned(screen, "two", fresh="three", now_us=later + 1)
    assert opens(used, "two", seen_us=later, now_us=later)
    assert not opens(used, "one", seen_us=later, now_us=later), "a copied token is worth a day"
    assert turned(used, "two", fresh="three", now_us=later + 2) is None


def test_successor_lost_on_the_way_locks_no_wall_out():
    later = NOW_US + TOKEN_TURNS_US
    screen = turned(paired(), "one", fresh="lost", now_us=later)
    screen = turned(screen, "one", fresh="two", now_us=later + 1)
    assert not opens(screen, "lost", seen_us=later, now_us=later)
    assert opens(screen, "one", seen_us=later, now_us=later)
    assert opens(turned(screen, "two", fresh="x", now_us=later + 2), "two", seen_us=later,
                 now_us=later)  # fmt: skip


def test_wall_that_waits_for_pairing_keeps_its_token():
    assert turned(shown(), "one", fresh="two", now_us=NOW_US + TOKEN_TURNS_US) is None


def test_what_was_done_is_told_without_the_token():
    told = screen_deed("pair", shown(), paired(), actor="管理员", now_us=NOW_US)
    assert (told.act, told.subject, told.verified) == ("screen.pair", "s-1", True)
    assert "大厅" in told.after
    assert shown().token not in repr(told)
