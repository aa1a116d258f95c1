"""Logos and photos as an office hands them in: the door to the two kinds of intake."""

from base64 import b64encode

from invulposter.intake.svg import clean_svg


def logo_data_uri(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Clean a logo; gives it as a `data:` address, and what was done to it. Raises IntakeError."""
    # Every raster signature starts with a byte that XML can't start with.
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        drawing = clean_svg(data)
        return _data_uri(drawing.svg.encode(), "image/svg+xml"), drawing.notes
    from invulposter.intake.raster import clean_raster  # Pillow takes a while to import; most logos are drawings

    picture = clean_raster(data, max_side=1600)
    return _data_uri(picture.data, picture.media_type), picture.notes


def clean_photo(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Clean a photo; gives it, and what was done to it. Raises IntakeError where it can't be used."""
    from invulposter.intake.raster import clean_raster

    picture = clean_raster(data)
    return picture.data, picture.notes


def _data_uri(data: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode()}"
