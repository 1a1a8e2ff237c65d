"""What a masked text hides, what it must leave, and that no text makes it slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.people.masking import is_identity_number, mask

HIDDEN = [
    ("请回电13812345678,谢谢", "请回电138****5678,谢谢"),
    ("138-1234-5678", "138-****-5678"),
    ("138 1234 5678", "138 **** 5678"),
    ("１３８１２３４５６７８", "１３８****５６７８"),
    ("+86 13812345678", "+86 138****5678"),
    ("电话0535-6612345", "电话0535-****345"),
    ("(0535)6612345", "(0535)****345"),
    ("01012345678", "010*****678"),
    ("座机:6612345", "座机:****345"),
    ("身份证号370602199003078515", "身份证号" + "*" * 18),
    ("11010519491231002X", "*" * 18),
    ("11010519491231002x", "*" * 18),
    ("证件370602900307851", "证件" + "*" * 15),
    ("车牌鲁F·12345", "车牌鲁F******"),
    ("鲁FD12345占道", "鲁F******占道"),
    ("6222021234567890128", "*" * 15 + "0128"),
    ("4111 1111 1111 1111", "**** **** **** 1111"),
    ("3号楼2单元501室", "*号楼*单元***室"),
    ("12栋2单元301漏水", "**栋*单元***漏水"),
    ("三单元漏水", "*单元漏水"),
    ("东莱街道1号", "东莱街道*号"),
    ("通世路128号", "通世路***号"),
    ("小区3-2-501", "小区*******"),
    ("a.b+c@mail.example.cn", "*" * 21),
    ("微信号abc_12345", "微信号*********"),
    ("QQ:12345678", "QQ:********"),
    ("王先生反映", "*先生反映"),
    ("向李女士反映", "向*女士反映"),
    ("王建国先生", "***先生"),
    ("欧阳修先生", "***先生"),
    ("张某某", "***"),
    ("联系人:赵六", "联系人:**"),
    ("联系人：高翔,电话13812345678", "联系人：**,电话138****5678"),
    ("我叫王小明。", "我叫***。"),
    ("本人姓王,", "本人姓*,"),
    ("Mr. John Smith called", "Mr. ********** called"),
    ("12 Main Street, Apt 5B", "** Main Street, Apt **"),
]

LEFT = [
    "206国道与通海路路口积水",
    "S302省道、K1234次列车、2号线地铁",
    "工单号20261124-0001,受理编号DH2026112400013",
    "2026-11-24 08:30至2026年11月24日18时30分停水",
    "11月24号开始停水,小区24号开始停水",
    "罚款1500元,补贴12,345.60元,占地300平方米",
    "拨打12345热线,110报警,96166查询",
    "三室两厅,共5栋楼,三栋楼都停电",
    "市民高度关注,业主反映物业不作为,有老人摔倒",
    "家里的自来水从昨天开始发黄,希望有关部门核实处理",
    "第5号文件,邮编265700,温度38.5度",
    "1234567890123",
    "Route 206 and Main Street, 3 buses late",
]


@pytest.mark.parametrize(("text", "shown"), HIDDEN)
def test_hidden(text, shown):
    assert mask(text) == shown


@pytest.mark.parametrize("text", LEFT)
def test_ordinary_words_and_numbers_are_left(text):
    assert mask(text) == text


def test_what_the_record_itself_names_is_hidden_wherever_it_stands():
    text = "栾龘来电,栾龘称电话13812345678,门牌甲乙丙"
    assert mask(text, ["栾龘", "13812345678", "甲乙丙"]) == "**来电,**称电话138****5678,门牌***"


@pytest.mark.parametrize(
    ("number", "right"), [("11010519491231002X", True), ("110105194912310021", False)]
)
def test_identity_numbers_have_a_check_digit(number, right):
    assert is_identity_number(number) is right
    assert (mask(number) == number) is not right
    assert number not in mask(f"身份证{number}")


@given(st.text(alphabet="0123456789 -()+王先生姓联系人:号楼室单元某a@.鲁FX，１", max_size=60))
def test_a_masked_text_is_as_long_and_masking_it_again_changes_no_more_than_stars(text):
    shown = mask(text)
    assert len(shown) == len(text)
    assert all(new in (old, "*") for old, new in zip(text, shown, strict=True))


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text("水路，。的a ", max_size=5))
def test_no_mobile_number_comes_through(number, around):
    assert number not in mask(f"{around}{number}。{around}")


@pytest.mark.parametrize(
    "piece",
    [
        *("1 3 ", "a@", "138-", "0535-", "1", "9", "a", "王先生", "张", "鲁F", "某", "单元"),
        *("1-1-1", "联系人:", "微信", "12 a ", "姓", "号楼", "a. ", "(86", "身份证", "A b ", "一"),
        *("1室", "4 1 1 1 ", f"x{'4000' + '1' * 52} ", "name: ", "x-", "%a.", "１", "欧阳"),
    ],
)
def test_a_megabyte_of_anything_takes_no_time(piece):
    text = (piece * (50_000 // len(piece) + 1))[:50_000]
    once = _took_s(text)
    assert _took_s(text * 4) < max(4 * once * 3, 3.0)  # four times as long, not sixteen


def test_a_megabyte_of_the_slowest_takes_seconds():
    assert _took_s("张某 1380535-" * 100_000) < 10


def _took_s(text):
    started = time.process_time()
    mask(text)
    return time.process_time() - started
