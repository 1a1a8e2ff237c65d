"""For which names this server answers: another's page whose name is led here reads nothing."""

from collections.abc import Collection

import structlog
from flask import Request, Response

from api.answers import problem

log = structlog.get_logger()


def misled(asked: Request, names: Collection[str] | None) -> Response | None:
    """Refuse a request for a name that is not this server's; `names` None allows any.

    A page elsewhere can make its own name lead to this machine (DNS rebinding); to the browser
    what it then reads here is its own.
    """
    if names is None or name_of(asked.host) in names:
        return None
    log.warning("host_refused", host=asked.host[:200], path=asked.path)
    reason = "this server is not called so; use its own name, or add this one to LIANXIN_NAMES"
    return problem(421, "Host", reason)


def name_of(host: str) -> str:
    """Give a host without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0].casefold()
    return host.partition(":")[0].rstrip(".").casefold()
