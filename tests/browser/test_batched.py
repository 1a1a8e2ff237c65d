"""Dash's store is batched where Dash makes it, so that a long page is drawn in its length."""

import pytest
from playwright.sync_api import Page

from tests.system import System

pytestmark = pytest.mark.browser

WOKEN = """async () => {
    const [store] = window.dash_stores;
    let woken = 0;
    store.subscribe(() => { woken += 1; });
    const drawn = { type: "RESET_COMPONENT_STATE", payload: { itempath: ["props", "children"] } };
    for (let n = 0; n < 50; n += 1) store.dispatch(drawn);
    const atOnce = woken;
    await null;
    return [atOnce, woken];
}"""
TOLD = """() => {
    const stores = window.dash_stores = [];
    const push = stores.push;
    window.told = 0;
    Object.defineProperty(stores, "push", {
        set(batched) { this.batched = batched; },
        get() {
            return (store) => {
                const { dispatch } = store;
                store.dispatch = (action) => {
                    if (action.type === "RESET_COMPONENT_STATE") window.told += 1;
                    return dispatch(action);
                };
                return this.batched(store);
            };
        },
    });
}"""


def test_components_are_woken_together(page: Page, system: System) -> None:
    page.add_init_script(f"({TOLD})()")
    page.goto(system.url + "/clusters")
    page.wait_for_selector("main.dossier")
    assert page.evaluate("window.told") > 20, "this is what Dash tells its store of a page drawn"
    assert page.evaluate(WOKEN) == [0, 1]
