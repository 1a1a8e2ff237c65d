"""Why an act on a matter was not done, in the words of its page."""

from collections.abc import Callable, Mapping
from typing import Any

from callbacks.notices import tell
from operations.errors import BadInput, Conflict, OperationsError, Unreachable

Done = tuple[bool, str, dict[str, Any]]
"""Whether it is done, what is told of it, and what there is now: number, version, address."""


def refused(
    error: OperationsError,
    said: Mapping[str, str],
    kind: str,
    last_of: Callable[[Any], tuple[str, str]],
) -> Done:
    """Say it by the words of a kind (`campaign_bad_…`, `campaign_act_…`, `campaign_conflict`).

    `last_of` gives who came first and what they did, of the matter as it is held.
    """
    if isinstance(error, Conflict) and error.held is not None:
        actor, act = last_of(error.held)
        return (
            False,
            said[f"{kind}_conflict"].format(actor=actor, act=said[f"{kind}_act_{act}"]),
            {},
        )
    if isinstance(error, Unreachable):
        return False, said["clock_away"], {}
    if isinstance(error, BadInput) and (word := f"{kind}_bad_{error.field}") in said:
        return False, said[word], {"field": error.field}
    tell(error)
    return False, said["went_wrong"], {}
