"""The pages that say that a screen is not for this account, or not there: plain HTML alone."""

from layouts.wording import LANGUAGES, WORDS, words


def refusal_page() -> str:
    """Make the page that says that a screen is not for this account, in both languages."""
    return _page("not_for_you", "not_for_you_about")


def lost_page() -> str:
    """Make the page that says that there is nothing at an address, in both languages."""
    return _page("not_found", "not_found_about")


def _page(title: str, about: str) -> str:
    said = [
        f'<div lang="{language}"><h1>{words(language)[title]}</h1>'
        f"<p>{words(language)[about]}</p></div>"
        for language in LANGUAGES
    ]
    sheets = ("00_fonts", "01_tokens", "02_page", "06_home", "12_people")
    links = "".join(f'<link rel="stylesheet" href="/assets/{name}.css">' for name in sheets)
    start = " · ".join(WORDS["to_start"].values())
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{links}'
        f"<title>{WORDS['product']['zh']}</title></head>"
        f'<body><main class="home home-lost">{"".join(said)}'
        f'<a class="home-back" href="/">{start}</a></main></body></html>'
    )
