"""What a log line is: one line of JSON, whatever is in it."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from tests.system import ROOT

SAYS = """
import structlog
from data_sources.logs import configure
configure("info")
log = structlog.get_logger()
log.info("refused", path="/x\\r\\n{\\"event\\": \\"signed_in\\"}", name="\\x1b[2J\\u2028王")
log.debug("unheard")
try:
    raise ValueError("one\\ntwo")
except ValueError:
    log.exception("failed")
"""


def test_an_event_is_one_line_with_its_time_in_utc() -> None:
    said = subprocess.run(
        [sys.executable, "-c", SAYS], cwd=ROOT, check=True, capture_output=True
    ).stderr.decode()
    refused, failed = map(json.loads, said.strip("\n").split("\n"))
    assert refused["event"] == "refused"
    assert refused["path"] == '/x\r\n{"event": "signed_in"}'
    assert "\x1b" not in said
    assert (refused["level"], failed["level"]) == ("info", "error")
    assert "ValueError: one\ntwo" in failed["exception"]
    at = datetime.fromisoformat(refused["at"])
    assert at.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
