from dataclasses import replace
from html.parser import HTMLParser

from invulposter.findings import Finding, Place, Severity
from invulposter.gallery import gallery, print_advice
from invulposter.report import Artefact, PageReport

CARDS = Artefact(
    path="lindezoom/kaarten-oop-office-A7-op-A4.pdf",
    layout="kaarten",
    title="Kaarten",
    subject="oop",
    subject_name="Onderwijs <&> ondersteuners",
    rayon="lindezoom",
    rayon_name="Rayon Lindezoom",
    style="stijl",
    edition="office",
    fillable=False,
    size="A7",
    paper="A4",
    pages=16,
    sheets=2,
    cuts=4,
    duplex="long-edge",
    code="1234567",
    pictures=(PageReport("miniaturen/a b.jpg", 420, 296, 0.2), PageReport("miniaturen/b.jpg", 420, 296, 0.31)),
)
FAILED = replace(CARDS, path="x.pdf", edition="screen", error="geen plaats", pictures=())


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in {"href", "src"}]


def test_the_advice_says_what_to_choose_in_the_print_dialogue() -> None:
    assert print_advice(CARDS) == (
        "2 vellen A4, dubbelzijdig, omslaan over de lange kant, op ware grootte (100 %), niet ‘passend maken’. "
        "Daarna 4 sneden."
    )
    one = replace(CARDS, sheets=1, cuts=1, duplex="", paper="A3")
    assert print_advice(one).startswith("1 vel A3, enkelzijdig, ")
    assert print_advice(one).endswith("Daarna 1 snede.")
    assert print_advice(FAILED) == "Om op het scherm te lezen."
    assert print_advice(replace(FAILED, fillable=True)) == "Om op het scherm te lezen en in te vullen."


def test_the_gallery_works_from_the_file_system_and_escapes_what_it_shows() -> None:
    html = gallery([CARDS, FAILED])
    links = Links()
    links.feed(html)
    assert "miniaturen/a%20b.jpg" in links.found
    assert all(not link.startswith(("http", "/", "//", "file:")) for link in links.found)
    assert "<script" not in html
    assert "Onderwijs &lt;&amp;&gt; ondersteuners" in html
    assert "Inkt 31 % op het donkerste blad" in html
    assert "Niet gemaakt.</strong> geen plaats" in html


def test_findings_are_shown_with_their_severity() -> None:
    found = Finding(Place("content/x.yaml", 3), "code", "Te lang.", Severity.WARNING)
    assert '<li class="warning">content/x.yaml:3: Te lang.</li>' in gallery([replace(CARDS, findings=(found,))])


def test_an_empty_gallery_is_a_page_too() -> None:
    assert "0 bestanden" in gallery([])


def test_what_saves_ink_says_so_beside_what_does_not() -> None:
    html = gallery([replace(CARDS, thrifty=True, ordinary_ink=(0.5, 0.66))])
    assert "Kantoorprinter, zuinig</a>" in html
    assert "Inkt 31 % op het donkerste blad, niet zuinig 66 % ·" in html
