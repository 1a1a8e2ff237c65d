"""Steps of a study: counted back from its end."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.detection.scans.steps import steps_between
from operations.errors import BadInput


def test_years_and_months_end_with_the_study() -> None:
    years = steps_between(date(1973, 1, 1), date(1991, 12, 31), "year")
    assert len(years) == 19
    assert years.firsts[0] == date(1973, 1, 1)
    assert (years.firsts[12], years.last_day(16)) == (date(1985, 1, 1), date(1989, 12, 31))
    part = steps_between(date(2001, 1, 10), date(2001, 4, 14), "month")
    assert part.firsts == (
        date(2001, 1, 10),
        date(2001, 1, 15),
        date(2001, 2, 15),
        date(2001, 3, 15),
    )
    assert part.last_day(0) == date(2001, 1, 14)


@given(
    st.dates(date(1990, 1, 1), date(2010, 1, 1)),
    st.integers(0, 900),
    st.sampled_from(["day", "month", "year"]),
)
def test_every_day_of_the_study_lies_in_one_step(start: date, days: int, unit: str) -> None:
    end = date.fromordinal(start.toordinal() + days)
    steps = steps_between(start, end, unit)  # type: ignore[arg-type]
    bounds = steps.bounds()
    assert bounds[0] == start.toordinal()
    assert bounds[-1] == end.toordinal() + 1
    assert (bounds[1:] > bounds[:-1]).all()
    middle = date.fromordinal(start.toordinal() + days // 2)
    step = steps.index(middle)
    assert step is not None
    assert steps.firsts[step] <= middle <= steps.last_day(step)
    assert steps.index(date.fromordinal(end.toordinal() + 1)) is None


def test_end_before_start_is_refused() -> None:
    with pytest.raises(BadInput, match="exchange"):
        steps_between(date(2024, 2, 1), date(2024, 1, 1), "day")
