from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invulposter.errors import RequestError, WorkspaceError
from invulposter.paper import Duplex, Margins, Printer
from invulposter.printers import find_printer, printers_toml, read_printers, save_printer

SHIFTS = st.tuples(st.floats(-20, 20), st.floats(-20, 20))
PRINTERS = st.builds(
    Printer,
    name=st.from_regex(r"[a-z][a-z0-9_-]{0,20}", fullmatch=True),
    margins=st.builds(Margins, *[st.floats(0, 50)] * 4),
    shift_front=SHIFTS,
    shift_back=SHIFTS,
    scale_x=st.floats(0.9, 1.1),
    scale_y=st.floats(0.9, 1.1),
    duplex=st.sampled_from([Duplex.LONG_EDGE, Duplex.SHORT_EDGE, Duplex.BY_HAND]),
)


@given(printers=st.lists(PRINTERS, max_size=4, unique_by=lambda printer: printer.name))
def test_what_is_saved_is_read_back_exactly(printers: list[Printer], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("settings") / "printers.toml"
    for printer in printers:
        save_printer(printer, path)
    assert read_printers(path) == {printer.name: printer for printer in printers}


def test_the_file_can_be_read_and_edited_by_a_person() -> None:
    lines = printers_toml({"gang": Printer("gang", shift_back=(0.0, 0.8))}).splitlines()
    assert lines[2:] == [
        "[gang]",
        "shift_front = [0.0, 0.0]",
        "shift_back = [0.0, 0.8]",
        "scale = [1.0, 1.0]",
        "margins = [5.0, 5.0, 5.0, 5.0]",
        'duplex = "long-edge"',
    ]


def test_an_unknown_printer_is_refused_by_naming_the_known(tmp_path: Path) -> None:
    path = tmp_path / "printers.toml"
    with pytest.raises(RequestError, match="no printer has been saved"):
        find_printer("gang", path)
    save_printer(Printer("zolder"), path)
    with pytest.raises(RequestError, match="saved are: zolder"):
        find_printer("gang", path)


@pytest.mark.parametrize("text", ["[gang", '[gang]\nscale = "1"', "gang = 3", "[gang]\nscale = [1.0, 1.0]\n"])
def test_a_wrong_file_is_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "printers.toml"
    path.write_text(text)
    with pytest.raises(WorkspaceError, match="this file of printers"):
        read_printers(path)
