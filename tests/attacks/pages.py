# ruff: noqa: E501 - a table reads best with one attack on a line
"""Pages that ask for more than the design itself: what a layout of another's making might contain."""

from base64 import b64encode

from .case import CANARY, HTTP, Case, Stage
from .drawings import drawing
from .pictures import png

TARGET = "layouts/aanval/handout/page.html.j2"


def data(body: str | bytes, kind: str = "image/svg+xml") -> str:
    raw = body.encode() if isinstance(body, str) else body
    return f"data:{kind};base64,{b64encode(raw).decode()}"


def image(url: str) -> str:
    return f'<img alt="" src="{url}">'


def style(css: str) -> str:
    return f"<style>{css}</style><p>Tekst"


_LOCAL = drawing(f'<image href="file://{CANARY}/geheim.png" width="9" height="9"/>')
_OUTSIDE = "geen adressen daarbuiten"

_PAYLOADS = (
    ("remote image", image(HTTP), _OUTSIDE),
    ("remote image over https", image("https://127.0.0.1:9/spy.png"), _OUTSIDE),
    ("local image", image(f"file://{CANARY}/geheim.png"), _OUTSIDE),
    ("local image in capitals", image(f"FILE://{CANARY}/geheim.png"), _OUTSIDE),
    ("image without a scheme", image("//127.0.0.1:9/spy.png"), _OUTSIDE),
    ("image by ftp", image("ftp://127.0.0.1:9/spy.png"), _OUTSIDE),
    ("host that looks like ours", image("https://workspace.invalid@127.0.0.1:9/spy.png"), _OUTSIDE),
    ("path out of the folder", image(f"../../../../../..{CANARY}/geheim.png"), "hoort niet bij het ontwerp"),
    ("path in disguise", image(f"%2e%2e/%2e%2e{CANARY}/geheim.png"), "hoort niet bij het ontwerp"),
    ("absolute path", image(f"{CANARY}/geheim.png"), "hoort niet bij het ontwerp"),
    ("import in css", style(f'@import url("{HTTP}");'), _OUTSIDE),
    ("import of a local file", style(f'@import "file://{CANARY}/geheim.css";'), _OUTSIDE),
    ("import of data", style("@import url(data:text/css,p{color:red});"), "text/css mag niet"),
    ("style sheet by link", f'<link rel="stylesheet" href="{HTTP}"><p>Tekst', _OUTSIDE),
    ("remote background", style(f"p{{background:url({HTTP})}}"), _OUTSIDE),
    ("remote list mark", style(f"p{{display:list-item;list-style-image:url({HTTP})}}"), _OUTSIDE),
    ("generated content", style(f"p::before{{content:url(file://{CANARY}/geheim.png)}}"), _OUTSIDE),
    ("remote font", style(f"@font-face{{font-family:x;src:url({HTTP})}}p{{font-family:x}}"), _OUTSIDE),
    ("local font", style(f"@font-face{{font-family:x;src:url(file://{CANARY}/geheim.ttf)}}"), _OUTSIDE),
    ("remote colour profile", style(f"@color-profile --x{{src:url({HTTP});components:c,m,y,k}}"), _OUTSIDE),
    ("attachment", f'<a rel="attachment" href="file://{CANARY}/geheim.txt">bijlage</a>', _OUTSIDE),
    ("attachment by link", f'<link rel="attachment" href="file://{CANARY}/geheim.txt"><p>Tekst', _OUTSIDE),
    ("embedded object", f'<object data="file://{CANARY}/geheim.png"></object>', _OUTSIDE),
    ("drawing with a local image", _LOCAL, _OUTSIDE),
    ("nested drawing", image(data(_LOCAL)), _OUTSIDE),
    ("drawing nested twice", image(data(drawing(f'<image href="{data(_LOCAL)}" width="9" height="9"/>'))), _OUTSIDE),
    ("relative path in a drawing", image(data(drawing(f'<image href="../..{CANARY}/geheim.png"/>'))), _OUTSIDE),
    ("clone from elsewhere", image(data(drawing(f'<use href="{HTTP}#a"/>'))), "<use href"),
    ("import in a drawing", image(data(drawing(f'<style>@import "{HTTP}";</style>'))), "@import"),
    ("font in a drawing", image(data(drawing(f"<style>@font-face{{font-family:x;src:url({HTTP})}}</style>"))), _OUTSIDE),
    ("entity in a drawing", image(data(f'<!DOCTYPE svg [<!ENTITY x "y">]>{drawing("")}')), "<!DOCTYPE"),
    ("page in data", image(data("<html></html>", "text/html")), "text/html mag niet"),
    ("font in data", style(f"@font-face{{font-family:x;src:url({data('', 'font/ttf')})}}"), "font/ttf mag niet"),
    ("data without a kind", image("data:,hoi"), "mag niet"),
    ("damaged data", image("data:image/png;base64,@@@"), "base64"),
    ("picture that bursts open", image(data(png(9_000, 9_000, b""), "image/png")), "te veel beeldpunten"),
    ("flood of data", image(data(" " * 5_100_000)), "groter dan 5 MB"),
)  # fmt: skip

PAGES = tuple(Case(name, Stage.PAGE, TARGET, payload, expect) for name, payload, expect in _PAYLOADS)
