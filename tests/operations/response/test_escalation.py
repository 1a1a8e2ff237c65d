"""When a ladder's steps fire, whom they tell, and which ladders are none."""

import pytest

from data_sources.ladders import read_ladders
from operations.errors import BadInput
from operations.response.escalation import Cause, Ladder, Step, Whom, refused
from operations.response.incident import SEVERITIES

EVERY = (60, 120, 240, 1440)


def steps(*minutes: tuple[int, ...]) -> Ladder:
    whom = (Whom.LEAD, Whom.COMMANDER, Whom.LEADER)
    made = [Step(one, after) for one, after in zip(whom, minutes, strict=False)]
    return Ladder(Cause.ABSENT, tuple(made))


def test_a_step_that_a_severity_lacks_is_left_out() -> None:
    ladder = steps((5, 10), (10,), (20, 30))
    assert [number for number, _ in found(ladder, 1)] == [1, 2, 3]
    assert [number for number, _ in found(ladder, 2)] == [1, 3]
    assert found(ladder, 3) == []


def found(ladder: Ladder, severity: int) -> list[tuple[int, Step]]:
    climbed, told = 0, []
    while (one := ladder.next(severity, climbed)) is not None:
        told.append(one)
        climbed = one[0]
    return told


@pytest.mark.parametrize(
    ("minutes", "why"),
    [
        ([], "a step at least"),
        ([()], "1 to 4 numbers"),
        ([(1, 2, 3, 4, 5)], "1 to 4 numbers"),
        ([(5, 5), (10, 5)], "grow"),
        ([(5, 5), (4, 6)], "grow"),
        ([(-1,)], "grow"),
    ],
    ids=range(6),
)
def test_what_cannot_be_climbed_is_no_ladder(minutes: list[tuple[int, ...]], why: str) -> None:
    assert why in (refused(steps(*minutes)) or "")


def test_the_shipped_ladders_can_be_climbed_by_every_severity() -> None:
    ladders = read_ladders(None, EVERY)
    assert set(ladders.by_cause) == set(Cause)
    for cause in Cause:
        assert all(ladders.next(cause, severity, 0) for severity in SEVERITIES)
        assert refused(ladders.by_cause[cause]) is None


def test_a_city_s_own_take_their_place_and_faults_are_named(tmp_path) -> None:
    file = tmp_path / "ladders.toml"
    one = '[[ladder]]\ncause = "absent"\nsteps = [{ whom = "leader", after_min = [%s] }]\n'
    file.write_text(one % "7", "utf-8")
    own = read_ladders(tmp_path, EVERY)
    assert own.next(Cause.ABSENT, 1, 0) == (1, Step(Whom.LEADER, (7,)))
    assert own.next(Cause.TASK_LATE, 1, 0) is None
    for wrong in (one % "-1", one % "7" + one % "8", (one % "7").replace("absent", "weather")):
        file.write_text(wrong, "utf-8")
        with pytest.raises(BadInput, match=r"ladders\.toml"):
            read_ladders(tmp_path, EVERY)
