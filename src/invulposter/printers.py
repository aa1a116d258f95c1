"""The printers that were measured: profiles in one TOML file below the user's own settings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from invulposter.errors import RequestError, WorkspaceError
from invulposter.paper import Duplex, Margins, Printer
from invulposter.write import write_file

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_HEADING = "# Printers, measured with 'invulposter calibrate'. Lengths in mm; margins: left, bottom, right, top.\n"


def printers_file() -> Path:
    """Where profiles are kept."""
    return user_config_path("invulposter", appauthor=False) / "printers.toml"


def read_printers(path: Path) -> dict[str, Printer]:
    """The saved profiles by name; none where there is no file. Raises WorkspaceError for a file that is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WorkspaceError(f"{path}: this file of printers can't be read: {error}") from error
    try:
        return {name: _printer(name, facts) for name, facts in data.items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WorkspaceError(f"{path}: this file of printers is wrong: {error}; mend it or remove it") from error


def find_printer(name: str, path: Path) -> Printer:
    """The profile of that name. Raises RequestError, naming what there is, where there is none."""
    known = read_printers(path)
    if name not in known:
        there_is = f"saved are: {', '.join(sorted(known))}" if known else "no printer has been saved"
        raise RequestError(f"printer '{name}' is not known ({there_is}): measure it with 'invulposter calibrate'")
    return known[name]


def save_printer(printer: Printer, path: Path) -> None:
    """Add a profile, or put it in the place of the one with its name. Raises RequestError for an unusable name."""
    if not _NAME.fullmatch(printer.name):
        raise RequestError(f"'{printer.name}' is no name for a printer: use up to 40 letters, digits, - and _")
    write_file(path, printers_toml({**read_printers(path), printer.name: printer}).encode())


def printers_toml(printers: Mapping[str, Printer]) -> str:
    """The profiles as TOML, in order of name."""
    return "\n".join((_HEADING, *(_table(name, printers[name]) for name in sorted(printers))))


def _table(name: str, printer: Printer) -> str:
    margins = printer.margins
    rows: dict[str, tuple[float, ...]] = {
        "shift_front": printer.shift_front,
        "shift_back": printer.shift_back,
        "scale": (printer.scale_x, printer.scale_y),
        "margins": (margins.left, margins.bottom, margins.right, margins.top),
    }
    lines = [f"{key} = [{', '.join(repr(float(value)) for value in values)}]" for key, values in rows.items()]
    return "\n".join((f"[{name}]", *lines, f'duplex = "{printer.duplex}"', ""))


def _printer(name: str, facts: dict[str, Any]) -> Printer:
    across, upwards = map(float, facts["scale"])
    return Printer(
        name=name,
        margins=Margins(*map(float, facts["margins"])),
        shift_front=_pair(facts["shift_front"]),
        shift_back=_pair(facts["shift_back"]),
        scale_x=across,
        scale_y=upwards,
        duplex=Duplex(facts["duplex"]),
    )


def _pair(values: list[float]) -> tuple[float, float]:
    x, y = map(float, values)
    return x, y
