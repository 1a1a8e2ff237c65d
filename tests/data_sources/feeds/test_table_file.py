"""Tables of every kind: rows in, records out."""

import csv
import gzip
import io
import zipfile
from datetime import UTC, datetime
from xml.etree.ElementTree import ParseError

import openpyxl
import orjson
import pytest

from data_sources.feeds.mapping import read_mapping
from data_sources.feeds.reading import ReadTicket, TicketReader
from data_sources.feeds.table_file import BadRow, TableFile
from operations.errors import BadInput
from operations.tickets.ticket import Channel, GeoQuality, Kind, Satisfaction, Status, Urgency
from tests.data_sources.feeds.conftest import NOW, city, mapped_city
from tests.sealing import SEALER

HEADINGS = [
    *("工单编号", "受理时间", "工单状态", "诉求类型", "来源渠道", "紧急程度", "一级分类"),
    *("问题分类", "承办单位", "事发地址", "经度", "纬度", "办理时限", "办结时间", "来电号码"),
    *("满意度", "是否解决", "回访时间", "退单次数", "协办单位", "诉求内容"),
]
ROW = [
    *("20261120001", "2026-11-20 08:30:00", "已办结", "投诉", "电话", "紧急", "城市供水"),
    *("水质发黄", "市水务局", "龙口市东莱街道1号", "120.47", "37.64", "2026/11/27 18:00"),
    *("2026年11月22日 09:00", "+86 13912345678", "满意", "已解决", "2026-11-23 10:00:00"),
    *("1", "住建局、没有的局", "自来水发黄。\n已经三天。"),
]


def write_csv(path, rows, encoding="utf-8-sig", headings=HEADINGS):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([headings, *rows])
    content = text.getvalue().encode(encoding)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def write_xlsx(path, rows, before=()):
    book = openpyxl.Workbook()
    for row in [*before, HEADINGS, *rows]:
        book.active.append(row)
    book.save(path)
    return path


def read_all(path, name="hotline12345", reference=None):
    mapping = read_mapping(name)
    reader = TicketReader(
        reference or city(), b"k", SEALER, unknown=mapping.unknown, crs=mapping.crs
    )
    rows = list(TableFile(path, mapping).rows())
    return [reader.read(row.record, now=NOW, feed=name) for row in rows]


def ticket_of(read):
    assert isinstance(read, ReadTicket), read
    return read.ticket


def check_row(ticket):
    assert ticket.identity == ("12345", "20261120001")
    assert ticket.created_at == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    assert ticket.received_at == ticket.created_at
    assert ticket.due_at == datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    assert ticket.closed_at == datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    assert (ticket.status, ticket.kind) == (Status.CLOSED, Kind.COMPLAINT)
    assert (ticket.channel, ticket.urgency) == (Channel.PHONE, Urgency.URGENT)
    assert (ticket.category, ticket.department) == ("water_quality", "water")
    assert ticket.cooperating == ("housing", "other")
    assert (ticket.district, ticket.town) == ("370681", "370681001")
    assert (ticket.latitude, ticket.geo_quality) == (37.64, GeoQuality.EXACT)
    assert ticket.callback.satisfaction is Satisfaction.SATISFIED
    assert ticket.callback.resolved is True
    assert ticket.callback.at == datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert ticket.returns == 1
    assert ticket.caller_key
    assert "三天" in ticket.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
@pytest.mark.parametrize("suffix", [".csv", ".csv.gz"])
def test_a_hotlines_csv(tmp_path, encoding, suffix):
    (read,) = read_all(write_csv(tmp_path / f"a{suffix}", [ROW], encoding))
    check_row(ticket_of(read))


def test_a_hotlines_workbook_with_real_times_and_numbers_under_a_title(tmp_path):
    row = list(ROW)
    row[0], row[1] = 20261120001, datetime(2026, 11, 20, 8, 30)
    row[10], row[11], row[18] = 120.47, 37.64, 1
    path = write_xlsx(tmp_path / "a.xlsx", [row, [None] * len(row)], before=[["工单导出表"], []])
    (read,) = read_all(path)
    check_row(ticket_of(read))


def test_coordinates_of_a_baidu_map(tmp_path):
    path = write_csv(tmp_path / "a.csv", [[*ROW, "BD-09"]], headings=[*HEADINGS, "坐标系"])
    (read,) = read_all(path)
    assert ticket_of(read).latitude == pytest.approx(37.634, abs=0.004)
    assert ticket_of(read).latitude != 37.64


def test_ndjson_rows_are_taken_by_the_same_names(tmp_path):
    path = tmp_path / "a.ndjson"
    path.write_bytes(orjson.dumps(dict(zip(HEADINGS, ROW, strict=True))) + b"\n{\n\n[1]\n")
    good, broken, no_object = [
        row.record for row in TableFile(path, read_mapping("hotline12345")).rows()
    ]
    assert good["external_id"] == "20261120001"
    assert isinstance(broken, BadRow)
    assert isinstance(no_object, BadRow)


def test_a_shifted_row_is_set_aside_sealed_without_showing_anything_of_it(tmp_path):
    path = write_csv(tmp_path / "a.csv", [ROW[:-2], ROW, [], [*ROW, "", ""], [*ROW, "x"]])
    records = [row.record for row in TableFile(path, read_mapping("hotline12345")).rows()]
    bad = [record for record in records if isinstance(record, BadRow)]
    assert len(records) == 4
    assert len(bad) == 2
    assert "quotation mark" in bad[0].reason
    assert "13912345678" in bad[0].text + bad[1].text


def test_a_bad_cell_spoils_only_its_row(tmp_path):
    path = write_csv(
        tmp_path / "a.csv",
        [[*ROW[:1], "昨天", *ROW[2:]], ROW, [*ROW[:2], "被外星人带走", *ROW[3:]]],
    )
    bad_time, good, bad_status = read_all(path)
    assert bad_time.field == "created_at"
    assert "昨天" in bad_time.record
    check_row(ticket_of(good))
    assert bad_status.field == "status"


def test_bytes_in_no_encoding_become_the_replacement_character(tmp_path):
    path = write_csv(tmp_path / "a.csv", [ROW])
    content = path.read_bytes()
    path.write_bytes(content.replace("三天".encode(), b"\xff\xff"))
    (read,) = read_all(path)
    assert ticket_of(read).text.endswith("已经\ufffd\ufffd。")
    assert [repair.field for repair in read.repairs if "surrogates" in repair.rule] == ["text"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", "编号,状态\n1,2\n".encode(), "no column '受理时间'"),
        ("a.csv", "编号,编号,受理时间,状态,分类\n".encode(), "twice"),
        ("a.pdf", b"x", "unknown kind"),
        ("a.xlsx", b"x", "breaks off|is no workbook"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput, match=said):
        list(TableFile(path, read_mapping("hotline12345")).rows())


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BadInput, match="no such file"):
        TableFile(tmp_path / "none.csv", read_mapping("hotline12345"))


def test_gzip_that_breaks_off_gives_what_came_before(tmp_path):
    path = write_csv(tmp_path / "a.csv.gz", [[str(n), *ROW[1:]] for n in range(20_000)])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    rows = []
    with pytest.raises(BadInput, match=r"breaks off after row \d+"):
        rows.extend(TableFile(path, read_mapping("hotline12345")).rows())
    path.write_bytes(whole)


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2011-11-06 01:30:00", "2011-11-06T05:30:00+00:00"),  # twice that night: the first
        ("2011-03-13 02:30:00", "2011-03-13T07:30:00+00:00"),  # never: an hour on
        ("2011-07-01 00:00:00", "2011-07-01T04:00:00+00:00"),
        ("2011-12-01T00:00:00-08:00", "2011-12-01T08:00:00+00:00"),  # says its own offset
    ],
)
def test_local_times_where_the_clocks_change(tmp_path, local, utc):
    path = tmp_path / "a.csv"
    path.write_text(f"case_enquiry_id,open_dt,case_status,reason,type\n1,{local},Open,a,b\n")
    (read,) = read_all(path, "boston311", mapped_city("boston311"))
    assert ticket_of(read).created_at == datetime.fromisoformat(utc)


def test_new_york(tmp_path):
    path = tmp_path / "nyc.csv"
    path.write_text(
        "Unique Key,Created Date,Closed Date,Agency,Problem (formerly Complaint Type),Descriptor,"
        "Incident Zip,Incident Address,Status,Due Date,Borough,Open Data Channel Type,Latitude,"
        "Longitude\n"
        "1,07/04/2026 09:05:00 PM,07/05/2026 01:00:00 AM,NYPD,Noise,Loud Music,10001,1 Main St,"
        "Closed,,MANHATTAN,MOBILE,40.75,-73.99\n"
        "2,07/04/2026 09:06:00 PM,,HPD,HEAT/HOT WATER,N/A,,,Open,,Unspecified,PHONE,,\n"
        "3,07/04/2026 09:06:00 PM,,HPD,HEAT,N/A,,,Levitating,,Unspecified,PHONE,,\n"
    )
    closed, opened, unknown = read_all(path, "nyc311", mapped_city("nyc311"))
    ticket = ticket_of(closed)
    assert ticket.created_at == datetime(2026, 7, 5, 1, 5, tzinfo=UTC)
    assert (ticket.category, ticket.category_as_given) == ("Loud Music", "Noise > Loud Music")
    assert (ticket.department, ticket.district) == ("NYPD", "MANHATTAN")
    assert (ticket.channel, ticket.address) == (Channel.APP, "* Main St 10001")
    assert ticket_of(opened).category == "HEAT/HOT WATER"
    assert (ticket_of(opened).district, ticket_of(opened).status) == (None, Status.HANDLING)
    assert unknown.field == "status"


def test_chicago(tmp_path):
    path = tmp_path / "chicago.csv"
    path.write_text(
        "SR_NUMBER,SR_TYPE,OWNER_DEPARTMENT,STATUS,ORIGIN,CREATED_DATE,LAST_MODIFIED_DATE,"
        "CLOSED_DATE,STREET_ADDRESS,CITY,ZIP_CODE,PARENT_SR_NUMBER,COMMUNITY_AREA,LATITUDE,"
        "LONGITUDE\n"
        "SR1,Graffiti Removal,Streets,Completed,Internet,01/05/2026 10:00:00 AM,"
        "01/06/2026 10:00:00 AM,01/06/2026 09:00:00 AM,1 W ST,Chicago,60601,SR0,32,41.88,-87.63\n"
        "SR2,311 INFORMATION ONLY CALL,311,Canceled,Phone Call,01/05/2026 10:00:00 AM,,,,,,,,,\n"
    )
    closed, withdrawn = read_all(path, "chicago311", mapped_city("chicago311"))
    ticket = ticket_of(closed)
    assert (ticket.status, ticket.channel, ticket.parent) == (Status.CLOSED, Channel.WEB, "SR0")
    assert ticket.updated_at == datetime(2026, 1, 6, 16, tzinfo=UTC)
    assert ticket.district == "32"
    assert ticket_of(withdrawn).status is Status.WITHDRAWN
    assert ticket_of(withdrawn).kind is Kind.INQUIRY


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY x SYSTEM "file://{secret}">',
        '<!ENTITY x SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % y SYSTEM "file://{secret}"> %y;',
    ],
)
def test_a_workbook_s_entities_lead_nowhere(tmp_path, entity):
    good, bad = write_xlsx(tmp_path / "good.xlsx", [ROW]), tmp_path / "bad.xlsx"
    secret = tmp_path / "secret"
    secret.write_text("-- nobody's to read --")
    entity = entity.format(secret=secret)
    with zipfile.ZipFile(good) as held, zipfile.ZipFile(bad, "w") as made:
        for name in held.namelist():
            body = held.read(name).decode()
            if name.endswith("sheet1.xml"):
                body = f"<!DOCTYPE worksheet [{entity}]>" + body.replace("水质发黄", "&x;")
            made.writestr(name, body)
    try:
        found = repr(read_all(bad))
    except (BadInput, ParseError):
        return
    assert secret.read_text() not in found
