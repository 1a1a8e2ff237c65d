"""Which clusters call a person, how loudly, and which nobody."""

from dataclasses import replace
from typing import Any

import pytest

from operations.detection.cluster import Phase
from operations.detection.live.signals import SETTLE_US, severity_of, signals_of
from operations.pulse.alarm import Cause, Reason, Severity
from tests.builders import LONGKOU, NOW_US
from tests.watched import cluster, evidence


def of(**changes: Any) -> Severity | None:
    return severity_of(cluster(evidence=evidence(**changes)))


@pytest.mark.parametrize(
    ("callers", "recurrence_d", "severity"),
    [
        (10, 365.0, Severity.CRITICAL),
        (9, 9999.0, Severity.HIGH),
        (99, 364.0, Severity.HIGH),
        (5, 100.0, Severity.HIGH),
        (4, 9999.0, Severity.MEDIUM),
        (99, 99.0, Severity.MEDIUM),
    ],
)
def test_severity_asks_for_callers_and_for_rarity(
    callers: int, recurrence_d: float, severity: Severity
) -> None:
    assert of(callers=callers, recurrence_d=recurrence_d) is severity


def test_a_batch_and_what_is_over_need_nobody() -> None:
    assert of(bulk=True) is None
    for phase in (Phase.ENDED, Phase.MERGED):
        assert severity_of(cluster(phase=phase)) is None
        assert list(signals_of([cluster(phase=phase)], NOW_US)) == []
    assert list(signals_of([cluster(evidence=evidence(bulk=True))], NOW_US)) == []


def test_a_signal_tells_what_and_where_since_when() -> None:
    (signal,) = signals_of([cluster()], NOW_US)
    assert signal.reason == Reason(Cause.CLUSTER, "c-1")
    assert (signal.category, signal.district) == ("water_quality", LONGKOU)
    assert signal.since_us == cluster().evidence.start_us
    assert signal.severity is Severity.CRITICAL


def test_one_that_quietens_presses_less_and_stays() -> None:
    (signal,) = signals_of([cluster(phase=Phase.QUIETENING)], NOW_US)
    assert signal.severity is Severity.HIGH


def test_it_calls_when_it_has_settled() -> None:
    young = replace(cluster(), born_us=NOW_US)
    assert list(signals_of([young], NOW_US + SETTLE_US - 1)) == []
    assert len(list(signals_of([young], NOW_US + SETTLE_US))) == 1


def test_clusters_of_one_matter_in_one_district_are_one_alarm() -> None:
    elsewhere = cluster(id="c-3", evidence=evidence(district=None))
    groups = [one.group for one in signals_of([cluster(), cluster(id="c-2"), elsewhere], NOW_US)]
    assert groups[0] == groups[1] != groups[2]
