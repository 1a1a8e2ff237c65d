"""The responsibilities scene in a browser: a ticket's stage and list as they are told live."""

import re
import time

import pytest
from playwright.sync_api import Browser, expect

from tests.system import running

pytestmark = pytest.mark.browser

RECORD = {
    "source": "12345", "status": "办理中", "category": "供水管道漏水", "department": "水务局",
    "address": "龙口市东莱街道12号楼", "title": "南山水管漏水",
}  # fmt: skip
SIZES = ((1920, 1080), (1024, 768), (390, 844))
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def told(hours_ago: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - hours_ago * 3600))


def test_a_ticket_stands_in_its_stage_and_on_its_list(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = tmp_path_factory.mktemp("duties")
    with running(data, "--no-demo", LIANXIN_WATCH="false") as house:
        house.post([
            RECORD | {"external_id": "T-1", "created_at": told(30), "reassignments": 3},
            RECORD | {"external_id": "T-2", "created_at": told(2), "status": "退单",
                      "category": "噪声扰民"},
        ])  # fmt: skip
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.set_default_timeout(30_000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{house.url}/wall?scene=duties&lang=en")
        expect(page.locator('[data-duty="perform"] .duty-tickets')).to_have_text("1")
        expect(page.locator('[data-duty="clarify"] .duty-tickets')).to_have_text("1")
        expect(page.locator('[data-duty="perform"] .duty-age')).to_have_text(
            re.compile("^median age 3[01] h$")  # ages are kept by hours of the clock
        )
        bouncing = page.locator('[data-end="bouncing"]')
        expect(bouncing.locator(".loose-tickets")).to_have_text("1")
        expect(bouncing.locator(".loose-worst")).to_contain_text(" 1")
        expect(page.locator('[data-end="uncalled"] .loose-worst')).to_have_text("no callbacks told")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(WIDER) <= 0
            expect(page.locator(".panel-duties")).to_be_visible()
        page.close()
        assert errors == []
