"""A page written out as plain HTML: nothing of what it says can end what it stands in."""

import json
from html.parser import HTMLParser

from dash import html

from layouts.document import Shell, document, written
from layouts.parts.marks import aria, data

EVIL = '</script><img src=x onerror="alert(1)">'


class Seen(HTMLParser):
    """Reads a page as a browser would: which elements there are, with which attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def seen(text: str) -> Seen:
    made = Seen()
    made.feed(text)
    return made


def test_attributes_are_those_of_html() -> None:
    drawn = html.Button(
        "+", className="a b", hidden=True, disabled=False, **data(figure="x"), **aria(label="说")
    )
    assert written(drawn) == '<button aria-label="说" class="a b" data-figure="x" hidden>+</button>'
    assert written(html.Label(["name", None], htmlFor="f")) == '<label for="f">name</label>'
    assert written(html.Img(src="/i.png")) == '<img src="/i.png">'


def test_no_text_becomes_an_element() -> None:
    page = written(html.P([EVIL, html.A(EVIL, href=EVIL, title=EVIL)]))
    found = seen(page)
    assert [tag for tag, _ in found.tags] == ["p", "a"]
    assert found.tags[1][1] == {"href": EVIL, "title": EVIL}
    assert "".join(found.texts) == EVIL + EVIL


def test_data_of_a_page_stay_data() -> None:
    page = written(html.Script(json.dumps({"name": EVIL}), id="facts", type="application/json"))
    found = seen(page)
    assert [tag for tag, _ in found.tags] == ["script"]
    assert json.loads("".join(found.texts)) == {"name": EVIL}


def test_a_document_loads_what_its_shell_names_and_runs_nothing_inline() -> None:
    shell = Shell(("/assets/a.css?v=1",), ("/assets/a.js?v=2", "/assets/b.js?v=3"), "v")
    found = seen(document(html.Main("hier"), shell, language="en", title="<City>"))
    scripts = [held for tag, held in found.tags if tag == "script"]
    assert scripts == [{"defer": None, "src": one} for one in shell.scripts]
    assert ("html", {"lang": "en"}) in found.tags
    assert "<City>" in found.texts
    assert not [held for _, held in found.tags if any(name.startswith("on") for name in held)]
