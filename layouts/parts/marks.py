"""Attributes the page's JavaScript and its tests find things by."""

from typing import Any


def data(**values: str) -> dict[str, Any]:
    """Give `data-` attributes: `data(kpi="open_now")` is `data-kpi="open_now"`."""
    return {f"data-{name.replace('_', '-')}": value for name, value in values.items()}


def aria(**values: str) -> dict[str, Any]:
    """Give `aria-` attributes: `aria(label="地图")` is `aria-label="地图"`."""
    return {f"aria-{name}": value for name, value in values.items()}
