"""State machines as data: what may follow what, drawn from the same table that rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from operations.errors import BadInput


@dataclass(frozen=True, slots=True)
class Move:
    """An act that leads from one of some states to another; `needs_reason` asks why of it."""

    act: str
    sources: tuple[str, ...]
    target: str
    needs_reason: bool = False


class Machine:
    """The states of one kind of matter, the first of them, and the moves between them.

    States are listed in the order they appear in the moves. An act names at most one move from
    a state, so that where it leads is never a question.
    """

    def __init__(self, name: str, first: str, moves: Sequence[Move]) -> None:
        self.name, self.first, self.moves = name, first, tuple(moves)
        named = [state for move in moves for state in (*move.sources, move.target)]
        self.states: tuple[str, ...] = tuple(dict.fromkeys([first, *named]))
        self._by_step = {(source, move.act): move for move in moves for source in move.sources}
        if len(self._by_step) != sum(len(move.sources) for move in moves):
            raise ValueError(f"{name}: an act leads two ways from one state")

    def move(self, state: str, act: str) -> Move:
        """Give the move an act makes from a state; raises BadInput where it makes none."""
        found = self._by_step.get((state, act))
        if found is None:
            acts = ", ".join(self.open_acts(state)) or "nothing"
            raise BadInput("act", f"{act} does not follow {state}; what does: {acts}")
        return found

    def after(self, state: str, act: str) -> str:
        """Give the state an act leads to; raises BadInput where it may not be done."""
        return self.move(state, act).target

    def open_acts(self, state: str) -> list[str]:
        """Name the acts that may be done in a state, in the order of the table."""
        return [move.act for move in self.moves if state in move.sources]

    def drawn(self) -> str:
        """Draw the table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.first}"]
        lines += [
            f"    {source} --> {move.target}: {move.act}"
            for move in self.moves
            for source in move.sources
        ]
        ends = [state for state in self.states if not self.open_acts(state)]
        return "\n".join([*lines, *(f"    {state} --> [*]" for state in ends)]) + "\n"
