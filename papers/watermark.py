"""A watermark as Word draws it: letters in the header, behind the text of every page."""

from xml.sax.saxutils import quoteattr

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def watermark(said: str) -> str:
    """Write the run that draws the words across a page."""
    style = (
        "position:absolute;margin-left:0;margin-top:0;width:460pt;height:34pt;rotation:328;"
        "z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin"
    )
    return (
        f'<w:r {SPACES}><w:pict><v:shapetype id="_x0000_t136" coordsize="1600,21600" o:spt="136"'
        ' adj="10800" path="m@7,0l@8,0m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
        '</v:shapetype><v:shape id="mark" o:spid="_x0000_s2049" type="#_x0000_t136"'
        f' style="{style}" fillcolor="#8a929c" stroked="f"><v:fill opacity=".25"/>'
        f'<v:textpath style="font-size:1pt" string={quoteattr(said)}/></v:shape></w:pict></w:r>'
    )
