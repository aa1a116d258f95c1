"""Content files that reach for a file, break out of a style sheet or a link, hide text, or burst open."""

from .case import CANARY, HTTP, Case, Stage

RAYON = """\
id: aanval
naam: Rayon Aanval
kleuren:
  primair: "#2B2F86"
  accent: "#F2B233"
logo: logo.svg
adres: [Helmgras 3, 4321 ZX Duinrand]
email: info@aanval.example
website: https://www.aanval.example
telefoon: 098 765 43 21
voetregel: Voorbeeldrayon
stijl: draad
"""


def rayon(key: str, value: str) -> str:
    """The rayon above with another value behind one of its keys."""
    lines = [
        line if line.strip().partition(":")[0] != key else f"{line.partition(':')[0]}: {value}"
        for line in RAYON.splitlines()
    ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_ALIASES = "a: &a [x, x]\n" + "\n".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

_PAYLOADS = (
    ("address in a colour", rayon("primair", quoted(f"red;background:url({HTTP})")), "kleuren.primair"),
    ("colour that closes the rule", rayon("primair", quoted("#fff}*{display:none")), "kleuren.primair"),
    ("colour with a line break", rayon("accent", '"#F2B233\\n"'), "kleuren.accent"),
    ("colour by name", rayon("accent", "red"), "kleuren.accent"),
    ("script as link", rayon("website", "javascript:alert(1)"), "is not a link"),
    ("file as link", rayon("website", f"file://{CANARY}/geheim.txt"), "is not a link"),
    ("data as link", rayon("website", quoted("data:text/html,<script>")), "is not a link"),
    ("link that closes its attribute", rayon("website", quoted('https://x.example/"><img src=x>')), "is not a link"),
    ("link over two lines", rayon("website", '"https://x.example\\nrel=attachment"'), "is not a link"),
    ("mail address with a header", rayon("email", '"a@b.example\\nBcc: c@d.example"'), "email"),
    ("logo in another folder", rayon("logo", f"../../..{CANARY}/geheim.svg"), "logo"),
    ("logo by absolute path", rayon("logo", f"{CANARY}/geheim.svg"), "logo"),
    ("logo by address", rayon("logo", HTTP), "logo"),
    ("hidden logo", rayon("logo", ".geheim.svg"), "logo"),
    ("style in another folder", rayon("stijl", "../../x"), "stijl"),
    ("id that leaves the output", rayon("id", "../../x"), "id"),
    ("network in another folder", rayon("stijl", "draad\nnetwerken: [../../x]"), "netwerken"),
    ("text from right to left", rayon("naam", '"Rayon \\u202Enavnaa"'), "U+202E"),
    ("isolated text", rayon("voetregel", '"a \\u2066b"'), "U+2066"),
    ("control character", rayon("naam", '"Rayon\\x07"'), "U+0007"),
    ("end of file character", rayon("naam", '"Rayon\\0"'), "U+0000"),
    ("raw control character", rayon("naam", "Rayon\x1b[2J"), "this is not YAML"),
    ("alias bomb", _ALIASES, "anchors and aliases"),
    ("merge key", "a: &a {b: 1}\nc:\n  <<: *a\n", "plain word as key"),
    ("deep nesting", "naam: " + "[" * 5_000 + "]" * 5_000, "nested deeper"),
    ("object of a language", rayon("naam", '!!python/object/apply:os.system ["true"]'), "naam"),
    ("flood of text", rayon("naam", "x" * 300_000), "larger than"),
    ("key twice", RAYON + "logo: ../x\n", "stands here twice"),
    ("key that does not exist", RAYON + "sjabloon: ../x\n", "is not a key"),
)  # fmt: skip

CONTENTS = tuple(
    Case(name, Stage.CONTENT, "content/rayons/aanval/rayon.yaml", payload, expect)
    for name, payload, expect in _PAYLOADS
)
