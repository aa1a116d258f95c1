"""The fetcher serves what it was given and bounded data, and keeps a record of everything it refused."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from invulposter.fetcher import BASE_URL, MAX_REFUSALS, Refusal, RefusedError, WorkspaceFetcher

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#00ff00"/></svg>'


def png(colour: str = "#ff0000") -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def refused(fetcher: WorkspaceFetcher, url: str) -> str:
    with pytest.raises(RefusedError):
        fetcher.fetch(url)
    return fetcher.refusals[-1].reason


def test_is_a_fetcher_that_can_open_nothing() -> None:
    fetcher = WorkspaceFetcher({})
    assert isinstance(fetcher, URLFetcher)
    assert (fetcher.handle_open, fetcher.process_request) == ({}, {})


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("logo.svg", "image/svg+xml"),
        ("logo.svg#deel", "image/svg+xml"),
        ("fotos/kring%20van%20zes.png", "image/png"),
    ],
)
def test_serves_assets_by_name(address: str, media_type: str) -> None:
    assets = {"logo.svg": SVG, "fotos/kring van zes.png": png()}
    response = WorkspaceFetcher(assets).fetch(BASE_URL + address)
    assert response.read() in assets.values()
    assert response.content_type == media_type


@pytest.mark.parametrize(
    "address", ["weg.svg", "logo.svg?x", "x/../logo.svg", "%2e%2e/logo.svg", "notities.txt", "", "/"]
)
def test_refuses_other_names(address: str) -> None:
    fetcher = WorkspaceFetcher({"logo.svg": SVG, "notities.txt": b"x"})
    assert refused(fetcher, BASE_URL + address).startswith("dit bestand hoort niet bij het ontwerp; zet een afbeelding")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (
            "img/Foto van ons.png",
            "dit bestand hoort niet bij het ontwerp; zet een afbeelding (png, jpg of svg) naast page.html.j2 of in "
            "_shared/ en noem alleen haar naam (er is: foto van ons.png, logo.svg)",
        ),
        (
            "Letter.ttf",
            "dit bestand hoort niet bij het ontwerp; zet een lettertype als .ttf in fonts/<naam>/ en noem het met "
            "font-family, zonder @import of @font-face",
        ),
        ("meer.css", "dit bestand hoort niet bij het ontwerp; zet de regels in style.css of in _shared/base.css"),
        (
            "https://fonts.googleapis.com/css2?family=Roboto",
            "alleen bestanden van het ontwerp zelf mogen, geen adressen daarbuiten; zet een lettertype als .ttf in "
            "fonts/<naam>/ en noem het met font-family, zonder @import of @font-face",
        ),
        ("https://x.example/a.png", "alleen bestanden van het ontwerp zelf mogen, geen adressen daarbuiten"),
    ],
)
def test_a_refusal_names_a_file_as_written_and_says_where_it_goes(address: str, reason: str) -> None:
    assets = {"foto van ons.png": png(), "logo.svg": SVG, f"{'3f' * 12}.svg": SVG}
    fetcher = WorkspaceFetcher(assets)
    refused(fetcher, address if ":" in address else BASE_URL + address.replace(" ", "%20"))
    assert fetcher.refusals == [Refusal(address, reason)]


def test_of_many_files_some_are_named() -> None:
    fetcher = WorkspaceFetcher({f"foto{number}.png": b"" for number in range(20)})
    assert refused(fetcher, f"{BASE_URL}foto.png").endswith("foto14.png, foto15.png …)")


@pytest.mark.parametrize(
    "url",
    [
        "data:image/svg+xml;base64," + b64encode(SVG).decode(),
        "data:image/svg+xml;charset=utf-8," + SVG.decode().replace("#", "%23"),
        "data:image/svg+xml," + SVG.decode().replace("#", "%23"),
        "DATA:image/svg+xml," + SVG.decode().replace("#", "%23"),
    ],
)
def test_serves_data(url: str) -> None:
    response = WorkspaceFetcher({}).fetch(url)
    assert response.read() == SVG
    assert response.content_type == "image/svg+xml"


def test_total_of_a_document_is_bounded() -> None:
    fetcher = WorkspaceFetcher({})
    drawing = "data:image/svg+xml,<svg/>" + " " * 4_900_000
    for _ in range(10):
        fetcher.fetch(drawing)
    assert refused(fetcher, drawing) == "de afbeeldingen zijn samen meer dan 50 MB"


def test_picture_that_lies_about_its_size_is_refused_even_as_asset() -> None:
    lie = png()[:16] + (2**20).to_bytes(4, "big") * 2 + png()[24:]
    assert refused(WorkspaceFetcher({"foto.png": lie}), f"{BASE_URL}foto.png") != ""


def test_drawing_in_another_encoding_is_refused_by_name() -> None:
    drawing = b'<svg><use \xff href="x"/></svg>'
    assert refused(WorkspaceFetcher({"logo.svg": drawing}), f"{BASE_URL}logo.svg").startswith("de tekening bevat <use")


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        (
            "<g>\n<text y='9'>Hallo</text></g>",
            "de tekening bevat letters (<text>): maak er contouren van, of schrijf ze in HTML",
        ),
        ("<g>\n<rect></g>", "de tekening is geen geldige XML (regel 2: <rect> is not closed)"),
    ],
)
def test_drawing_that_can_not_be_drawn_is_refused(inside: str, reason: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()
    assert refused(WorkspaceFetcher({"kaart.svg": drawing}), f"{BASE_URL}kaart.svg") == reason


def test_refusals_are_short_legible_each_once_and_not_without_end() -> None:
    fetcher = WorkspaceFetcher({})
    for _ in range(2):
        refused(fetcher, "file:///" + "\u202e" + "x" * 500)
    assert len(fetcher.refusals) == 1
    assert len(fetcher.refusals[0].url) == 120
    assert fetcher.refusals[0].url.startswith("file:///�xxx")
    for number in range(2 * MAX_REFUSALS):
        with pytest.raises(RefusedError):
            fetcher.fetch(f"http://x.example/{number}")
    assert len(fetcher.refusals) == MAX_REFUSALS


def test_page_shows_what_was_given_and_reports_the_rest(tmp_path: Path) -> None:
    (tmp_path / "geheim.png").write_bytes(png("#0000ff"))
    page = (
        "<style>@page{size:60px 20px;margin:0}body{margin:0}img{width:20px;height:20px;float:left}</style>"
        f'<img alt="" src="foto.png"><img alt="" src="{BASE_URL}logo.svg"><img alt="" src="{tmp_path}/geheim.png">'
    )
    fetcher = WorkspaceFetcher({"foto.png": png(), "logo.svg": SVG})
    pdf = HTML(string=page, base_url=BASE_URL, url_fetcher=fetcher).write_pdf()
    document = pypdfium2.PdfDocument(pdf)
    pixels = document[0].render(scale=96 / 72).to_pil().convert("RGB")
    document.close()
    assert [pixels.getpixel((x, 10)) for x in (10, 30, 50)] == [(255, 0, 0), (0, 255, 0), (255, 255, 255)]
    url = f"{tmp_path}/geheim.png".removeprefix("/")
    assert [refusal.url for refusal in fetcher.refusals] == [url]
