"""A sound file is read fast, and judged as the thorough reader judges it; the rest is left to that one."""

import io
import re
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream, String

from invulposter.edition import Edition
from invulposter.findings import Finding
from invulposter.preflight import Expectation, preflight
from invulposter.preflight.sound import SoundFile, UnsoundError
from invulposter.words import words

from .test_preflight import FAULTS, SCREEN, card, changed, saved, spoilt


def thoroughly(pdf: bytes, expect: Expectation | None, patch: pytest.MonkeyPatch) -> tuple[Finding, ...]:
    def refused(*_: object) -> SoundFile:
        raise UnsoundError("left to the other reader")

    with patch.context() as context:
        context.setattr("invulposter.preflight.SoundFile", refused)
        return preflight(pdf, expect)


def packed(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return saved(opened, object_stream_mode=ObjectStreamMode.generate)


@pytest.mark.parametrize("name", FAULTS)
def test_both_readers_find_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = packed(spoilt(name))
    SoundFile(pdf).confirm()
    assert preflight(pdf, SCREEN) == thoroughly(pdf, SCREEN, monkeypatch)


def test_objects_are_of_the_kinds_that_the_checks_know() -> None:
    def fill(pdf: Pdf) -> None:
        values = [String("Café – 5 €"), String(b"\xfe\xff\x20\xac"), Name("/a b"), 1, 1.5, True, Array([])]
        pdf.Root.Proef = pdf.make_indirect(Array([*values, pdf.make_indirect(Stream(pdf, b"inhoud", A=1))]))

    file = SoundFile(packed(changed(fill)))
    held: Any = file.root_object["/Proef"]
    *values, stream = held
    assert values[:5] == ["Café – 5 €", "€", "/a b", 1, 1.5]
    assert (values[5].value, values[6]) == (True, [])
    assert stream.get_object() is stream.get_object()
    assert (stream.get_object().get_data(), stream.get_object().raw_get("/A")) == (b"inhoud", 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pdf: b"x" + pdf,
        lambda pdf: pdf.replace(b"startxref\n", b"startxref\n1"),
        lambda pdf: pdf[:-1200],
        lambda pdf: pdf.replace(b"/Filter /FlateDecode", b"/Filter /LZWDecode  "),
        lambda pdf: pdf.replace(b"/Filter", b"/F#69lter"),
        lambda pdf: pdf.replace(b"/Filter /FlateDecode", b"/Filter 7 0 R       "),
    ],
    ids=["junk", "no table", "cut", "unbounded filter", "hidden filter", "filter elsewhere"],
)
def test_what_is_odd_is_left_alone(spoil: Callable[[bytes], bytes]) -> None:
    pdf = spoil(card_with_plain_table())
    with pytest.raises((UnsoundError, pikepdf.PikepdfError)):
        SoundFile(pdf).confirm()


def card_with_plain_table() -> bytes:
    with pikepdf.open(io.BytesIO(card())) as pdf:
        return saved(pdf, object_stream_mode=ObjectStreamMode.disable)


def test_annotation_that_is_not_there_is_told() -> None:
    pdf, changes = re.subn(rb"(?<=/Annots \[ )\d+", lambda found: b"9" * len(found[0]), card_with_plain_table())
    assert changes
    assert "mended" in {finding.code for finding in preflight(pdf, SCREEN)}


def test_a_table_that_grows_without_end_is_refused() -> None:
    grown = zlib.compress(bytes(80_000_000), 1)
    head = b"%PDF-1.7\n"
    table = b"1 0 obj\n<< /Type /XRef /Size 9 /W [1 4 1] /Root 2 0 R /Filter /FlateDecode /Length %d >>\nstream\n"
    tail = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)
    bomb = head + table % len(grown) + grown + tail
    with pytest.raises(pikepdf.PikepdfError):
        SoundFile(bomb)


def test_text_read_before_is_taken_as_it_is() -> None:
    expect = Expectation(Edition.SCREEN, words=words("Mijn netwerk"))
    assert preflight(card(), expect, "Mijn netwerk") == ()
    assert [finding.code for finding in preflight(card(), expect, "Mijn")] == ["word-lost"]


def test_dictionaries_with_nothing_in_them_are_sound() -> None:
    pdf = changed(lambda pdf: pdf.Root.__setitem__("/Names", Dictionary()))
    SoundFile(pdf).confirm()
