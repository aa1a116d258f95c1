import os
from pathlib import Path

from invulposter.cache import Cache, Entry, files_key, key_of

ENTRY = Entry({"pages": 2, "notes": ["a"]}, {"product.pdf": b"%PDF", "0.jpg": b"\0\1"})


def test_an_entry_comes_back_as_it_was(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    key = key_of("a")
    assert cache.get(key) is None
    cache.put(key, ENTRY)
    assert cache.get(key) == ENTRY


def test_where_a_part_ends_counts() -> None:
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of(b"ab", "c", "")}) == 4


def test_an_entry_that_is_damaged_anywhere_counts_as_absent_and_is_replaced(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    key = key_of("a")
    cache.put(key, ENTRY)
    (path,) = tmp_path.glob("*/*.zip")
    whole = path.read_bytes()
    one_byte = {whole[:place] + bytes([byte]) + whole[place + 1 :] for place in range(len(whole)) for byte in (0, 99)}
    for damaged in {*one_byte, whole[:40], whole[: len(whole) // 2], b"", b"PK"} - {whole}:
        path.write_bytes(damaged)
        assert cache.get(key) is None
    cache.put(key, ENTRY)
    assert cache.get(key) == ENTRY


def test_what_was_unused_longest_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    keys = [key_of(str(number)) for number in range(4)]
    for age, key in enumerate(keys):
        cache.put(key, Entry({}, {"a": b"x" * 1000}))
        path = tmp_path / key[:2] / f"{key}.zip"
        os.utime(path, (1000 - age, 1000 - age))
    assert cache.get(keys[3]) is not None
    cache.trim(limit=2500)
    assert [cache.get(key) is not None for key in keys] == [True, False, False, True]


def test_a_cache_that_can_not_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file")
    cache.put("a" * 64, ENTRY)
    assert cache.get("a" * 64) is None


def test_a_name_that_is_no_utf_8_has_a_key_too() -> None:
    name = os.fsdecode(b"Jos\xe9.pdf")
    assert key_of(name) == key_of(b"Jos\xe9.pdf")


def test_a_file_that_can_not_be_read_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").symlink_to("logo.svg")
    empty = tmp_path / "leeg" / "logo.svg"
    empty.parent.mkdir()
    empty.touch()
    assert files_key([tmp_path / "logo.svg"]) == files_key([empty])
