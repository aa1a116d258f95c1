"""Seeded faults in real files: each found, each explained, and nothing said of a sound file."""

import io
import random
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from weasyprint import HTML

from invulposter.edition import Edition
from invulposter.findings import Severity
from invulposter.geometry import Size, pt
from invulposter.preflight import Expectation, preflight
from invulposter.words import words

CARD = Size(105, 74)
SCREEN = Expectation(Edition.SCREEN, trim=CARD, pages=2, tagged=True)
HTML_CARD = """<html lang="nl"><title>Tipkaart</title><style>@page { size: 105mm 74mm; margin: 10mm }
body { font-size: 8pt }</style>
<h1>Mijn netwerk</h1><p>Wie nodig ik uit? <a href="https://netwerk.example">Kijk hier</a></p>
<form><label for="naam">Naam</label><input id="naam" name="naam"><label for="stad">Stad</label>
<input id="stad" name="stad"></form><h2 style="break-before: page">Achterkant</h2>"""


@cache
def card() -> bytes:
    pdf: bytes = HTML(string=HTML_CARD).write_pdf(pdf_variant="pdf/ua-1", pdf_forms=True)
    return pdf


def changed(change: Callable[[Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(card())) as pdf:
        change(pdf)
        return saved(pdf)


def saved(pdf: Pdf, **options: Any) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def codes(pdf: bytes, expect: Expectation | None = SCREEN) -> set[str]:
    return {finding.code for finding in preflight(pdf, expect)}


def drawn(draw: Callable[[Canvas], object], size: Size = CARD) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (pt(size.width), pt(size.height)), invariant=1)
    canvas.setTitle("Proef")
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def delete(key: str) -> Callable[[Pdf], object]:
    return lambda pdf: pdf.Root.__delitem__(key)


def put(key: str, value: object) -> Callable[[Pdf], object]:
    return lambda pdf: pdf.Root.__setitem__(key, value)


def on_page(key: str, value: object) -> Callable[[Pdf], object]:
    return lambda pdf: pdf.pages[0].obj.__setitem__(key, value)


def annotate(**entries: Any) -> Callable[[Pdf], object]:
    annotation = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **entries)
    return lambda pdf: pdf.pages[1].obj.__setitem__("/Annots", Array([pdf.make_indirect(annotation)]))


def action(kind: str, **entries: Any) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **entries)


def rename_field(pdf: Pdf) -> None:
    fields = [field for field in pdf.Root.AcroForm.Fields if "/T" in field]
    fields[1].T = fields[0].T


def forget_tooltip(pdf: Pdf) -> None:
    del pdf.Root.AcroForm.Fields[0]["/TU"]


def unembed(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor:
            for key in ("/FontFile2", "/FontFile3"):
                if key in item:
                    del item[key]


def attach(pdf: Pdf) -> None:
    pdf.attachments["lijst.txt"] = b"namen"


def untitle(pdf: Pdf) -> None:
    del pdf.docinfo["/Title"]


def external_image(pdf: Pdf) -> None:
    image = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, F=String("foto.jpg"))
    pdf.pages[0].Resources.XObject = Dictionary(Im1=pdf.make_indirect(image))


SCRIPT = action("JavaScript", JS=String("app.alert(1)"))
FAULTS: dict[str, tuple[str, Callable[[Pdf], object]]] = {
    "no language": ("language", delete("/Lang")),
    "no marked tags": ("tags", delete("/MarkInfo")),
    "no structure": ("tags", delete("/StructTreeRoot")),
    "no title": ("title", untitle),
    "title not shown": ("title-display", delete("/ViewerPreferences")),
    "script on opening": ("javascript", put("/OpenAction", SCRIPT)),
    "script by name": ("javascript", put("/Names", Dictionary(JavaScript=Dictionary(Names=Array([]))))),
    "script on closing": ("javascript", put("/AA", Dictionary(WC=SCRIPT))),
    "script on a page": ("javascript", on_page("/AA", Dictionary(O=SCRIPT))),
    "script behind another action": (
        "javascript",
        put("/OpenAction", action("Named", N=Name.NextPage, Next=Array([action("Named"), SCRIPT]))),
    ),
    "script in a link": ("javascript", annotate(Subtype=Name.Link, A=SCRIPT)),
    "script in a bookmark": ("javascript", put("/Outlines", Dictionary(First=Dictionary(A=SCRIPT)))),
    "XFA form": ("javascript", lambda pdf: pdf.Root.AcroForm.__setitem__("/XFA", String("x"))),
    "program": ("launch", annotate(Subtype=Name.Link, A=action("Launch", F=String("x.exe")))),
    "sends data": ("submit", annotate(Subtype=Name.Link, A=action("SubmitForm"))),
    "imports data": ("external-file", put("/OpenAction", action("ImportData"))),
    "other file": ("external-file", annotate(Subtype=Name.Link, A=action("GoToR", F=String("b.pdf")))),
    "picture elsewhere": ("external-file", external_image),
    "attachment": ("embedded-file", attach),
    "attachment on a page": ("embedded-file", annotate(Subtype=Name.FileAttachment)),
    "film": ("media", annotate(Subtype=Name.RichMedia)),
    "link to a file": ("link", annotate(Subtype=Name.Link, A=action("URI", URI=String("file:///lijst")))),
    "link to a script": ("link", annotate(Subtype=Name.Link, A=action("URI", URI=String("javascript:x")))),
    "one name for two fields": ("field-name", rename_field),
    "field without tooltip": ("field-tooltip", forget_tooltip),
    "font not in the file": ("font-not-embedded", unembed),
    "page too large": ("trim-size", on_page("/TrimBox", Array([0, 0, pt(104.7), pt(74)]))),
    "page not at zero": ("page-origin", on_page("/MediaBox", Array([-9, 0, pt(105) - 9, pt(74)]))),
    "trim outside the sheet": ("page-boxes", on_page("/TrimBox", Array([0, 0, pt(105), pt(80)]))),
    "turned page": ("trim-size", on_page("/Rotate", 90)),
    "no page size": ("page-size", on_page("/MediaBox", Array([0, 0, 0, 0]))),
    "page lost": ("page-count", lambda pdf: pdf.pages.__delitem__(1)),
}


@cache
def spoilt(name: str) -> bytes:
    """A card with the fault of that name; each is made once, since what it is made of stays in that file."""
    return changed(FAULTS[name][1])


def test_sound_file_gives_nothing() -> None:
    expect = Expectation(
        Edition.SCREEN, CARD, pages=2, tagged=True, words=words("Mijn netwerk. Wie nodig ik uit? Achterkant")
    )
    assert preflight(card(), expect) == ()
    assert preflight(card()) == ()


@pytest.mark.parametrize("name", FAULTS)
def test_seeded_fault_is_found_and_explained(name: str) -> None:
    found = [finding for finding in preflight(spoilt(name), SCREEN) if finding.code == FAULTS[name][0]]
    assert found
    assert all(finding.message.endswith(".") and finding.advice.endswith(".") for finding in found)


def test_finding_names_first_page_and_counts_the_others() -> None:
    (finding,) = (found for found in preflight(card(), Expectation(Edition.SCREEN, Size(90, 50))) if found)
    assert finding.place.page == 1
    assert finding.message == ("De pagina is 105 × 74 mm groot in plaats van 90 × 50 mm (en op nog 1 pagina).")


def test_trim_may_differ_by_a_tenth_of_a_millimetre() -> None:
    near = changed(on_page("/TrimBox", Array([0, 0, pt(104.92), pt(74)])))
    assert "trim-size" not in codes(near)


def test_user_unit_counts() -> None:
    page = drawn(lambda canvas: canvas.rect(0, 0, 9, 9), Size(52.5, 37))
    with pikepdf.open(io.BytesIO(page)) as pdf:
        pdf.pages[0].obj.UserUnit = 2
        assert "trim-size" not in codes(saved(pdf), Expectation(Edition.OFFICE, CARD))


@pytest.mark.parametrize(("bleed", "found"), [(3, set()), (2, {"bleed"})])
def test_bleed_is_measured_around_the_trim(bleed: float, found: set[str]) -> None:
    def boxes(pdf: Pdf) -> None:
        for page in pdf.pages:
            page.MediaBox = Array([0, 0, pt(125), pt(94)])
            page.TrimBox = Array([pt(10), pt(10), pt(115), pt(84)])
            page.BleedBox = Array([pt(10 - bleed), pt(10 - bleed), pt(115 + bleed), pt(84 + bleed)])

    expect = Expectation(Edition.SCREEN, CARD, bleed=3)
    assert codes(changed(boxes), expect) == found


def test_paper_takes_no_fields_links_or_scaling() -> None:
    expect = Expectation(Edition.OFFICE, CARD)
    assert codes(card(), expect) == {"fields-on-paper", "links-on-paper", "print-scaling"}


def test_a_link_to_another_page_may_stand_on_paper() -> None:
    contents = (
        '<html lang="nl"><title>Gids</title><a href="#twee">Twee</a><h1 style="break-before:page" id="twee">Twee</h1>'
    )
    found = codes(HTML(string=contents).write_pdf(), Expectation(Edition.OFFICE))
    assert "links-on-paper" not in found


def test_tags_are_asked_only_of_what_is_read_on_screen() -> None:
    untagged = changed(delete("/MarkInfo"))
    assert "tags" not in codes(untagged, Expectation(Edition.OFFICE))
    assert "tags" in codes(untagged, None)


def test_print_scaling_none_satisfies_office() -> None:
    preferences = put("/ViewerPreferences", Dictionary(PrintScaling=Name("/None")))
    assert "print-scaling" not in codes(changed(preferences), Expectation(Edition.OFFICE))


def test_press_asks_for_an_output_intent_with_its_profile() -> None:
    def intent(pdf: Pdf) -> None:
        profile = Stream(pdf, b"profile", N=4)
        entry = Dictionary(S=Name("/GTS_PDFX"), DestOutputProfile=pdf.make_indirect(profile))
        pdf.Root.OutputIntents = Array([entry])

    press = Expectation(Edition.PRESS)
    assert "output-intent" in codes(card(), press)
    assert "output-intent" not in codes(changed(intent), press)


def test_standard_font_is_not_in_the_file() -> None:
    (finding,) = (f for f in preflight(drawn(lambda c: c.drawString(9, 9, "Hoi"))) if "font" in f.code)
    assert "'Helvetica'" in finding.message


def photo(pixels: int) -> ImageReader:
    return ImageReader(Image.effect_noise((pixels, pixels), 50).convert("RGB"))


@pytest.mark.parametrize(("pixels", "dpi", "found"), [(150, 150, 0), (140, 150, 1), (299, 300, 1), (300, 300, 0)])
def test_resolution_is_judged_at_the_size_on_the_page(pixels: int, dpi: int, found: int) -> None:
    pdf = drawn(lambda canvas: canvas.drawImage(photo(pixels), 10, 10, 72, 72))
    expect = Expectation(Edition.SCREEN, min_dpi=dpi)
    assert sum(finding.code == "image-resolution" for finding in preflight(pdf, expect)) == found


def test_resolution_is_judged_inside_scaled_forms() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("binnen")
        canvas.drawImage(photo(150), 0, 0, 72, 72)
        canvas.endForm()
        canvas.saveState()
        canvas.scale(2, 2)
        canvas.doForm("binnen")
        canvas.restoreState()

    (finding,) = (f for f in preflight(drawn(draw)) if f.code == "image-resolution")
    assert "75 beeldpunten" in finding.message
    assert finding.severity is Severity.WARNING


def test_resolution_of_a_turned_picture_and_letters_that_look_like_operators() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(5, 5, "Q Q 9 0 0 9 0 0 cm (q) Q")
        canvas.rotate(90)
        canvas.drawImage(photo(150), 5, -80, 72, 72)

    assert "image-resolution" not in codes(drawn(draw), None)


def test_background_picture_drawn_as_pattern_is_judged() -> None:
    picture = io.BytesIO()
    Image.effect_noise((40, 40), 50).save(picture, "PNG")
    data = b64encode(picture.getvalue()).decode()
    style = f"div {{ height: 50mm; background: url(data:image/png;base64,{data}) 0 0 / 25.4mm }}"
    pdf = HTML(string=f"<style>{style}</style><div></div>").write_pdf()
    assert "image-resolution" in codes(pdf, None)


def test_words_are_read_back() -> None:
    lost = preflight(card(), Expectation(Edition.SCREEN, words=words("Mijn netwerk bij jouw netwerk")))
    assert [finding.message for finding in lost] == ["3 woorden ('bij', 'jouw', 'netwerk') staan niet in het bestand."]


def test_hyphenated_word_is_read_back_whole() -> None:
    body = '<p lang="nl" style="width: 18mm; hyphens: auto; hyphenate-character: \'-\'">netwerkbijeenkomsten oud-leden'
    pdf = HTML(string=body).write_pdf()
    assert "word-lost" not in codes(pdf, Expectation(Edition.SCREEN, words=words("netwerkbijeenkomsten oud-leden")))


def test_large_file_gets_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("invulposter.preflight.document.LARGEST", 1000)
    assert codes(card()) == {"file-size"}


def test_any_file_is_judged_without_expectation() -> None:
    found = preflight(HTML(string="<p>Zomaar een bestand").write_pdf())
    assert {finding.code for finding in found} == {"language", "tags", "title"}
    assert {finding.severity for finding in found} == {Severity.NOTE}


@pytest.mark.parametrize("pdf", [b"", b"geen pdf", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"x" * 9000])
def test_what_is_no_pdf_gives_one_finding(pdf: bytes) -> None:
    assert [finding.code for finding in preflight(pdf, SCREEN)] == ["damaged"]


def test_locked_file_gives_one_finding() -> None:
    with pikepdf.open(io.BytesIO(card())) as pdf:
        locked = saved(pdf, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert [finding.code for finding in preflight(locked, SCREEN)] == ["encrypted"]


def test_file_without_pages_gives_one_finding() -> None:
    assert [finding.code for finding in preflight(saved(Pdf.new()), SCREEN)] == ["no-pages"]


def test_page_tree_that_bites_its_tail_ends() -> None:
    def bite(pdf: Pdf) -> None:
        pages = pdf.Root.Pages
        pages.Kids = Array([*pages.Kids, pages])

    with pikepdf.open(io.BytesIO(card())) as pdf:
        bite(pdf)
        assert "page-count" not in codes(saved(pdf))


def test_forms_that_draw_each_other_end() -> None:
    with pikepdf.open(io.BytesIO(card())) as pdf:
        form = pdf.make_indirect(Stream(pdf, b"/F Do", Subtype=Name.Form, BBox=Array([0, 0, 9, 9])))
        image = pdf.make_indirect(Stream(pdf, b"x", Subtype=Name.Image, Width=2, Height=2))
        form.Resources = Dictionary(XObject=Dictionary(F=form, I=image))
        pdf.pages[0].Resources.XObject = Dictionary(F=form)
        pdf.pages[0].Contents = Stream(pdf, b"/F Do")
        assert codes(saved(pdf), None) == set()


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_damage_never_raises(seed: int) -> None:
    dice = random.Random(seed)
    pdf = bytearray(card())
    for _ in range(dice.randrange(1, 60)):
        pdf[dice.randrange(len(pdf))] = dice.randrange(256)
    del pdf[dice.randrange(len(pdf)) : dice.choice([len(pdf), -1])]
    assert isinstance(preflight(bytes(pdf), SCREEN), tuple)


# pikepdf warns of what the test breaks on purpose.
@pytest.mark.filterwarnings("ignore:This document has")
@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_objects_of_the_wrong_type_never_raise(seed: int) -> None:
    dice = random.Random(seed)
    strange = [
        lambda: 7,
        lambda: String("x"),
        lambda: Name.X,
        lambda: Array([1]),
        lambda: Dictionary(A=1),
        lambda: True,
    ]
    with pikepdf.open(io.BytesIO(card())) as pdf:
        holders = [item for item in pdf.objects if isinstance(item, Dictionary)]
        for _ in range(dice.randrange(1, 12)):
            holder = dice.choice(holders)
            keys = sorted(set(holder.keys()) - {"/Type", "/Metadata"})
            if keys:
                holder[dice.choice(keys)] = dice.choice(strange)()
        pdf_bytes = saved(pdf)
    assert isinstance(preflight(pdf_bytes, SCREEN), tuple)
