"""The errors the product raises: each says what happened and what the person can do."""


class OperationsError(Exception):
    """Base of every error of ours.

    `permanent` tells a caller whether trying again can help: a lost connection is not
    permanent, a ticket without a source is.
    """

    permanent = True


class BadInput(OperationsError):
    """Something handed in cannot be used; `field` names it, the reason says the cure."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class Unreachable(OperationsError):
    """A store or server does not answer; the caller keeps what it has and tries again."""

    permanent = False


class Full(OperationsError):
    """A bound on what may wait at once is reached; trying again later can help."""

    permanent = False


class Conflict(OperationsError):
    """Somebody else changed it first; `held` is what it is now, the message says what changed."""

    permanent = False

    def __init__(self, message: str, held: object) -> None:
        super().__init__(message)
        self.held = held
