"""PDF objects as they come, of the right type or not: a file from elsewhere may hold anything anywhere."""

from collections.abc import Iterator
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

NOTHING = DictionaryObject()


def resolved(value: Any) -> Any:
    """Follow a reference; None for what it does not lead to."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def entry(parent: Any, key: str) -> Any:
    """Give what `parent` holds under `key`, resolved; None where it is no dictionary or holds nothing."""
    return resolved(parent.raw_get(key)) if isinstance(parent, DictionaryObject) and key in parent else None


def dictionary(parent: Any, key: str) -> DictionaryObject:
    """Give the dictionary (or stream) under `key`, or an empty one."""
    value = entry(parent, key)
    return value if isinstance(value, DictionaryObject) else NOTHING


def items(parent: Any, key: str) -> Iterator[tuple[int, Any]]:
    """Give what the array under `key` holds, resolved, each with its object's number (0 for a direct one)."""
    value = entry(parent, key)
    for item in value if isinstance(value, ArrayObject) else ():
        yield (item.idnum if isinstance(item, IndirectObject) else 0), resolved(item)


def members(parent: Any, key: str) -> Iterator[tuple[str, int, DictionaryObject]]:
    """Give the dictionaries in the dictionary under `key`: name, object number (0 for a direct one), itself."""
    for name, value in dictionary(parent, key).items():
        item = resolved(value)
        if isinstance(item, DictionaryObject):
            yield str(name), (value.idnum if isinstance(value, IndirectObject) else 0), item


def numbers(parent: Any, key: str) -> tuple[float, ...]:
    """Give the array of numbers under `key`, () where it holds anything else."""
    values = [item for _, item in items(parent, key)]
    return tuple(map(float, values)) if all(isinstance(value, int | float) for value in values) else ()
