"""Logos and photos in pixels that are damaged, that lie, or that burst open when decoded."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from .case import HTTP, Case, Stage

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, pixels: bytes, *extra: bytes) -> bytes:
    """A grey PNG of 1 bit a pixel, as said in its header; `pixels` may be less or more than that."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"".join((SIGNATURE, header, *extra, chunk(b"IDAT", zlib.compress(pixels, 9)), chunk(b"IEND", b"")))


def small(image_format: str) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, image_format)
    return out.getvalue()


def _jpeg_of(width: int, height: int) -> bytes:
    data = bytearray(small("JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def _damaged(data: bytes, position: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 0xFF]) + data[position + 1 :]


_BOMB = zlib.compress(bytes(80_000_000), 9)
_PNG, _JPEG = small("PNG"), small("JPEG")

_PAYLOADS = (
    ("81 million pixels in 10 kB", png(9_000, 9_000, bytes(1_126 * 9_000)), "te veel beeldpunten"),
    ("header that promises 10^10 pixels", png(100_000, 100_000, b"\0"), "te veel beeldpunten"),
    ("jpeg of 65535 x 65535", _jpeg_of(65_535, 65_535), "te veel beeldpunten"),
    ("text that bursts open", png(8, 8, bytes(16), chunk(b"zTXt", b"Comment\0\0" + _BOMB)), "beschadigd"),
    ("profile that bursts open", png(8, 8, bytes(16), chunk(b"iCCP", b"icc\0\0" + _BOMB)), "beschadigd"),
    ("png cut off", _PNG[: len(_PNG) // 2], "beschadigd"),
    ("jpeg cut off", _JPEG[: len(_JPEG) // 2], "beschadigd"),
    ("header alone", _PNG[:33], "beschadigd"),
    ("signature alone", SIGNATURE, "beschadigd"),
    ("wrong checksum", _damaged(_PNG, len(_PNG) - 30), "beschadigd"),
    ("fewer pixels than promised", png(800, 800, b"\0"), "beschadigd"),
    ("nothing", b"", "geen PNG"),
    ("animation under another name", small("GIF"), "GIF-bestand"),
    ("script under another name", b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n", "EPS-bestand"),
    ("web page under another name", f'<img src="{HTTP}">'.encode(), "webpagina"),
    ("flood of bytes", _PNG + bytes(26_000_000), "meer dan 25 MB"),
)  # fmt: skip

PICTURES = tuple(
    Case(name, Stage.PICTURE, "content/rayons/aanval/logo.png", payload, expect) for name, payload, expect in _PAYLOADS
)
