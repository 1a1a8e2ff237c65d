"""A city's goals: of figures that can be good or bad, in their own unit."""

import pytest

from operations.errors import BadInput
from operations.pulse.targets import USUAL, read_targets


def test_goals_are_read_in_the_unit_of_their_figure():
    said = {"on_time_rate": 0.9, "handling_median": 2880}
    assert read_targets(said) == {"on_time_rate": 0.9, "handling_median": 2880.0}


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("on_time_rate", 95),
        ("on_time_rate", 0),
        ("on_time_rate", True),
        ("on_time_rate", "high"),
        ("opened", 100),
        ("moon", 0.5),
    ],
)
def test_what_is_no_goal_is_named(code, target):
    with pytest.raises(BadInput) as told:
        read_targets({code: target})
    assert told.value.field == f"targets.{code}"


def test_goals_to_begin_with_are_goals():
    assert read_targets(dict(USUAL)) == dict(USUAL)
