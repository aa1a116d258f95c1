"""`make kit-picture`: the drawing kit as it draws itself, for layouts/LEESMIJ.md."""

import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image

from invulposter.build import make_one
from invulposter.edition import Edition
from invulposter.library import read_library
from invulposter.plan import plan
from invulposter.request import Request
from invulposter.workspace import built_in, find_workspace

#: Width in pixels, and colours: few enough for a small file.
WIDTH, COLOURS = 1500, 64


def main(target: Path) -> None:
    """Draw the sheet in `docs/layouts/doos` for the first rayon and write it to `target` as PNG."""
    workspace = find_workspace(built_in())
    workspace = replace(workspace, layouts=(*workspace.layouts, built_in() / "docs" / "layouts"))
    library = read_library(workspace)
    request = Request(layouts=("tekendoos",), style="doos", rayons=("lindezoom",), editions=(Edition.SCREEN,))
    product = make_one(plan(library, request)[0], library, workspace.fonts)
    with pypdfium2.PdfDocument(product.pdf) as document:
        page = document[0]
        picture: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil()
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"{target}: {target.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
