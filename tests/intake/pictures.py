"""Pictures to hand in, and drawings as pixels."""

from base64 import b64encode
from io import BytesIO

import pypdfium2
from PIL import Image
from weasyprint import HTML

from invulposter.fetcher import BASE_URL, WorkspaceFetcher


def encoded(image: Image.Image, image_format: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, image_format, **options)
    return out.getvalue()


def decoded(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def drawn(svg: str, side: int = 120) -> Image.Image:
    """The drawing on white, `side` pixels wide and high, by WeasyPrint and PDFium."""
    url = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    style = f"@page{{size:{side}px;margin:0}}img{{width:{side}px;height:{side}px;display:block}}"
    page = f'<style>{style}</style><img alt="" src="{url}">'
    fetcher = WorkspaceFetcher({})
    pdf = HTML(string=page, base_url=BASE_URL, url_fetcher=fetcher).write_pdf()
    assert fetcher.refusals == []
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].render(scale=96 / 72).to_pil().convert("RGB")
    finally:
        document.close()
