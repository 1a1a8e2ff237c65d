"""The demo city lived on a clock of its own: history, life, restarts, requests, lost streams."""

import json
from datetime import timedelta

import pytest

from data_sources.feeds.demo_city.living import CityTime
from data_sources.feeds.demo_city.truth import FILE
from operations.tickets.changes import Step
from tests.data_sources.feeds.demo_city.conftest import NOW

HOUR_S = 3600


def truth(world) -> list[dict]:
    path = world.folder / FILE
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_week_is_told_before_the_rest_newest_day_first(world):
    order = []

    def note(tickets):
        if "-9" not in tickets[0].external_id:  # what is told again reaches into the days after
            order.append(max(one.created_at for one in tickets))

    world.stream.append = note
    world.live(60, history_d=20)
    assert len(world.week_at) == 1
    history = [at for at in order if at < NOW]
    assert history[:20] == sorted(history[:20], reverse=True)
    assert min(history) < NOW - timedelta(days=18)


def test_the_week_told_is_the_week(world):
    told_days = []
    world.week_at = type("Days", (list,), {"append": lambda self, _: told_days.extend(days())})()

    def days() -> set:
        return {world.city.local_date(one.created_at) for one in world.tickets()}

    world.live(60, history_d=20)
    today = world.city.local_date(NOW)
    assert set(told_days) == {today - timedelta(days=back) for back in range(8)}


def test_it_is_said_once_when_all_of_it_is_told(world):
    world.live(60, history_d=20)
    assert len(world.all_at) == 1
    assert world.all_at[0] > world.week_at[0]
    today = world.city.local_date(NOW)
    assert min(world.city.local_date(one.created_at) for one in world.tickets()) <= (
        today - timedelta(days=18)
    )


def test_life_goes_on_at_the_pace_of_the_clock(world):
    world.live(6 * HOUR_S)
    created = [one.created_at for one in world.tickets()]
    new = [at for at in created if at > NOW]
    expected = 660 / 7 * 6 / 24
    assert 0.4 * expected < len(new) - 24 < 3 * expected  # 24: the opening scene
    assert max(created) <= world.now
    assert all(one.updated_at <= world.now for one in world.tickets())
    assert not world.clocks


def test_every_state_is_the_one_the_life_has_by_then(world):
    world.live(2 * HOUR_S)
    held = {one.external_id: one for one in world.tickets()}
    for back in range(12):
        for life in world.city.tickets_of_day(world.city.local_date(NOW) - timedelta(days=back)):
            record = life.at(world.told_at)
            if record is not None:
                assert held[life.external_id].updated_at == record["updated_at"]


def test_changes_arrive_one_by_one(world):
    world.live(30 * HOUR_S)
    steps = [
        [change.step for change in world.ledger.changes("demo", one.external_id)]
        for one in world.tickets()
        if one.created_at > NOW
    ]
    assert any(Step.SIGNED in one and Step.DISPATCHED in one for one in steps)


def test_a_restart_changes_nothing_and_goes_on(world):
    world.live(600)
    before, revision = {one.identity: one for one in world.tickets()}, world.ledger.revision()
    planted = truth(world)
    world.live(0.25)
    assert world.ledger.revision() == revision
    assert {one.identity: one for one in world.tickets()} == before
    assert world.unchanged > 0
    assert truth(world) == planted
    world.live(5 * HOUR_S)
    assert len(world.tickets()) > len(before)


def test_a_history_that_was_cut_off_is_told_again(world):
    world.live(0.2, history_d=40)
    assert len(world.tickets()) > 0
    world.folder.joinpath("demo_filled.json").unlink(missing_ok=True)
    world.live(10, history_d=40)
    oldest = min(one.created_at for one in world.tickets())
    assert oldest < NOW - timedelta(days=38)


def test_an_outage_of_days_is_caught_up(world):
    world.live(60)
    world.now += timedelta(days=3)
    world.live(60)
    days = {world.city.local_date(one.created_at) for one in world.tickets()}
    today = world.city.local_date(world.now)
    assert {today - timedelta(days=back) for back in range(4)} <= days
    for life in world.city.tickets_of_day(today - timedelta(days=2)):
        held = world.ledger.ticket("demo", life.external_id)
        assert held.updated_at == life.at(world.told_at)["updated_at"]


def test_at_another_pace_the_city_says_what_time_it_is(world):
    world.live(60, pace=60)
    assert world.clocks == sorted(world.clocks)
    assert world.clocks[0] == NOW
    assert world.clocks[-1] - NOW == pytest.approx(timedelta(hours=1), abs=timedelta(minutes=1))
    assert len(world.clocks) > 200
    assert all(one.updated_at <= world.clocks[-1] for one in world.tickets())


def test_a_city_of_its_own_time_goes_on_where_it_stopped(world):
    world.live(60, pace=60)
    stopped = world.ledger.clock()
    world.now += timedelta(hours=5)
    world.live(1, pace=60)
    assert world.clocks[-1] - stopped < timedelta(minutes=3)


def test_midnight_begins_a_new_day(world):
    world.live(16 * HOUR_S)
    today = world.city.local_date(NOW) + timedelta(days=1)
    assert today in {world.city.local_date(one.created_at) for one in world.tickets()}


def test_a_stream_that_is_away_costs_nothing(world):
    def go_away() -> None:
        if world.now > NOW + timedelta(seconds=30):
            world.stream.failures, world.at_sleep = 7, lambda: None

    world.at_sleep = go_away
    world.live(HOUR_S)
    assert world.stream.failures == 0
    missing = [
        life.external_id
        for life in world.city.tickets_of_day(world.city.local_date(NOW))
        if life.at(world.told_at) and world.ledger.ticket("demo", life.external_id) is None
    ]
    assert not missing


def test_a_scene_asked_for_plays_and_is_in_the_file_of_truth(world):
    world.wishes.names = ["lodging", "earthquake"]
    world.live(7 * HOUR_S)
    [scene] = [one for one in truth(world) if one["origin"] == "request"]
    held = {one.external_id for one in world.tickets()}
    assert {one["external_id"] for one in scene["tickets"]} <= held


def test_a_scene_asked_for_survives_a_restart(world):
    world.wishes.names = ["yellow_water"]
    world.live(HOUR_S)
    world.live(20 * HOUR_S)
    [scene] = [one for one in truth(world) if one["origin"] == "request"]
    held = {one.external_id for one in world.tickets()}
    assert {one["external_id"] for one in scene["tickets"]} <= held


def test_a_newcomer_sees_something_begin(world):
    world.live(15 * 60)
    [opening] = [one for one in truth(world) if one["origin"] == "opening"]
    held = {one.external_id for one in world.tickets()}
    assert sum(one["external_id"] in held for one in opening["tickets"]) >= 10


def test_history_waits_while_the_worker_is_behind(world):
    world.stream.waiting = lambda: 10**6
    world.live(10, history_d=40)
    assert not world.week_at
    assert not world.tickets()


def test_city_time_runs_at_its_pace():
    now = [NOW]
    time = CityTime.go_on(lambda: now[0], 60.0, NOW + timedelta(days=2))
    now[0] += timedelta(seconds=10)
    assert time.now() == NOW + timedelta(days=2, minutes=10)
