"""History in: every row is accounted for, and an interrupted import goes on."""

from datetime import UTC, datetime

import pytest

from data_sources.feeds import importing
from data_sources.feeds.importing import import_table
from data_sources.feeds.mapping import read_mapping
from data_sources.feeds.reading import TicketReader
from operations.errors import BadInput, Unreachable
from operations.tickets.ticket import GeoQuality, Status
from tests.data_sources.feeds.conftest import NOW, city, mapped_city
from tests.sealing import SEALER

HEADINGS = "case_enquiry_id,open_dt,target_dt,closed_dt,ontime,case_status,reason,type,department"


class Worker:
    """A stream whose entries are taken whenever somebody waits for it."""

    def __init__(self, stream):
        self.stream, self.tickets, self.refused = stream, [], []
        self.seen, self.unchanged = set(), 0

    def take(self, _seconds=0.0):
        for entry in self.stream.read(most_entries=1000, wait_s=0):
            for ticket in entry.tickets:
                self.unchanged += ticket in self.seen
                self.seen.add(ticket)
            self.tickets += entry.tickets
            self.refused += entry.refused
            self.stream.acknowledge([entry.id])


@pytest.fixture
def worker(stream):
    return Worker(stream)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch, request):
    if "boston" not in request.fixturenames:
        monkeypatch.setattr(importing, "BATCH_ROWS", 2)


def table(tmp_path, rows):
    path = tmp_path / "boston.csv"
    path.write_text("\n".join([HEADINGS, *rows]) + "\n")
    return path


def row(number, status="Closed"):
    day = "2011-07-01"
    return f"{number},{day} 01:00:00,{day} 09:00:00,{day} 05:00:00,ONTIME,{status},a,b,PWDx"


def run(path, worker, tmp_path, **more):
    mapping = read_mapping("boston311")
    return import_table(
        path,
        mapping,
        TicketReader(mapped_city("boston311"), b"k", SEALER),
        more.pop("stream", worker.stream),
        now=NOW,
        folder=tmp_path / "data",
        progress=more.pop("progress", lambda _rows: None),
        sleep=worker.take,
        **more,
    )


def test_rows_are_taken_or_set_aside_by_reason(tmp_path, worker):
    rows = [row(1), row(2, "Afloat"), row(3), row(4, "Adrift"), "5,only", row(1)]
    account = run(table(tmp_path, rows), worker, tmp_path, unchanged=lambda: worker.unchanged)
    assert (account.rows, account.taken, account.unchanged) == (6, 3, 1)
    assert sum(account.set_aside.values()) == 3
    assert max(account.set_aside.values()) == 2  # both unknown statuses under one reason
    assert "channel" in account.missing_columns
    assert len(worker.refused) == 3
    assert len(worker.tickets) == 3


def test_the_same_file_again_changes_nothing(tmp_path, worker):
    path = table(tmp_path, [row(n) for n in range(5)])
    run(path, worker, tmp_path, unchanged=lambda: worker.unchanged)
    again = run(path, worker, tmp_path, unchanged=lambda: worker.unchanged)
    assert (again.taken, again.unchanged, again.went_on_at) == (5, 5, 0)


def test_an_interrupted_import_goes_on_where_it_stopped(tmp_path, worker):
    path = table(tmp_path, [row(n) for n in range(9)])

    class Breaking:
        """A stream that is lost after some batches."""

        left = 2

        def append(self, tickets):
            if not self.left:
                raise Unreachable("gone")
            self.left -= 1
            worker.stream.append(tickets)

        def __getattr__(self, name):
            return getattr(worker.stream, name)

    with pytest.raises(Unreachable):
        run(path, worker, tmp_path, stream=Breaking())
    told = []
    account = run(path, worker, tmp_path, progress=told.append, unchanged=lambda: worker.unchanged)
    assert account.went_on_at == 4
    assert (account.rows, account.taken) == (9, 9)
    assert sum(told) == 9
    assert {ticket.external_id for ticket in worker.tickets} == {str(n) for n in range(9)}
    assert not list((tmp_path / "data").iterdir())


def test_a_damaged_checkpoint_only_means_to_begin_again(tmp_path, worker):
    path = table(tmp_path, [row(1)])
    run(path, worker, tmp_path)
    checkpoint = importing.Checkpoint(tmp_path / "data", path, read_mapping("boston311"))
    checkpoint.write(importing.Account())
    (file,) = (tmp_path / "data").iterdir()
    file.write_text('{"rows":')
    assert run(path, worker, tmp_path).taken == 1


def test_it_waits_while_the_worker_is_behind(tmp_path, worker, monkeypatch):
    most = 0

    class Watched:
        def append(self, tickets):
            nonlocal most
            worker.stream.append(tickets)
            most = max(most, worker.stream.waiting())

        def __getattr__(self, name):
            return getattr(worker.stream, name)

    run(table(tmp_path, [row(n) for n in range(500)]), worker, tmp_path, stream=Watched())
    assert 100 < most <= importing.MOST_WAITING + 1


def test_another_citys_table_is_not_taken(tmp_path, worker):
    with pytest.raises(BadInput, match="mapping:boston311"):
        import_table(
            table(tmp_path, [row(1)]),
            read_mapping("boston311"),
            TicketReader(city(), b"k", SEALER),
            worker.stream,
            now=NOW,
            folder=tmp_path / "data",
            progress=lambda _rows: None,
            sleep=worker.take,
        )


@pytest.mark.slow
def test_what_is_known_of_the_boston_file_is_true_of_its_tickets(boston, worker, tmp_path):
    account = run(boston, worker, tmp_path)
    worker.take()
    tickets = worker.tickets
    assert (account.rows, account.taken, account.set_aside) == (58_251, 58_251, {})
    assert not account.repaired
    assert not account.missing_columns
    assert len({ticket.external_id for ticket in tickets}) == 58_251
    assert len({ticket.category for ticket in tickets}) == 141
    assert len({ticket.category_as_given.split(" > ")[0] for ticket in tickets}) == 35
    fallback = [t for t in tickets if t.geo_quality is GeoQuality.FALLBACK]
    assert len(fallback) == 4_775
    with_target = [ticket for ticket in tickets if ticket.due_at is not None]
    assert round(100 * (1 - len(with_target) / len(tickets)), 1) == 18.9
    assert sum(ticket.is_open for ticket in tickets) == 3_681
    assert all((t.closed_at is None) == (t.status is Status.HANDLING) for t in tickets)


OWN_FLAG = {
    "PWDx": (87.8, 27_202),
    "ISD": (41.5, 7_873),
    "PARK": (75.8, 4_581),
    "BTDT": (81.8, 4_070),
    "INFO": (22.6, 2_401),
}
DUE_IN_2011 = {
    "PWDx": (89.21, 25_410),
    "ISD": (34.01, 5_463),
    "PARK": (55.40, 2_242),
    "BTDT": (81.75, 3_617),
    "INFO": (21.65, 2_189),
}


@pytest.mark.slow
def test_bostons_rates_and_days_come_out_as_they_are_known(boston, worker, tmp_path):
    run(boston, worker, tmp_path)
    worker.take()
    zone = read_mapping("boston311").zone
    end = datetime(2012, 1, 1, tzinfo=zone).astimezone(UTC)
    for department, (rate, n) in OWN_FLAG.items():
        with_target = [t for t in worker.tickets if t.department == department and t.due_at]
        on_time = sum(bool(t.reported_on_time) for t in with_target)
        assert (round(100 * on_time / len(with_target), 1), len(with_target)) == (rate, n)
    for department, (rate, n) in DUE_IN_2011.items():
        due = [
            t for t in worker.tickets if t.department == department and t.due_at and t.due_at < end
        ]
        on_time = sum(t.closed_at is not None and t.closed_at <= t.due_at for t in due)
        assert (round(100 * on_time / len(due), 2), len(due)) == (rate, n)
    days = {}
    for ticket in worker.tickets:
        key = (ticket.category, f"{ticket.created_at.astimezone(zone):%m-%d}")
        days[key] = days.get(key, 0) + 1
    assert days["Tree Emergencies", "08-28"] == 752
    assert days["Tree Emergencies", "08-29"] == 273
    assert days["Tree Emergencies", "10-30"] == 78
    assert days["Unsatisfactory Living Conditions", "07-06"] == 302
    assert days["General Comments For a Program or Policy", "12-08"] == 133
    assert days["Tree Maintenance Requests", "07-05"] >= 36
