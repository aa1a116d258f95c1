"""Which files are meant: by name, by folder or by pattern."""

from collections.abc import Sequence
from glob import glob
from pathlib import Path

from invulposter.errors import RequestError


def form_files(named: Sequence[str], outs: Sequence[Path]) -> tuple[Path, ...]:
    """The PDF files that are meant, each once, in the order of `named`; never one of `outs`, where results go.

    Raises RequestError where there is none, and for a name or pattern that stands for nothing.
    """
    found: dict[Path, Path] = {}
    for name in named:
        paths = _files(name)
        if not paths:
            raise RequestError(f"'{name}': there is no such file, and no PDF in it or like it")
        for path in paths:
            found.setdefault(path.resolve(), path)
    for out in outs:
        found.pop(out.resolve(), None)
    if not found:
        raise RequestError("there is no form to read beside the output itself")
    return tuple(found.values())


def _files(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix.lower() == ".pdf" and file.is_file())
    if path.exists():
        return [path]
    # Path.glob takes no pattern that starts at the root.
    return sorted(Path(file) for file in glob(name, recursive=True) if Path(file).is_file())  # noqa: PTH207
