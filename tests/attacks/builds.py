# ruff: noqa: E501 - a table reads best with one attack on a line
"""Attacks that only a whole build can show to be harmless: the rest of the batch has to be made."""

from .case import CANARY, HTTP, Case, Kind, Stage
from .contents import quoted, rayon

_LAYOUT = "layouts/aanval/handout/page.html.j2"
_RAYON = "content/rayons/aanval/rayon.yaml"
_LITERAL = "the text stands in the PDF as it was typed"
_STOPPED = "the layout's own jobs fail with a message, the others are made"

BUILDS = (
    Case("template in a text", Stage.BUILD, _RAYON, rayon("voetregel", quoted("{{ 7 * 7 }} {% raw %}")), "", note=_LITERAL),
    Case("mark-up in a text", Stage.BUILD, _RAYON, rayon("voetregel", quoted(f"<img src={HTTP}>")), "", note=_LITERAL),
    Case("style in a text", Stage.BUILD, _RAYON, rayon("naam", quoted("</style><style>p{color:red}")), "", note=_LITERAL),
    Case("way out of the sandbox", Stage.BUILD, _LAYOUT, "{{ ''.__class__.__mro__[1].__subclasses__() }}", "unsafe", note=_STOPPED),
    Case("way out by a function", Stage.BUILD, _LAYOUT, "{{ kit.__init__.__globals__ }}", "unsafe", note=_STOPPED),
    Case("include of a local file", Stage.BUILD, _LAYOUT, f'{{% include "../../../../../..{CANARY}/geheim.txt" %}}', "geheim.txt", note=_STOPPED),
    Case("include by absolute path", Stage.BUILD, _LAYOUT, f'{{% include "{CANARY}/geheim.txt" %}}', "geheim.txt", note=_STOPPED),
    Case("unknown name", Stage.BUILD, _LAYOUT, "{{ wachtwoord }}", "wachtwoord", note=_STOPPED),
    Case("endless loop", Stage.BUILD, _LAYOUT, "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", "", note="stopped by the time-out, as the only job"),
    Case("flood of memory", Stage.BUILD, _LAYOUT, "{{ 'x' * 10 ** 10 }}", "", note="stopped by the memory limit, as the only job"),
    Case("use bomb in a layout", Stage.BUILD, _LAYOUT, '<svg viewBox="0 0 9 9"><g id="a"><rect width="1" height="1"/></g>' + "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1 if n else ""}"/>' * 10 + "</g>" for n in range(7)) + "</svg>", "", note="stopped by the time-out, as the only job"),
    Case("deep nesting in a layout", Stage.BUILD, _LAYOUT, "<div>" * 900, "", note=_STOPPED),
    Case("logo by symbolic link", Stage.BUILD, "content/rayons/aanval/logo.svg", f"{CANARY}/geheim.svg", "logo.svg", Kind.LINK, "the link is not followed"),
    Case("rayon by symbolic link", Stage.BUILD, _RAYON, f"{CANARY}/geheim.txt", "rayon.yaml", Kind.LINK, "the link is not followed"),
    Case("folder by symbolic link", Stage.BUILD, "content/rayons/aanval", CANARY, "aanval", Kind.LINK, "the link is not followed"),
    Case("layout by symbolic link", Stage.BUILD, _LAYOUT, f"{CANARY}/geheim.txt", "page.html.j2", Kind.LINK, "the link is not followed"),
    Case("photo in another folder", Stage.BUILD, "content/netwerken/aanval.yaml", f"id: aanval\nfoto: {{bestand: ../../..{CANARY}/geheim.png, omschrijving: x, maker: y}}\n", "foto", note="the path is refused by name"),
    Case("not text at all", Stage.BUILD, _RAYON, b"\xff\xfe\0naam", "rayon.yaml", note="named as not UTF-8"),
    Case("folder with a strange name", Stage.BUILD, "content/rayons/..%2f..%2fx/rayon.yaml", rayon("id", "x"), "..%2f..%2fx", note="no file outside the output folder"),
)  # fmt: skip
