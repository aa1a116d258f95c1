"""`make guide`: the user guide, made by invulposter itself from `docs/gebruikershandleiding/`."""

import sys
from dataclasses import replace
from pathlib import Path

from invulposter.build import make_one
from invulposter.edition import Edition
from invulposter.library import read_library
from invulposter.plan import plan
from invulposter.request import Request
from invulposter.workspace import built_in, find_workspace


def main(target: Path) -> None:
    """Write the guide, in the colours of the first rayon that the samples have of the usual style."""
    workspace = find_workspace(built_in())
    workspace = replace(workspace, layouts=(*workspace.layouts, built_in() / "docs" / "gebruikershandleiding"))
    library = read_library(workspace)
    request = Request(("gebruikershandleiding",), ("lindezoom",), editions=(Edition.SCREEN,), style="gids")
    product = make_one(plan(library, request)[0], library, workspace.fonts)
    for finding in product.findings:
        print(finding, file=sys.stderr)
    target.write_bytes(product.pdf)
    print(f"{target}: {product.pages} pages, {len(product.pdf) // 1000} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
