"""What a person is told when a callback fails: Dash's `on_error`."""

import structlog
from dash import set_props

from layouts import ids
from layouts.wording import WORDS
from operations.errors import OperationsError

log = structlog.get_logger()


def tell(error: Exception) -> None:
    """Log a callback's error and show a notice.

    Errors of ours say themselves what happened and what to do. Of any other the person is
    told, in both languages, that it did not work: the details are for the log.
    """
    if isinstance(error, OperationsError):
        said = str(error)
    else:
        said = " ".join(WORDS["went_wrong"].values())
    log.error("callback_failed", kind=type(error).__name__, exc_info=error)
    set_props(ids.NOTICE, {"children": said})
