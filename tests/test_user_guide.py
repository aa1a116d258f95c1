"""The user guide in docs/, as somebody gets it: `make guide` writes it."""

from pathlib import Path

import pytest

from tests.judges import poppler, qpdf, verapdf

DOCS = Path(__file__).parents[1] / "docs"
GUIDE = DOCS / "gebruikershandleiding.pdf"


def test_the_guide_is_small_sound_and_has_every_chapter() -> None:
    assert GUIDE.stat().st_size < 2_000_000
    assert qpdf.check(GUIDE) == []
    cover, *pages = poppler.words(GUIDE)
    titles = [
        text.read_text("utf-8").splitlines()[0][2:] for text in sorted(DOCS.glob("gebruikershandleiding/*/*/*.md"))
    ]
    assert len(titles) == len(pages) > 5
    for title, page in zip(titles, pages, strict=True):
        assert title in " ".join(cover)
        assert title in " ".join(page)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:.*sRGB2014")
def test_the_guide_is_accessible_and_to_be_archived() -> None:
    assert [str(one) for one in verapdf.violations(GUIDE.read_bytes(), "ua1")] == []
    assert [str(one) for one in verapdf.violations(GUIDE.read_bytes(), "2a")] == []
