"""`make approve`: draw every case, show old, new and difference of what changed in a page, and approve the new ones."""

import html
import multiprocessing
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from invulposter.library import read_library
from invulposter.workspace import built_in, find_workspace
from tests.visual.cases import APPROVED, Case, cases, picture
from tests.visual.compare import Difference, difference

PAGE = Path("build/visual")
_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Pictures that changed</title>
<style>
body { font: 16px/1.4 system-ui, sans-serif; margin: 2rem; background: #f2f2f0; }
section { margin: 0 0 2.5rem; } h2 { margin: 0 0 .4rem; font-size: 1.1rem; }
div { display: flex; gap: 1rem; flex-wrap: wrap; } figure { margin: 0; } img { max-width: 46vw; background: #fff; }
</style></head><body>
"""


@dataclass(frozen=True)
class Changed:
    """A case whose picture is not the approved one; `old` is None where it is new."""

    case: Case
    old: Image.Image | None
    new: Image.Image
    difference: Difference


def changed(case: Case) -> Changed | None:
    """Draw a case and compare it with its approved picture; None where it is the same."""
    new = picture(case)
    approved = APPROVED / case.file
    old = Image.open(approved).convert("RGB") if approved.is_file() else None
    found = difference(old, new) if old else Difference(1.0, new)
    return None if old and found.accepted else Changed(case, old, new, found)


def save(image: Image.Image, path: Path) -> None:
    """Write a picture small and without loss."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, "WEBP", lossless=True, method=6)


def write_page(found: Iterable[Changed], folder: Path) -> Path:
    """Write the page that shows each of them three times; gives its path."""
    shutil.rmtree(folder, ignore_errors=True)
    parts = [_HEAD]
    for one in found:
        parts.append(f"<section><h2>{html.escape(str(one.case))} · {one.difference.share:.1%} of it changed</h2><div>")
        for name, image in (("old", one.old), ("new", one.new), ("difference", one.difference.picture)):
            if image:
                path = folder / name / one.case.file
                save(image, path)
                source = html.escape(path.relative_to(folder).as_posix())
                parts.append(f'<figure><img src="{source}" alt="{name}"><figcaption>{name}</figcaption></figure>')
        parts.append("</div></section>")
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "index.html"
    page.write_text("\n".join([*parts, "</body></html>"]), encoding="utf-8")
    return page


def main(patterns: list[str]) -> None:
    """Approve what changed; of the cases whose name holds one of the patterns, where there are any."""
    known = list(cases(read_library(find_workspace(built_in()))))
    asked = [case for case in known if not patterns or any(pattern in str(case) for pattern in patterns)]
    with multiprocessing.get_context("forkserver").Pool(maxtasksperchild=12) as pool:
        found = [one for one in pool.imap(changed, asked) if one]
    page = write_page(found, PAGE)
    for one in found:
        save(one.new, APPROVED / one.case.file)
    gone = set(APPROVED.rglob("*.webp")) - {APPROVED / case.file for case in known}
    for path in gone:
        path.unlink()
    print(f"{len(found)} of {len(asked)} pictures changed and approved, {len(gone)} removed: look at {page}")


if __name__ == "__main__":
    main(sys.argv[1:])
