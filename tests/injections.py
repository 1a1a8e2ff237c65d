"""Strings that run a script wherever a page takes text for markup, a style or code."""

import os
import random
from itertools import product

WHOLE = os.environ.get("LIANXIN_TEST_WHOLE") == "1"
"""The long form of the checks that have one; the short form is a sample of it."""
SHORT, MOST = 200, 5000

RUN = (
    "window.ran=1",
    "top.ran=1",
    "alert(1)",
    "self['ran']=1",
    "eval('ran=1')",
    "setTimeout('ran=1')",
    "(()=>{ran=1})()",
    "document.title='ran'",
)
SHAPES = (
    "<script>{run}</script>",
    "<ScRiPt >{run}</sCrIpT >",
    "<script src='data:text/javascript,{run}'></script>",
    '<img src=x onerror="{run}">',
    "<img src=x onerror={run}//",
    "<IMG/SRC=x\tONERROR={run}>",
    '<svg onload="{run}">',
    "<svg><script>{run}</script></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    '<iframe srcdoc="<script>parent.{run}</script>"></iframe>',
    '<iframe src="javascript:parent.{run}"></iframe>',
    '<a href="javascript:{run}">x</a>',
    '<a href="jav&#x09;ascript:{run}">x</a>',
    '<body onload="{run}">',
    '<details open ontoggle="{run}">',
    '<input autofocus onfocus="{run}">',
    '<video><source onerror="{run}"></video>',
    '<audio src=x onerror="{run}">',
    '<object data="javascript:{run}"></object>',
    '<embed src="javascript:{run}">',
    '<form action="javascript:{run}"><button>x</button></form>',
    '<math><mtext><img src=x onerror="{run}"></mtext></math>',
    '<meta http-equiv="refresh" content="0;url=javascript:{run}">',
    '<link rel=stylesheet href="javascript:{run}">',
    '<base href="javascript:{run}//">',
    "<style>@keyframes k{{}}</style><b style='animation:k' onanimationstart=\"{run}\">",
    '<template><img src=x onerror="{run}"></template>',
    "<noscript><p title=\"</noscript><img src=x onerror='{run}'>\">",
    '<marquee onstart="{run}">',
    '<select autofocus onfocus="{run}">',
    "javascript:{run}",
    "data:text/html,<script>{run}</script>",
    "{{{{constructor.constructor('{run}')()}}}}",
    "${{{run}}}",
    "' onmouseover='{run}' x='",
    '" onfocus="{run}" autofocus="',
    "'-{run}-'",
    '";{run};//',
    "expression({run})",
    "*/{run}/*",
)
BREAKS = (
    *("", '">', "'>", "</script>", "</style>", "</title>", "</textarea>", "-->", "]]>"),
    *("</svg>", "`", "\\", "\u2028", "</option></select>", "&lt;", "%3C", "\ufeff"),
)
DISGUISES = (
    lambda text: text,
    lambda text: text.replace("<", "<\u0000", 1),
    lambda text: text.replace("=", " = "),
    lambda text: text.upper().replace("RAN", "ran"),
    lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    lambda text: text.replace("script", "scr\u00adipt"),
)


def injections(count: int | None = None) -> list[str]:
    """Give so many of them, the same ones every time; without a number as this run wants."""
    count = count or (MOST if WHOLE else SHORT)
    made = [
        disguise(before + shape.format(run=run))
        for before, shape, run, disguise in product(BREAKS, SHAPES, RUN, DISGUISES)
    ]
    return random.Random(12345).sample(list(dict.fromkeys(made)), count)
