"""Walls that were let in, as the gate sees them: somebody who looks at one scope's pictures."""

from collections.abc import Callable
from typing import Any

from flask import Request

from api.doorkeeper import Doorkeeper
from api.screens import token_in
from operations.errors import Unreachable
from operations.people.person import Person
from operations.people.screens import ScreenState, person_of


class Walls:
    """Finds the wall behind a request; every look waits for the database, beside the loop."""

    def __init__(self, door: Doorkeeper, in_thread: Callable[..., Any]) -> None:
        self._door, self._in_thread = door, in_thread

    def who(self, asked: Request) -> Person | None:
        """Give who a wall is to the gate, None where no wall asks or it was not let in."""
        token = token_in(asked)
        screen = None if token is None else self._in_thread(self._door.look, token)
        return (
            None if screen is None or screen.state is not ScreenState.PAIRED else person_of(screen)
        )

    def still(self, wall: str) -> bool:
        """Tell whether a stream of a wall may go on; asked at every beat."""
        try:
            return self._in_thread(self._door.follow, wall) is not None
        except Unreachable:
            return True  # a database away for a moment does not darken the walls
