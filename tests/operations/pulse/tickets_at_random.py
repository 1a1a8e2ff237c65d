"""Tickets at random for properties: few names and moments, so that they meet often."""

from hypothesis import strategies as st

from tests.builders import NOW_US, fact

HOUR_US = 3_600_000_000
CELLS = (
    None,
    0x872830828FFFFFF,
    0x872830829FFFFFF,
    0x87283082AFFFFFF,
    0x872830BA4FFFFFF,
    0x8731AA42BFFFFFF,
)
STATUSES = (
    *("accepted", "handling", "returned", "consulting", "replied", "reopened"),
    *("closed", "archived", "withdrawn"),
)


def moments(earliest_h: int, latest_h: int):
    """Draw a moment around NOW, sometimes on the hour exactly."""
    return st.one_of(
        st.integers(earliest_h, latest_h).map(lambda hours: NOW_US + hours * HOUR_US),
        st.integers(NOW_US + earliest_h * HOUR_US, NOW_US + latest_h * HOUR_US),
    )


def facts():
    """Draw the state of one ticket."""
    return st.builds(
        fact,
        created_us=moments(-24 * 40, 40),
        dispatched_us=st.none() | moments(-48, 0),
        due_us=st.none() | moments(-24 * 40, 72),
        closed_us=st.none() | moments(-24 * 40, 40),
        called_back_us=st.none() | moments(-24 * 40, 40),
        status=st.sampled_from(STATUSES),
        urgent=st.booleans(),
        channel=st.sampled_from(("phone", "wechat")),
        category=st.sampled_from(("water", "road", "noise")),
        district=st.sampled_from((None, "370681", "370602")),
        town=st.sampled_from((None, "north", "south")),
        department=st.sampled_from((None, "water-works", "roads")),
        cell=st.sampled_from(CELLS),
        caller=st.sampled_from((None, "a", "b", "c")),
        resolved=st.sampled_from((None, True, False)),
        satisfied=st.sampled_from((None, True, False)),
        reported_on_time=st.sampled_from((None, True, False)),
        triage=st.sampled_from(("ordinary", "urgent", "disputed", "hard")),
        updated_us=moments(-24 * 40, 40),
        reassignments=st.integers(0, 3),
        reopenings=st.sampled_from((0, 0, 1)),
        repeats=st.booleans(),
        ring=st.sampled_from(("town", "county", "city")),
        supervision=st.sampled_from((None, None, "open", "referred")),
    )


def cities_of_tickets(most: int = 25):
    """Draw the present tickets of a city, each known by its place in the list."""
    return st.lists(facts(), max_size=most).map(
        lambda drawn: [one._replace(external_id=f"T-{place}") for place, one in enumerate(drawn)]
    )
