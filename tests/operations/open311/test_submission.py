"""What is handed in from outside: read whole, or refused with all that is wrong."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.categories import Answer, Category, CategoryTable, Choice, Question
from operations.open311.services import CityServices, definition, service
from operations.open311.submission import Unfit, read_submission
from tests.builders import NOW

TREE = Category(
    "tree", "树木", "Trees", "园林", "Parks", ("大树",),
    questions=(
        Question("KIND", "树种", "Kind", Answer.ONE_OF, required=True,
                 choices=(Choice("oak", "橡树", "Oak"), Choice("pine", "松树", "Pine"))),
        Question("HARM", "危害", "Harm", Answer.SOME_OF,
                 choices=(Choice("road", "挡路", "In the way"), Choice("wire", "碰线", "Wire")),
        ),
        Question("HIGH", "高度", "Height", Answer.NUMBER, hint_zh="米", hint_en="metres"),
        Question("SINCE", "何时", "Since", Answer.DATETIME),
        Question("MORE", "其他", "More", Answer.TEXT),
    ),
)  # fmt: skip
HERE = {"lat": ["37.51"], "long": ["121.44"], "attribute[KIND]": ["oak"]}


def read(category: Category = TREE, language: str = "en", **form: Any) -> dict[str, Any]:
    return read_submission(form, category, token="t-1", now=NOW, language=language)


def wrong(**form: Any) -> list[str]:
    with pytest.raises(Unfit) as error:
        read(**form)
    assert {one.code for one in error.value.problems} == {400}
    return [one.description for one in error.value.problems]


def test_a_request_becomes_a_record_of_the_intake() -> None:
    form = {
        "first_name": ["John"], "last_name": ["Smith"], "phone": ["13800001111"],
        "email": ["js@example.org"], "device_id": ["d-1"], "account_id": ["a-1"],
        "description": ["It fell\non the road"], "address_string": ["莱山区观海路"],
        "attribute[HARM][]": ["road", "wire"], "attribute[HIGH]": ["7.5"],
        "media_url": ["https://example.org/1.jpg"],
    }  # fmt: skip
    record = read(**(HERE | form))
    assert record == {
        "source": "open311", "external_id": "t-1", "created_at": NOW, "status": "accepted",
        "type": "help", "channel": "app", "category": "tree", "title": "Trees",
        "text": "It fell\non the road\nKind: Oak\nHarm: In the way, Wire\nHeight: 7.5\n"
        "https://example.org/1.jpg",
        "caller": {"name": "John Smith", "phone": "13800001111"},
        "contact_address": "js@example.org",
        "address": "莱山区观海路", "latitude": 37.51, "longitude": 121.44, "crs": "WGS84",
    }  # fmt: skip
    assert "d-1" not in str(record), "what names a device is kept nowhere"


def test_names_are_put_together_as_their_language_does() -> None:
    assert read(**HERE, first_name=["芳"], last_name=["王"])["caller"]["name"] == "王芳"
    assert read(**HERE, last_name=["王"])["caller"]["name"] == "王"


@pytest.mark.parametrize(
    "place", [{"address_id": ["A-1"]}, {"address_string": ["x"]}, {"lat": ["0"], "long": ["0"]}]
)
def test_any_one_way_of_saying_where_is_enough(place: dict[str, list[str]]) -> None:
    assert read(**place, **{"attribute[KIND]": ["pine"]})["category"] == "tree"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"lat": ["37"]}, "lat and long go together"),
        ({"lat": ["x"], "long": ["1"]}, "lat must be degrees"),
        ({"lat": ["nan"], "long": ["1"]}, "lat must be degrees"),
        ({"lat": ["91"], "long": ["181"]}, "long must be degrees"),
        (HERE | {"attribute[KIND]": []}, "attribute[KIND] is required"),
        (HERE | {"attribute[KIND]": ["elm"]}, "attribute[KIND] must be one of oak, pine"),
        (HERE | {"attribute[KIND]": ["oak", "pine"]}, "attribute[KIND] takes one value"),
        (HERE | {"attribute[HIGH]": ["tall"]}, "attribute[HIGH] must be a number"),
        (HERE | {"attribute[SINCE]": ["today"]}, "attribute[SINCE] must be a time"),
        (HERE | {"attribute[WHAT]": ["x"]}, "attribute[WHAT] is not asked"),
        (HERE | {"description": ["x" * 4_001]}, "description has more than 4,000"),
        (HERE | {"media_url": ["javascript:alert(1)"]}, "media_url must be an address"),
        (HERE | {"phone": ["1", "2"]}, "phone was given more than once"),
    ],
)
def test_what_is_wrong_is_told(form: dict[str, list[str]], said: str) -> None:
    assert [one for one in wrong(**form) if one.startswith(said)]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert len(wrong(description=["x" * 5_000])) == 3  # no place, no kind, too long


@given(
    st.dictionaries(
        st.one_of(
            st.sampled_from(["lat", "long", "description", "attribute[KIND]", "attribute[HARM][]"]),
            st.text(max_size=20),
        ),
        st.lists(st.text(max_size=30), max_size=3),
        max_size=6,
    )
)
def test_whatever_comes_is_a_record_or_a_refusal(form: dict[str, list[str]]) -> None:
    with suppress(Unfit):
        record = read_submission(form, TREE, token="t", now=NOW, language="zh")
        assert record["source"] == "open311"


def test_a_service_says_what_is_asked_for_it() -> None:
    assert service(TREE, "zh") == {
        "service_code": "tree", "service_name": "树木", "description": "园林 · 树木",
        "metadata": True, "type": "batch", "keywords": "Trees, 大树", "group": "园林",
    }  # fmt: skip
    asked = definition(TREE, "en")["attributes"]
    assert [(one["code"], one["datatype"], one["required"], one["order"]) for one in asked] == [
        ("KIND", "singlevaluelist", True, 1), ("HARM", "multivaluelist", False, 2),
        ("HIGH", "number", False, 3), ("SINCE", "datetime", False, 4), ("MORE", "text", False, 5),
    ]  # fmt: skip
    assert asked[0]["values"] == [{"key": "oak", "name": "Oak"}, {"key": "pine", "name": "Pine"}]
    assert asked[2]["datatype_description"] == "metres"
    assert "values" not in asked[2]


def test_a_city_without_a_table_offers_what_its_tickets_have() -> None:
    grown = CityServices(CategoryTable(), {"a": ("甲", "A")}, lambda: ["a", "b"])
    assert [(one.code, one.name_en) for one in grown.all()] == [("a", "A"), ("b", "b")]
    assert grown.find("b") is not None
    assert grown.find("c") is None


def test_a_category_that_is_not_public_is_offered_to_nobody() -> None:
    hidden = Category("x", "密", "Secret", public=False)
    city = CityServices(CategoryTable([TREE, hidden]), {}, list)
    assert city.all() == [TREE]
    assert city.find("x") is None
