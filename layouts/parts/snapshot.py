"""The button that takes what is on screen away as a picture, with who takes it and when."""

from dash import html
from dash.development.base_component import Component

from layouts.parts.marks import data
from layouts.wording import Language, words


def snapshot(
    name: str, zone: str, offset: str, language: Language, look: str = "press"
) -> Component:
    """Draw the button; assets/snapshot.js makes the picture of the page's main part.

    `name` is who takes it, `look` the class of the buttons it stands among; the time is told by
    the browser at that moment, in the city's zone.
    """
    said = words(language)
    told = {one: said[f"snapshot_{one}"] for one in ("take", "making", "failed")}
    return html.Button(
        said["snapshot_take"],
        type="button",
        className=f"{look} snapshot-take",
        **data(name=name, zone=zone, offset=offset, **told),
    )
