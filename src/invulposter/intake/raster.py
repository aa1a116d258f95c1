"""Photos and logos in pixels: decoded within limits and encoded anew, so that only the picture remains.

No metadata, no profile, no second image survives; what comes out is sRGB or grey, upright, as PNG or JPEG.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageFile, ImageOps

from invulposter.intake import IntakeError

MAX_BYTES = 25_000_000
# 40 megapixels take 160 MB to decode; a 24 megapixel photo fills A2 at 240 dpi.
MAX_PIXELS = 40_000_000
# A2's long side at 213 dpi, more than a poster needs.
MAX_SIDE = 5_000
JPEG_QUALITY = 92

_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"))
_STRANGERS = (
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"%!PS", "EPS"),
    (b"<", "SVG of een webpagina"),
)
_AGAIN = "Exporteer de afbeelding opnieuw als PNG of JPEG."
_SMALLER = "Exporteer de afbeelding opnieuw, kleiner."


@dataclass(frozen=True)
class CleanRaster:
    """An encoded picture and nothing else: `media_type` is image/png or image/jpeg, sizes in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int
    notes: tuple[str, ...] = ()


def clean_raster(data: bytes, max_pixels: int = MAX_PIXELS, max_side: int = MAX_SIDE) -> CleanRaster:
    """Decode and re-encode a PNG, JPEG or WebP.

    One of more than `max_pixels` is refused before it is decoded, one with a side over `max_side` pixels is
    made smaller. Raises IntakeError.
    """
    notes: list[str] = []
    with _open(data, max_pixels) as image:
        if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
            notes.append("De afbeelding beweegt: alleen het eerste beeld is gebruikt.")
        # Lets the JPEG decoder itself skip detail, at a quarter of the memory or less.
        image.draft(None, (max_side, max_side))
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        plain = _without_palette(image)
        if max(plain.size) > max_side:
            notes.append(f"De afbeelding is verkleind tot {max_side} beeldpunten aan de lange kant.")
            plain.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
        plain = _in_srgb(plain, notes)
        encoded, media_type = _encode(plain, lossless=image.format == "PNG")
    return CleanRaster(encoded, media_type, *plain.size, tuple(notes))


def check_header(data: bytes, max_pixels: int = MAX_PIXELS) -> None:
    """Raise IntakeError where the header is unreadable or promises too many pixels; nothing is decoded."""
    with _open(data, max_pixels):
        pass


def _sniff(data: bytes) -> str:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    for signature, kind in _STRANGERS:
        if data.startswith(signature):
            raise IntakeError(f"De afbeelding is een {kind}-bestand; alleen PNG, JPEG en WebP kunnen.", _AGAIN)
    raise IntakeError("De afbeelding is geen PNG, JPEG of WebP.", _AGAIN)


@contextmanager
def _open(data: bytes, max_pixels: int) -> Iterator[Image.Image]:
    """Open the image with its header judged; whatever the decoder trips over becomes an IntakeError."""
    if len(data) > MAX_BYTES:
        raise IntakeError(f"De afbeelding is te groot: meer dan {MAX_BYTES // 1_000_000} MB.", _SMALLER)
    kind = _sniff(data)
    try:
        with _strict_decoding():
            if kind == "PNG":
                # Compares the checksums, which decoding leaves alone.
                with Image.open(BytesIO(data), formats=[kind]) as checked:
                    _check_size(checked, max_pixels)
                    checked.verify()
            with Image.open(BytesIO(data), formats=[kind]) as image:
                _check_size(image, max_pixels)
                yield image
    except IntakeError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(max_pixels) from error
    except Exception as error:  # Pillow's decoders raise whatever they trip over: a dozen types in 600 damaged files
        raise IntakeError("De afbeelding is beschadigd of niet compleet.", _AGAIN) from error


@contextmanager
def _strict_decoding() -> Iterator[None]:
    """Let damage be an error: importing WeasyPrint 70 tells Pillow to fill in what is missing, for all."""
    tolerant = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = tolerant


def _check_size(image: Image.Image, max_pixels: int) -> None:
    if image.width * image.height > max_pixels:
        raise _too_many_pixels(max_pixels)


def _too_many_pixels(max_pixels: int) -> IntakeError:
    limit = f"{max_pixels / 1e6:g} miljoen"
    return IntakeError(f"De afbeelding heeft te veel beeldpunten: meer dan {limit}.", "Verklein de afbeelding.")


def _without_palette(image: Image.Image) -> Image.Image:
    """Convert to a mode that can be scaled, with 8 bits a channel: L, RGB, RGBA or CMYK."""
    if image.mode in {"P", "PA"} or "transparency" in image.info:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 257).convert("L")
    if image.mode in {"LA", "La", "RGBa"}:
        return image.convert("RGBA")
    if image.mode in {"L", "RGB", "RGBA", "CMYK"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _in_srgb(image: Image.Image, notes: list[str]) -> Image.Image:
    """Convert to L, or RGB or RGBA in sRGB; RGBA only where something is translucent."""
    if profile := image.info.get("icc_profile"):
        image = _to_srgb(image, profile, notes)
    if image.mode == "CMYK":
        notes.append("De afbeelding is in drukkleuren (CMYK) zonder bruikbaar profiel: kleuren kunnen afwijken.")
        return image.convert("RGB")
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] == 255:
        return image.convert("RGB")
    return image


def _to_srgb(image: Image.Image, profile: bytes, notes: list[str]) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        notes.append("Het kleurprofiel van de afbeelding is onbruikbaar: kleuren kunnen afwijken.")
        return image
    return converted if converted is not None else image


def _encode(image: Image.Image, lossless: bool) -> tuple[bytes, str]:
    """Write the pixels and nothing else: as PNG where the source was one or has alpha, else as JPEG."""
    image.info.clear()
    out = BytesIO()
    if lossless or image.mode == "RGBA":
        image.save(out, "PNG")
        return out.getvalue(), "image/png"
    image.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return out.getvalue(), "image/jpeg"
