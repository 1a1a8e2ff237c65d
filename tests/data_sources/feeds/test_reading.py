"""What a delivered record becomes: every rule of docs/feeds.md."""

import math
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_sources.feeds.reading import ReadTicket, TicketReader
from data_sources.feeds.unknown import Unknown
from data_sources.sealing import bound_to_refused
from operations.ports import Refused
from operations.tickets.ticket import Channel, Kind, Satisfaction, Status, Urgency
from operations.tickets.wire import from_wire, to_wire
from tests.data_sources.feeds.conftest import NOW, Reading, mapped_city, record
from tests.sealing import SEALER

TEN = datetime(2026, 11, 24, 2, tzinfo=UTC)


def test_a_small_good_record_becomes_a_ticket(reading):
    read = reading.raw(record())
    assert isinstance(read, ReadTicket)
    assert read.repairs == ()
    ticket = read.ticket
    assert ticket.identity == ("12345", "T1")
    assert (ticket.created_at, ticket.updated_at, ticket.received_at) == (TEN, TEN, NOW)
    assert (ticket.status, ticket.category) == (Status.HANDLING, "water_quality")


def test_fields_nobody_knows_are_ignored(reading):
    assert reading.repairs(shoe_size=44, extra={"a": [1]}) == {}


@pytest.mark.parametrize("raw", [None, 1, "x", [], [record()], True, 1.5])
def test_what_is_no_object_is_refused(reading, raw):
    assert reading.raw(raw).field == "record"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("source", None, "missing"),
        ("source", "", "missing"),
        ("source", "   ", "missing"),
        ("source", "x" * 65, "longer than 64"),
        ("source", "a\nb", "not allowed"),
        ("source", "a/b", "not allowed"),
        ("source", ["a"], "must be text"),
        ("source", True, "must be text"),
        ("external_id", None, "missing"),
        ("external_id", "x" * 129, "longer than 128"),
        ("external_id", "a\x00", "not allowed"),
        ("external_id", "a\ud800", "not allowed"),
        ("external_id", 1.5, "must be text"),
        ("external_id", 10**60, "too large"),
        ("created_at", None, "missing"),
        ("created_at", "2026-11-24T10:00:00", "no UTC offset"),
        ("created_at", "2026-11-24", "no UTC offset"),
        ("created_at", "yesterday", "not an ISO 8601"),
        ("created_at", "2026-02-30T10:00:00Z", "not an ISO 8601"),
        ("created_at", 1764000000, "not an ISO 8601"),
        ("created_at", {}, "not an ISO 8601"),
        ("created_at", "0001-01-01T00:00:00+08:00", "not an ISO 8601"),
        ("created_at", "0001-01-02T00:00:00+00:00", "before the year 2000"),
        ("created_at", "9999-12-31T23:59:59-08:00", "not an ISO 8601"),
        ("created_at", "9999-12-31T00:00:00+00:00", "24 hours from now"),
        ("created_at", "2026-11-25T12:00:01+08:00", "24 hours from now"),
        ("created_at", "20\ud80026", "not an ISO 8601"),
        ("closed_at", "1999-12-31T00:00:00Z", "before the year 2000"),
        ("due_at", "2100-01-02T00:00:00Z", "after the year 2100"),
        ("status", None, "missing"),
        ("status", "外星人", "unknown '外星人'"),
        ("status", 7, "unknown '7'"),
        ("status", ["closed"], "must be text"),
        ("category", None, "missing"),
        ("category", [], "missing"),
        ("category", "\x01", "missing"),
        ("category", {"a": 1}, "must be text"),
        ("category", ["a", "b", "c", "d"], "more than 3 levels"),
        ("crs", "EPSG:3857", "accepted are WGS84, GCJ-02 and BD-09"),
        ("title", ["x"], "must be text"),
        ("text", True, "must be text"),
        ("address", 1.5, "must be text"),
        ("returns", -1, "between 0 and 10,000"),
        ("returns", 10**12, "between 0 and 10,000"),
        ("returns", True, "must be a number"),
        ("returns", 1.5, "not a whole number"),
        ("returns", math.nan, "finite"),
        ("extensions", "many", "not a number"),
        ("confidential", "perhaps", "neither yes nor no"),
        ("confidential", 1.0, "neither yes nor no"),
        ("callback", "yes", "must be an object"),
        ("callback", {"at": "noon"}, "not an ISO 8601"),
        ("callback", {"reached": []}, "neither yes nor no"),
        ("parent", "x" * 129, "longer than 128"),
        ("cooperating", ["x"] * 101, "more than 100"),
    ],
)
def test_refused_with_field_and_reason(reading, field, value, reason):
    refused = reading.refused(**{field: value})
    assert refused.field.partition(".")[0] == field
    assert reason in refused.reason
    assert len(refused.reason) < 400


def test_times_just_inside_the_bounds_are_taken(reading):
    assert reading.ticket(created_at="2000-01-01T00:00:00Z").created_at.year == 2000
    assert reading.ticket(created_at="2026-11-25T12:00:00+08:00").created_at == NOW + timedelta(
        hours=24
    )
    assert reading.ticket(due_at="2059-12-31T19:00:00-05:00").due_at.year == 2060


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"external_id": 17}, "external_id", "written out"),
        ({"title": "x" * 301}, "title", "cut at 300"),
        ({"text": "字" * 100_000}, "text", "cut at 20,000"),
        ({"text": "a\ud800b"}, "text", "surrogates"),
        ({"title": "a\x00b"}, "title", "control"),
        ({"category": "外星人"}, "category", "counted as other"),
        ({"department": "没有的局"}, "department", "counted as other"),
        ({"district": "火星区"}, "district", "unknown"),
        ({"type": "吵架"}, "type", "taken as other"),
        ({"channel": "鸽子"}, "channel", "taken as other"),
        ({"urgency": "半急"}, "urgency", "taken as routine"),
        ({"cooperating": "水务局、没有的局"}, "cooperating", "counted as other"),
        ({"returns": "2"}, "returns", "written as text"),
        ({"closed_at": "2026-11-24T11:00:00+08:00"}, "closed_at", "left out"),
        ({"status": "办结"}, "closed_at", "taken from updated_at"),
        ({"updated_at": "2026-11-20T11:00:00+08:00"}, "updated_at", "before created_at"),
        ({"signed_at": "2026-11-20T11:00:00+08:00"}, "signed_at", "before created_at"),
        ({"caller": ["1"]}, "caller", "without a caller"),
        ({"callback": {"reached": True}}, "callback.at", "taken from updated_at"),
        (
            {"callback": {"at": "2026-11-24T11:00:00+08:00", "satisfaction": "嗯"}},
            "callback.satisfaction",
            "no answer",
        ),
        (
            {"callback": {"at": "2026-11-20T11:00:00+08:00", "reached": True}},
            "callback.at",
            "before created_at",
        ),
        (
            {"callback": {"at": "2026-11-24T11:00:00+08:00", "reached": False, "resolved": True}},
            "callback.reached",
            "was reached",
        ),
    ],
)
def test_repaired_and_told(reading, changes, field, rule):
    assert rule in reading.repairs(**changes)[field]


def test_long_and_broken_texts_are_cut_and_cleaned(reading):
    ticket = reading.ticket(title="题" * 400, text="一\ud800行\x00\n二行" + "x" * 100_000)
    assert len(ticket.title) == 300
    assert ticket.text.startswith("一\ufffd行\n二行")
    assert len(ticket.text) == 20_000


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("受理", "accepted"),
        ("待签收", "dispatched"),
        ("签收", "signed"),
        (" 办理中 ", "handling"),
        ("退单", "returned"),
        ("会商", "consulting"),
        ("答复", "replied"),
        ("CLOSED", "closed"),
        ("已办结", "closed"),
        ("重办", "reopened"),
        ("归档", "archived"),
        ("撤回", "withdrawn"),
        ("In Progress", "handling"),
    ],
)
def test_status_in_either_language(reading, word, status):
    assert reading.ticket(status=word).status == status


def test_words_of_the_trade_in_either_language(reading):
    ticket = reading.ticket(type="投诉", channel="微信公众号", urgency="特急")
    assert (ticket.kind, ticket.channel) == (Kind.COMPLAINT, Channel.WECHAT)
    assert ticket.urgency is Urgency.CRITICAL
    assert reading.ticket(channel=110).channel is Channel.POLICE
    assert reading.ticket(type="inquiry").kind is Kind.INQUIRY


def test_closing_time_of_an_ended_ticket_is_never_before_its_beginning(reading):
    ticket = reading.ticket(status="closed", closed_at="2026-11-20T11:00:00+08:00")
    assert ticket.closed_at == ticket.created_at


def test_updated_at_is_the_newest_other_time_where_it_is_missing(reading):
    ticket = reading.ticket(signed_at="2026-11-24T11:00:00+08:00", due_at="2026-12-24T11:00:00Z")
    assert ticket.updated_at == TEN + timedelta(hours=1)


def test_an_open_ticket_has_no_closing_time_but_its_time_counts(reading):
    ticket = reading.ticket(status="重办", closed_at="2026-11-24T11:00:00+08:00")
    assert ticket.closed_at is None
    assert ticket.updated_at == TEN + timedelta(hours=1)


def test_unknown_words_stand_beside_the_code_other(reading):
    ticket = reading.ticket(category=["民生", "外星人"], department="没有的局")
    assert (ticket.category, ticket.category_as_given) == ("other", "民生 > 外星人")
    assert (ticket.department, ticket.department_as_given) == ("other", "没有的局")


def test_the_reason_of_a_return_is_masked(reading):
    told = "不属于我单位职责，请联系13812345678张先生"
    ticket = reading.ticket(returns=1, return_reason=told)
    assert ticket.return_reason.startswith("不属于我单位职责，请联系138****5678")
    assert "张先生" not in ticket.return_reason
    assert reading.ticket().return_reason == ""
    assert len(reading.ticket(return_reason="理" * 400).return_reason) == 300


def test_the_most_particular_known_level_is_the_category(reading):
    assert reading.ticket(category=["城建", "水质发黄", "没有的"]).category == "water_quality"


def test_unknown_words_become_codes_where_the_feed_adds():
    reading = Reading(Unknown("add", "add", "add"))
    ticket = reading.ticket(
        category=["Street Lights", "Outage"], department="PWDx", district="Roxbury"
    )
    assert (ticket.category, ticket.category_as_given) == ("Outage", "Street Lights > Outage")
    assert (ticket.department, ticket.district) == ("PWDx", "Roxbury")


def test_unknown_words_are_refused_where_the_feed_refuses():
    reading = Reading(Unknown("refuse", "refuse"))
    assert reading.refused(category="没有的").field == "category"
    assert reading.refused(department="没有的").field == "department"


def test_names_grow_where_a_city_has_no_tables():
    reader = TicketReader(mapped_city("boston311"), b"k", SEALER)
    read = reader.read(
        record(category="Potholes", department="PWDx", district="Roxbury"), now=NOW, feed="t"
    )
    assert read.repairs == ()
    assert (read.ticket.category, read.ticket.department) == ("Potholes", "PWDx")
    assert read.ticket.district == "Roxbury"


def test_callback(reading):
    at = "2026-11-24T11:00:00+08:00"
    said = {"at": at, "reached": "是", "resolved": "未解决", "satisfaction": "不满意"}
    callback = reading.ticket(callback=said).callback
    assert (callback.reached, callback.resolved) == (True, False)
    assert callback.satisfaction is Satisfaction.DISSATISFIED
    no_answer = reading.ticket(callback={"at": at, "reached": False, "satisfaction": "未评价"})
    assert no_answer.callback.satisfaction is None
    assert reading.ticket(callback={}).callback is None


def test_cooperating_departments_by_list_or_text(reading):
    assert reading.ticket(cooperating=["水务局", "housing"]).cooperating == ("water", "housing")
    assert reading.ticket(cooperating="市水务局；住建局").cooperating == ("water", "housing")


def test_the_same_caller_in_every_spelling(reading):
    spellings = ("13800000000", "+86 138-0000-0000", "0086 13800000000", "１３８００００００００")
    keys = {reading.ticket(caller=spelling).caller_key for spelling in spellings}
    keys.add(reading.ticket(caller=13800000000).caller_key)
    assert len(keys) == 1
    (key,) = keys
    assert len(key) == 16
    assert reading.ticket(caller="13800000001").caller_key != key
    assert reading.ticket(caller="匿名").caller_key is None
    assert reading.ticket(caller="").caller_key is None


@pytest.mark.parametrize("caller", ["13912345678", 13912345678, {"n": "13912345678"}])
def test_the_caller_is_never_kept(reading, caller):
    read = reading.raw(record(caller=caller))
    assert "13912345678" not in repr(read)
    refused = reading.refused(caller=caller, status="?")
    assert "13912345678" not in repr(refused)
    assert "13912345678" not in repr(reading.raw([record(caller=caller)]))


def test_refusals_of_the_same_record_have_the_same_key(reading):
    again = reading.reader.read(record(status="?"), now=NOW + timedelta(days=1), feed="test")
    assert reading.refused(status="?").key == again.key
    assert reading.refused(status="??").key != again.key
    other = reading.reader.read(record(status="?"), now=NOW, feed="other")
    assert other.key != again.key


def test_a_refused_record_can_be_read_again_from_its_json(reading):
    refused = reading.refused(status="?", title="水", caller="1")
    record = SEALER.open(refused.sealed, bound_to_refused(refused.key))
    assert orjson.loads(record)["title"] == "水"
    long = reading.refused(status="?", text="x" * 50_000)
    assert len(SEALER.open(long.sealed, bound_to_refused(long.key))) == 20_000


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
FIELDS = [
    *("source", "external_id", "status", "category", "type", "channel", "urgency", "confidential"),
    *("title", "text", "occurred_at", "created_at", "dispatched_at", "due_at", "closed_at"),
    *("updated_at", "received_at", "address", "district", "town", "latitude", "longitude", "crs"),
    *("geo_quality", "department", "cooperating", "returns", "callback", "caller", "parent"),
    *("contact_name", "contact_phone", "contact_id_number", "contact_address"),
    "reported_on_time",
]
odd = st.sampled_from(
    ["2026-11-24T10:00:00+08:00", "0001-01-01T00:00:00+14:00", "1", "37.5", 121.3, "满意", "否"]
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(FIELDS), anything | odd), st.booleans())
def test_whatever_is_delivered_becomes_a_ticket_or_a_refusal(reading, changes, complete):
    read = reading.raw((record() if complete else {}) | changes)
    if isinstance(read, Refused):
        orjson.dumps([read.field, read.reason, read.record])  # fit for the stream and the ledger
        assert read.field
        assert read.reason
    else:
        assert from_wire(orjson.loads(orjson.dumps(to_wire(read.ticket)))) == read.ticket
        assert "\0" not in repr(to_wire(read.ticket))


@given(anything)
def test_no_json_at_all_can_stop_the_reader(reading, raw):
    assert isinstance(reading.raw(raw), Refused)
