"""Pictures in a PDF in other inks: a photograph stays a JPEG, anything else stays without loss."""

import io
import zlib

from PIL import Image
from pypdf.generic import ArrayObject, BooleanObject, NameObject, NumberObject, StreamObject

from invulposter.errors import RequestError
from invulposter.finish.inks import Inks, Shades
from invulposter.finish.objects import entry
from invulposter.finish.spaces import Space, space_of

_MODES = {1: "L", 3: "RGB", 4: "CMYK"}
#: Above this a JPEG grows without looking better; its colours keep their full resolution.
_QUALITY = 95


def repainted(picture: StreamObject, inks: Inks | Shades) -> None:
    """Change an image XObject (ISO 32000-2, 8.9.5); a stencil, which has no colour of its own, stays as it is.

    Raises RequestError for a picture that can't be read.
    """
    if is_stencil(picture):
        return
    if "/Decode" in picture or isinstance(entry(picture, "/Mask"), ArrayObject):
        raise RequestError("a picture with a decode array or a colour key can't be printed in four inks")
    _replace(picture, inks.picture(picture_of(picture)))
    picture[NameObject("/ColorSpace")] = NameObject(inks.space)
    picture[NameObject("/BitsPerComponent")] = NumberObject(8)


def replace_data(stream: StreamObject, data: bytes) -> None:
    """Give a stream other contents, deflated."""
    _fill(stream, zlib.compress(data), "/FlateDecode")


def _is_photograph(picture: StreamObject) -> bool:
    filters = entry(picture, "/Filter")
    return (list(filters) if isinstance(filters, ArrayObject) else [filters]) == ["/DCTDecode"]


def is_stencil(picture: StreamObject) -> bool:
    """Whether a picture only says where the current colour goes."""
    stencil = entry(picture, "/ImageMask")
    return isinstance(stencil, BooleanObject) and bool(stencil.value)


def picture_of(picture: StreamObject) -> Image.Image:
    """The pixels of an image XObject. Raises RequestError where they can't be read."""
    space = space_of(entry(picture, "/ColorSpace"))
    try:
        if _is_photograph(picture):
            image = Image.open(io.BytesIO(picture._data))
            image.load()
            return image
        return _decoded(picture, space)
    except (OSError, ValueError, KeyError) as error:
        raise RequestError(f"a picture can't be printed in four inks: {error}") from error


def _decoded(picture: StreamObject, space: Space) -> Image.Image:
    size = int(entry(picture, "/Width")), int(entry(picture, "/Height"))
    bits = int(entry(picture, "/BitsPerComponent"))
    data = picture.get_data()
    if bits == 1 and space.components == 1 and space.palette is None:
        return Image.frombytes("1", size, data)
    if bits != 8:
        raise ValueError(f"{bits} bits to a colour")
    if space.palette is None:
        return Image.frombytes(_MODES[space.components], size, data)
    colours = Image.frombytes("L", size, data)
    planes = [
        colours.point([*space.palette[plane :: space.components], *[0] * 256][:256])
        for plane in range(space.components)
    ]
    return Image.merge(_MODES[space.components], planes)


def _replace(picture: StreamObject, image: Image.Image) -> None:
    if not _is_photograph(picture):
        replace_data(picture, image.tobytes())
        return
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    _fill(picture, out.getvalue(), "/DCTDecode")
    if image.mode == "CMYK":
        # Pillow writes these as Adobe does, upside down.
        picture[NameObject("/Decode")] = ArrayObject([NumberObject(1 - at % 2) for at in range(8)])


def _fill(stream: StreamObject, data: bytes, method: str) -> None:
    for key in ("/DecodeParms", "/Length"):
        stream.pop(key, None)
    stream._data = data
    stream[NameObject("/Filter")] = NameObject(method)
    if hasattr(stream, "decoded_self"):
        stream.decoded_self = None
