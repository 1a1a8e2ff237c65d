"""What tests of the library stand on: a reviewed incident, a book of cases, who keeps it."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from data_sources.case_book import SqlCaseBook
from operations.people.anonymity import places
from operations.response.case import Act, Asked, Case
from operations.response.case_drafting import Material
from operations.response.case_keeping import Keeping, Library
from operations.response.closing import Day
from operations.response.effect import Effect, Window
from operations.response.incident import Kind
from tests.builders import NOW
from tests.incidents import KNOWN, WATER, Scene

ZONE = ZoneInfo("Asia/Shanghai")
NAMES = frozenset(places(("龙口市", "东莱街道", "松泉花园", "Longkou"))) | {"T-778899", "白沙水厂"}
PLANTED = ("龙口", "东莱", "松泉花园", "T-778899", "白沙水厂", "李建国", "13812345678", "5678",
           "三和物业", "SJ-2026", "11月20日")  # fmt: skip
"""Words of the incident by which somebody or some place could be told."""


def reviewed(**more: Any) -> Scene:
    """Give an incident that was reviewed, with a planted word in every text it has."""
    scene = Scene(**more)
    scene.act("retitle", title="龙口市东莱街道自来水发黄")
    for act in ("assess", "respond"):
        scene.act(act)
    scene.act("summon", party="health")
    scene.act("summon", party="housing")
    scene.act("summon", party="三和物业", reason="不在名册")
    scene.act("appoint", role="commander", person="李建国")
    scene.act("edit_link", number=1, version=1, name="源头", owner="water_company")
    scene.act("edit_link", number=3, version=1, name="松泉花园居民家中", owner="三和物业")
    scene.act(
        "find", link=1, text="白沙水厂出厂水合格", quantity="浊度", value=0.3, unit="NTU", limit=1.0
    )
    scene.on(Kind.LINK, 1, "clear")
    scene.on(Kind.LINK, 2, "fail")
    scene.act("find", link=2, text="李建国报告：11月20日末梢余氯不足", quantity="余氯", value=0.02,
              unit="mg/L", limit=0.05, bound="least")  # fmt: skip
    scene.act("plan", link=2, title="冲洗东莱街道管网", owner="water_company", within_min=60)
    scene.on(Kind.MEASURE, 1, "begin")
    scene.on(Kind.MEASURE, 1, "complete")
    scene.act("plan", link=0, title="从未开始的措施", owner="water_company", within_min=60)
    scene.act("decide", text="李建国决定：联系人电话13812345678，先冲洗后换管", basis="预案")
    scene.act("report", situation="SJ-2026-0001 中松泉花园已恢复", done="工单T-778899已回访",
              next="观察", needs="无")  # fmt: skip
    scene.on(Kind.LINK, 2, "clear")
    scene.act("control")
    scene.act("ask_close", reason="已恢复")
    scene.act("confirm_close", by="赵主任")
    scene.act("learn", text="末梢管道要定期冲洗，三和物业要早通知")
    scene.act("review")
    return scene


def material(scene: Scene, **changes: Any) -> Material:
    """Give what a case of it is drafted from: three days, of which the first is above."""
    opened = date(2026, 11, 18)
    values: dict[str, Any] = {
        "whole": scene.whole, "tickets": 40, "least": 5,
        "days": [Day(opened + timedelta(days=n), count, 2.0, 5.0)
                 for n, count in ((-1, 3), (0, 30), (1, 4))],
        "effects": [Effect(1, "fewer", Window(30, 6, 3), Window(4, 6, 3), 0.13, 0.05, 0.4)],
        "templates": (WATER,), "names": NAMES, "is_office": KNOWN.__contains__,
        "is_local": "housing".__eq__, "zone": ZONE,
    }  # fmt: skip
    return Material(**(values | changes))


class Shelf:
    """A library on a database, over one reviewed incident."""

    def __init__(self, engine: Any, scene: Scene | None = None) -> None:
        self.engine, self.book, self.now = engine, SqlCaseBook(engine), NOW
        self.scenes = {}
        self.scene = scene or self.another()
        self.scenes[self.scene.id] = self.scene
        self._keys = 0

    def another(self, **more: Any) -> Scene:
        """Have another incident reviewed."""
        made = reviewed(**more)
        self.scenes[made.id] = made
        return made

    def people(self, actor: str = "王主任", **changes: Any) -> Keeping:
        """Give somebody's hand."""

        def found(incident: str) -> Material | None:
            scene = self.scenes.get(incident)
            return None if scene is None else material(scene, **changes)

        return Keeping(Library(self.book, found, ZONE), actor, self.now, verified=True)

    def key(self) -> str:
        """Name an act anew."""
        self._keys += 1
        return f"k{self._keys}"

    def draft(self, scene: Scene | None = None) -> Case:
        """Draft a case."""
        return self.people().begin((scene or self.scene).id, key=self.key())

    def do(
        self, held: Case, act: Act, *, read: bool = False, reason: str = "", **texts: str
    ) -> Case:
        """Do an act on a case as it is; texts are named `lesson_1`."""
        asked = Asked(
            texts={name.replace("_", "/"): text for name, text in texts.items()},
            read=read, reason=reason,
        )  # fmt: skip
        return self.people().act(
            held.number, act, asked, expected_version=held.version, key=self.key()
        )

    def published(self, scene: Scene | None = None) -> Case:
        """Draft a case and publish it."""
        return self.do(self.draft(scene), Act.PUBLISH, read=True)
