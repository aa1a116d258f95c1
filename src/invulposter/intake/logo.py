"""Logos and photos as an office hands them in: the door to the two kinds of intake."""

from base64 import b64encode

from invulposter.intake.svg import clean_svg


def logo_data_uri(data: bytes) -> str:
    """Clean a logo and give it as a `data:` address. Raises IntakeError where it can't be used."""
    # Every raster signature starts with a byte that XML can't start with.
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _data_uri(clean_svg(data).svg.encode(), "image/svg+xml")
    from invulposter.intake.raster import clean_raster  # Pillow takes a while to import; most logos are drawings

    picture = clean_raster(data, max_side=1600)
    return _data_uri(picture.data, picture.media_type)


def clean_photo(data: bytes) -> bytes:
    """Clean a photo. Raises IntakeError where it can't be used."""
    from invulposter.intake.raster import clean_raster

    return clean_raster(data).data


def _data_uri(data: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode()}"
