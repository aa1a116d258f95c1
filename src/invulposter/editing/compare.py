"""What differs between two versions of a file's data, field by field, and putting them together. Pure."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from invulposter.editing.forms import Field, Kind, Path, at, leaves, told, value_at


@dataclass(frozen=True)
class Difference:
    """One field, or one list whose items are others, that differs; `mine` and `theirs` are as people read them.

    `changed_here` tells whether it is my change, `both` whether theirs is one too.
    """

    path: Path
    place: str
    mine: str
    theirs: str
    changed_here: bool = True
    both: bool = False


def differences(form: Field, mine: Any, theirs: Any, base: Any = None) -> tuple[Difference, ...]:
    """Every difference between my data and theirs; `base` is what both began with, None where that is not known."""
    return tuple(_difference(form, path, mine, theirs, base) for path in _differing(form, mine, theirs, ()))


def _difference(form: Field, path: Path, mine: Any, theirs: Any, base: Any) -> Difference:
    values = [value_at(data, path) for data in (mine, theirs)]
    shared = mine if values[0] is not None else theirs
    was = value_at(base, path)
    here = base is None or values[0] != was
    return Difference(
        path=path,
        place=told(form, path, shared),
        mine=_read(form, path, mine),
        theirs=_read(form, path, theirs),
        changed_here=here,
        both=base is None or (here and values[1] != was),
    )


def _differing(field: Field, mine: Any, theirs: Any, path: Path) -> Iterator[Path]:
    if mine == theirs:
        return
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        for inner in field.fields:
            yield from _differing(inner, mine.get(inner.key), theirs.get(inner.key), (*path, inner.key))
    elif field.kind is Kind.LIST and _same_items(mine, theirs):
        for index, (one, other) in enumerate(zip(mine, theirs, strict=True)):
            yield from _differing(field.variant(one), one, other, (*path, index))
    else:
        yield path


def _same_items(mine: Any, theirs: Any) -> bool:
    """Whether two lists have the same items in the same places, by their ids where they have them."""
    if not isinstance(mine, list) or not isinstance(theirs, list) or len(mine) != len(theirs):
        return False
    ids = [[item.get("id") if isinstance(item, Mapping) else None for item in items] for items in (mine, theirs)]
    return ids[0] == ids[1]


def _read(form: Field, path: Path, data: Any) -> str:
    value = value_at(data, path)
    if value is None or value in ("", []):
        return "(leeg)"
    try:
        own = at(form, path, data)
    except KeyError:
        return str(value)
    texts = (
        str(leaf) if not isinstance(leaf, bool) else ("ja" if leaf else "nee")
        for _, field, leaf in leaves(own, value)
        if field.kind is not Kind.FIXED
    )
    return "\n".join(texts) or str(value)


def merged(mine: Any, theirs: Any, from_mine: Collection[Path]) -> Any:
    """Their data with mine at the paths named."""
    result = copy.deepcopy(theirs)
    for path in from_mine:
        value = value_at(mine, path)
        holder = value_at(result, path[:-1])
        if isinstance(holder, dict) and value is None:
            holder.pop(str(path[-1]), None)
        elif isinstance(holder, dict) or (isinstance(holder, list) and isinstance(path[-1], int)):
            holder[path[-1]] = copy.deepcopy(value)  # type: ignore[index]
    return result


def summary(form: Field, old: Any, new: Any) -> str:
    """What was changed, in a few words: `Tips 2 › Kop, en nog 3`."""
    places = [difference.place for difference in differences(form, new, old)]
    if not places:
        return "niets"
    return places[0] + (f", en nog {len(places) - 1}" if len(places) > 1 else "")
