from collections.abc import Iterator

import pytest

from invulposter.studio.shelf import Shelf


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf(limit=1000)
    yield made
    made.close()


def test_the_same_file_has_the_same_id_and_another_name_another(shelf: Shelf) -> None:
    one, again, other = shelf.put("a.pdf", b"%PDF"), shelf.put("a.pdf", b"%PDF"), shelf.put("b.pdf", b"%PDF")
    assert one == again
    assert one.id != other.id
    assert shelf.read(one.id) == b"%PDF"


def test_what_was_put_there_longest_ago_makes_room(shelf: Shelf) -> None:
    first, second = shelf.put("1", b"x" * 400), shelf.put("2", b"y" * 400)
    shelf.put("1", b"x" * 400)
    shelf.put("3", b"z" * 400)
    assert shelf.read(first.id) is not None
    assert shelf.read(second.id) is None
    assert len(list(shelf.folder.iterdir())) == 2


@pytest.mark.parametrize("key", ["", "..", "../x", "/etc/passwd", "stock-1", "scratch-1"])
def test_only_what_was_put_there_is_given(shelf: Shelf, key: str) -> None:
    shelf.scratch().write_bytes(b"geheim")
    assert shelf.read(key) is None


def test_ids_of_another_shelf_are_others_and_closing_leaves_nothing(shelf: Shelf) -> None:
    other = Shelf()
    assert other.put("a.pdf", b"%PDF").id != shelf.put("a.pdf", b"%PDF").id
    other.close()
    assert not other.folder.exists()
