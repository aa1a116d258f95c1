"""A PDF written piece by piece is one that every reader reads, with each object where it was said to be."""

import io
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from invulposter.finish.packing import PdfFile, packed
from tests.finish.helpers_imposition import A5, check_with_qpdf, pdf

PAGES = b"<</Type/Pages/Count 1/Kids[%d 0 R]>>"
PAGE = b"<</Type/Page/Parent 7 0 R/MediaBox[0 0 99 99]/Resources<<>>/Contents %d 0 R>>"


def file_with(objects: int) -> bytes:
    """One page, and many numbers that are of no use."""
    made = PdfFile(8)
    contents = made.add(b"<<>>", b"0 0 9 9 re f")
    made.put(7, PAGES % made.add(PAGE % contents))
    last = 0
    for value in range(objects):
        last = made.add(b"%d" % value)
    made.put(5, b"<</Generation 3>>", generation=3)
    root = made.add(b"<</Type/Catalog/Pages 7 0 R/Last %d 0 R/Old 5 3 R>>" % last)
    return made.finish(root)


@pytest.mark.parametrize("objects", [1, 200, 1001])
def test_every_object_is_found_again(objects: int, tmp_path: Path) -> None:
    data = file_with(objects)
    check_with_qpdf(data, tmp_path)
    with pikepdf.open(io.BytesIO(data)) as found:
        assert found.Root.Last == objects - 1
        assert found.Root.Old.Generation == 3
        assert found.pages[0].Contents.read_bytes() == b"0 0 9 9 re f"


def test_numbers_that_were_kept_free_are_free() -> None:
    with pikepdf.open(io.BytesIO(file_with(3))) as found:
        assert found.get_object(3, 0) is None


def test_the_same_objects_have_the_same_identity() -> None:
    assert file_with(9) == file_with(9)
    identities = []
    for count in (9, 10):
        with pikepdf.open(io.BytesIO(file_with(count))) as found:
            identities.append(bytes(found.trailer.ID[0]))
    assert len(set(identities)) == 2


def test_what_pypdf_holds_is_written_whole(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(12, A5)))
    writer.root_object[NameObject("/Eigen")] = DictionaryObject({NameObject("/A b"): NumberObject(4)})
    data = packed(writer, b"seed")
    check_with_qpdf(data, tmp_path)
    assert len(data) < len(pdf(12, A5))
    with pikepdf.open(io.BytesIO(data)) as found:
        assert len(found.pages) == 12
        assert found.Root.Eigen["/A b"] == 4
