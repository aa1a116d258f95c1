"""Which files are meant: by name, by folder or by pattern."""

from collections.abc import Sequence
from glob import glob
from pathlib import Path

import pikepdf

from invulposter.errors import RequestError
from invulposter.finish.forms import identify


def form_files(named: Sequence[str], outs: Sequence[Path]) -> tuple[Path, ...]:
    """The PDF files that are meant, each once, in the order of `named`.

    What stands in a folder or is like a pattern is left out where it is one of `outs`: an earlier harvest. Raises
    RequestError where there is no file, for a name or pattern that stands for nothing, and for a form that one of
    `outs` would be written over.
    """
    results = {out.resolve() for out in outs}
    found: dict[Path, Path] = {}
    for name in named:
        paths = _files(name)
        if not paths:
            raise RequestError(f"'{name}': there is no such file, and no PDF in it or like it")
        if Path(name).resolve() in results:
            raise RequestError(f"{name}: is to be read and to be written over; name another file with -o")
        for path in paths:
            found.setdefault(path.resolve(), path)
    for out in outs:
        if is_form(out):
            raise RequestError(f"{out}: is a form, and would be written over; name another file with -o")
        found.pop(out.resolve(), None)
    if not found:
        raise RequestError("there is no form to read beside the output itself")
    return tuple(found.values())


def is_form(path: Path) -> bool:
    """Whether there is a file at `path` that says it is one of our forms, filled in or not."""
    try:
        with pikepdf.open(path) as opened:
            return identify(opened.Root.get("/AcroForm"), opened.trailer.get("/Info")) is not None
    except (OSError, pikepdf.PikepdfError, AttributeError, LookupError, TypeError, ValueError):
        return False


def _files(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix.lower() == ".pdf" and file.is_file())
    if path.exists():
        return [path]
    # Path.glob takes no pattern that starts at the root.
    return sorted(Path(file) for file in glob(name, recursive=True) if Path(file).is_file())  # noqa: PTH207
