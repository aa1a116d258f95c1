"""Poppler: what another reader finds in the file. Every function takes the path of a PDF."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Font:
    """A line of `pdffonts`: the name without its subset tag (`ABCDEF+`), and whether it is in the file."""

    name: str
    embedded: bool
    subset: bool


def words(path: Path) -> list[list[str]]:
    """Give each page's words in reading order, hyphenated ones joined, as `pdftotext` finds them."""
    return [page.split() for page in _run("pdftotext", str(path), "-").removesuffix("\f").split("\f")]


def fonts(path: Path) -> list[Font]:
    """Give the fonts that the file's pages use. Raises CalledProcessError for a file Poppler can't read."""
    found = []
    for line in _run("pdffonts", str(path)).splitlines()[2:]:
        embedded, subset = line.split()[-5:-3]
        found.append(Font(line.split()[0].split("+")[-1], embedded == "yes", subset == "yes"))
    return found


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
