"""What was lived through outlasts a watch, and nothing that cannot be it does."""

import json
from copy import deepcopy

import pytest

from operations.detection.live.lookout import Lookout
from operations.detection.live.memory import Memory
from operations.detection.live.nulls import Tail

TAIL = Tail(5.0, 1.25, 0.4, 2.0, 9.0, 99)


def lived(category: str = "water") -> Lookout:
    return Lookout(category, tail=TAIL, lived=(0.25, 66))


def test_a_tail_comes_back_as_it_was() -> None:
    plain = json.loads(json.dumps(Memory().plain([lived(), Lookout("roads")])))
    memory, again = Memory(), Lookout("water")
    memory.take(plain)
    memory.remind(again)
    assert (again.tail, again.lived) == (TAIL, (0.25, 66))
    assert isinstance(again.tail.replicates, int)


def test_it_is_given_back_once_and_never_in_place_of_a_newer() -> None:
    memory = Memory()
    memory.take(Memory().plain([lived(), lived("roads")]))
    newer = Lookout("water", tail=Tail(6.0, 1.0, 0.4, 2.0, 9.0, 99))
    memory.remind(newer)
    assert newer.tail.start == 6
    again = Lookout("water")
    memory.remind(again)
    assert again.tail is None


def test_what_nobody_asked_for_yet_is_kept() -> None:
    memory = Memory()
    memory.take(Memory().plain([lived(), lived("roads")]))
    first = Lookout("water")
    memory.remind(first)
    assert memory.plain([first]) == Memory().plain([lived(), lived("roads")])


@pytest.mark.parametrize(
    ("at", "value"), [(1, 0.0), (2, -1.0), (3, 0.0), (6, 0.0), (0, float("nan")), (8, 1.0)]
)
def test_numbers_that_are_no_tail_are_left(at: int, value: float) -> None:
    plain = deepcopy(Memory().plain([lived()]))
    plain["water"][at : at + 1] = [value]
    memory, again = Memory(), Lookout("water")
    memory.take(plain)
    memory.remind(again)
    assert again.tail is None
