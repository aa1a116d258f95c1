import json
from dataclasses import replace
from pathlib import Path

from invulposter.report import BUILD_FILE, PageReport, from_json, merged, read_report, to_json, to_json_line
from tests.test_gallery import CARDS, FAILED


def test_what_is_written_is_read_back() -> None:
    assert list(from_json(to_json([CARDS, FAILED]))) == [CARDS, FAILED]
    assert json.loads(to_json_line(CARDS))["path"] == CARDS.path


def test_every_key_that_is_promised_is_there() -> None:
    (entry,) = json.loads(to_json([CARDS]))
    promised = "path layout subject rayon edition size paper pages sheets sha256 cached seconds findings error"
    assert set(promised.split()) <= set(entry)


def test_a_damaged_report_is_an_empty_one(tmp_path: Path) -> None:
    assert read_report(tmp_path) == ()
    path = to_json([replace(CARDS, path="weg.pdf")]).replace('"weg.pdf"', "5")
    for text in (
        "",
        "{",
        "[1, {}]",
        path,
        "[" * 100_000,
        '{"a": 1}',
        '[{"findings": [], "pictures": [], "notes": [], "what": 1}]',
    ):
        (tmp_path / BUILD_FILE).write_text(text)
        assert read_report(tmp_path) == ()


def test_what_still_stands_stays_in_the_report(tmp_path: Path) -> None:
    earlier = {CARDS.path: CARDS, FAILED.path: FAILED}
    assert merged([], earlier, tmp_path) == ()
    (tmp_path / CARDS.path).parent.mkdir()
    (tmp_path / CARDS.path).touch()
    assert merged([], earlier, tmp_path) == (CARDS,)


def test_a_thrifty_product_knows_what_the_ordinary_one_takes(tmp_path: Path) -> None:
    thrifty = replace(CARDS, path="zuinig.pdf", thrifty=True, pictures=(PageReport("z.webp", 420, 296, 0.1),))
    ordinary, made = merged([CARDS, thrifty], {}, tmp_path)
    assert ordinary.ordinary_ink == ()
    assert made.ordinary_ink == (0.2, 0.31)
    assert (ordinary.most_ink, made.most_ink) == (0.31, 0.1)
    assert list(from_json(to_json([made]))) == [made]
    # Of another network nothing is known.
    assert merged([CARDS, replace(thrifty, subject="mr")], {}, tmp_path)[1].ordinary_ink == ()
