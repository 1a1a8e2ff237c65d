"""What a test may look at inside a Dash page."""

from typing import Any

from playwright.sync_api import Page

_PAST = """() => {
  const root = document.querySelector('#react-entry-point');
  const key = Object.keys(root).find((name) => name.startsWith('__reactContainer'));
  const stack = [root[key]];
  while (stack.length) {
    const node = stack.pop();
    const store = node?.memoizedProps?.store ?? node?.memoizedProps?.value?.store;
    if (store?.getState) return store.getState().history?.past?.length ?? null;
    if (node?.child) stack.push(node.child);
    if (node?.sibling) stack.push(node.sibling);
  }
  return null;
}"""


def history_past(page: Page) -> Any:
    """Count the states Dash's renderer keeps of the past; None where its store is not found."""
    return page.evaluate(_PAST)
