"""What an address asks for."""

from urllib.parse import parse_qs, unquote

from layouts.wording import Language, language_of


def parts_of(pathname: str) -> list[str]:
    """Give the parts of a path, decoded: /clusters/c-1 is clusters and c-1."""
    return [unquote(part) for part in pathname.strip("/").split("/") if part]


def asked(search: str, name: str) -> str | None:
    """Read one value from an address's query."""
    return parse_qs(search.lstrip("?")).get(name, [None])[0]


def everything_asked(search: str) -> dict[str, str]:
    """Read the first value of every name in an address's query."""
    return {name: values[0] for name, values in parse_qs(search.lstrip("?")).items()}


def page_asked(search: str, total: int, a_page: int) -> tuple[int, int]:
    """Read which page of so many rows is asked for; give its number and how many there are.

    What is no number is the first page, what lies behind the last one the last.
    """
    given = asked(search, "page") or ""
    pages = max(-(-total // a_page), 1)
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 1
    return min(max(number, 1), pages), pages


def asked_language(search: str, default: Language) -> Language:
    """Read `?lang=` from an address."""
    return language_of(asked(search, "lang"), default)
