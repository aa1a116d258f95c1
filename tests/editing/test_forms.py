"""Forms made from the models, and back: what is posted unchanged gives the data unchanged."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from invulposter.editing.forms import Field, Kind, at, describe, leaves, named, path_of, told
from invulposter.editing.parts import parts_of
from invulposter.editing.posted import MARK, collect, empty, reshaped, shown, with_ids
from invulposter.schema import MODELS
from invulposter.workspace import built_in
from invulposter.yamlsource import Source, parse

CONTENT = built_in() / "content"
SAMPLES = {
    "fase": CONTENT / "fasen/samenkomen.yaml",
    "invulposter": CONTENT / "invulposter.yaml",
    "handleiding": CONTENT / "handleiding.yaml",
    "brochure": CONTENT / "brochure.yaml",
    "netwerk": CONTENT / "netwerken/oop.yaml",
    "rayon": CONTENT / "rayons/lindezoom/rayon.yaml",
}


def data_of(path: Path) -> Any:
    source = parse(path.read_text(encoding="utf-8"), "")
    assert isinstance(source, Source)
    return source.data


def as_posted(form: Field, data: Any, path: tuple[str | int, ...] = ()) -> dict[str, list[str]]:
    """What a browser sends for a form that shows this data."""
    return dict(_posted(form, data, path))


def _posted(field: Field, value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str, list[str]]]:
    if field.kind is Kind.GROUP:
        if value is None and not field.required:
            return
        yield named((*path, MARK)), ["1"]
        for inner in field.fields:
            yield from _posted(inner, (value or {}).get(inner.key), (*path, inner.key))
    elif field.kind is Kind.LIST:
        for index, item in enumerate(value or ()):
            yield from _posted(field.variant(item), item, (*path, index))
    elif field.kind is Kind.TICK:
        if value:
            yield named(path), ["ja"]
    elif field.kind is Kind.PICKS:
        yield named(path), list(value or ())
    elif value is not None or field.kind is not Kind.FIXED:
        yield named(path), [shown(field, value).replace("\n", "\r\n")]


def every_field(field: Field) -> Iterator[Field]:
    yield field
    for inner in (*field.fields, *field.variants):
        yield from every_field(inner)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_every_field_has_a_dutch_label_and_sentence_of_its_own(model: type[BaseModel]) -> None:
    for field in every_field(describe(model)):
        if field.key and field.kind is not Kind.FIXED:
            assert field.label
            assert field.label != field.key
            assert not field.help.endswith("."), field


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(kind: str) -> None:
    form, data = describe(MODELS[kind]), data_of(SAMPLES[kind])
    assert collect(form, as_posted(form, data), data) == data


def test_kinds_and_limits_come_from_the_model() -> None:
    phase, rayon = describe(MODELS["fase"]), describe(MODELS["rayon"])
    data = data_of(SAMPLES["fase"])
    assert at(phase, ("tips", 0, "tekst"), data).kind is Kind.LONG
    assert at(phase, ("tips", 0, "kop"), data).limits.most == 4000
    assert at(phase, ("volgorde",), data).kind is Kind.NUMBER
    assert {field.key: field.kind for field in rayon.fields if field.kind is not Kind.SHORT} == {
        "id": Kind.FIXED, "kleuren": Kind.GROUP, "logo": Kind.FIXED, "adres": Kind.LINES, "email": Kind.EMAIL,
        "website": Kind.LINK, "stijl": Kind.CHOICE, "netwerken": Kind.PICKS,
    }  # fmt: skip
    assert at(describe(MODELS["netwerk"]), ("bijeenkomsten", 0, "datum"), {}).kind is Kind.DATE
    assert at(describe(MODELS["invulposter"]), ("stappen", 0, "handleiding", "uitleg"), {}).kind is Kind.MARKDOWN


def test_a_place_is_called_as_people_do() -> None:
    form, data = describe(MODELS["invulposter"]), data_of(SAMPLES["invulposter"])
    assert told(form, ("stappen", 0, "onderdelen", 1, "ringen", 2, "tekst"), data) == (
        "Stappen 1 › Onderdelen op de poster 2 › Ringen 3 › Tekst"
    )


def test_one_changed_field_is_the_only_change() -> None:
    form, data = describe(MODELS["fase"]), data_of(SAMPLES["fase"])
    posted = as_posted(form, data)
    posted["tips.1.tekst"] = ["  Nieuwe tekst\r\n"]
    expected = copy.deepcopy(data)
    expected["tips"][1]["tekst"] = "Nieuwe tekst"
    assert collect(form, posted, data) == expected


def test_a_part_of_a_file_is_a_form_too() -> None:
    form, data = describe(MODELS["invulposter"]), data_of(SAMPLES["invulposter"])
    scope = ("stappen", 2)
    posted = as_posted(at(form, scope, data), data["stappen"][2], scope)
    posted["stappen.2.titel"] = ["Anders"]
    expected = copy.deepcopy(data)
    expected["stappen"][2]["titel"] = "Anders"
    assert collect(form, posted, data, scope) == expected


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("invulposter", ["", "stappen.0", "stappen.1", "stappen.2", "stappen.3", "stappen.4"]),
        ("handleiding", ["", "vooraf", "welkom", "afronden", "voorbereiden", "printen", "daarna"]),
        ("fase", [""]),
        ("rayon", [""]),
    ],
)
def test_a_long_file_has_parts_that_together_hold_all_of_it(kind: str, names: list[str]) -> None:
    form, data = describe(MODELS[kind]), data_of(SAMPLES[kind])
    parts = parts_of(form, data)
    assert [part.name for part in parts] == names
    apart = {part.path[0] for part in parts if part.path}
    assert apart | set(parts[0].keys or [field.key for field in form.fields]) == {field.key for field in form.fields}
    # What is left of a file, sent as shown, leaves the other parts alone.
    assert collect(form, as_posted(form, data), data, (), parts[0].keys) == data


def test_lines_numbers_ticks_and_picks() -> None:
    form, data = describe(MODELS["rayon"]), data_of(SAMPLES["rayon"])
    posted = as_posted(form, data) | {
        "adres": ["Helmgras 3\r\n\r\n 4321 ZX Duinrand "],
        "kleuren.primair_cmyk": ["90, 30 60 / 10"],
        "netwerken": ["mr", "oop"],
    }
    found = collect(form, posted, data)
    assert found["adres"] == ["Helmgras 3", "4321 ZX Duinrand"]
    assert found["kleuren"]["primair_cmyk"] == [90, 30, 60, 10]
    assert found["netwerken"] == ["mr", "oop"]
    posted = as_posted(form, found) | {"netwerken": []}
    assert "netwerken" not in collect(form, posted, found)
    phase, tips = describe(MODELS["fase"]), data_of(SAMPLES["fase"])
    assert collect(phase, as_posted(phase, tips) | {"genummerd": ["ja"]}, tips)["genummerd"] is True


def test_a_text_that_a_browser_flattens_counts_as_unchanged() -> None:
    form, data = describe(MODELS["fase"]), data_of(SAMPLES["fase"])
    data["naam"] = "Samen\nkomen"
    posted = as_posted(form, data) | {"naam": ["Samen komen"]}
    assert collect(form, posted, data) == data


def test_items_and_groups_come_and_go() -> None:
    form, data = describe(MODELS["fase"]), data_of(SAMPLES["fase"])
    longer, place = reshaped(form, data, "bij:tips")
    assert place == ("tips", len(data["tips"]))
    assert longer["tips"][-1] == {"id": "", "kop": "", "tekst": ""}
    assert reshaped(form, longer, f"weg:tips.{place[1]}")[0] == data
    swapped, place = reshaped(form, data, "neer:tips.0")
    assert [tip["id"] for tip in swapped["tips"][:2]] == [tip["id"] for tip in data["tips"][1::-1]]
    assert reshaped(form, swapped, f"op:{named(place)}")[0] == data
    linked, _ = reshaped(form, data, "maak:tips.0.link")
    assert linked["tips"][0]["link"] == {"label": "", "url": ""}
    assert "link" not in reshaped(form, linked, "zonder:tips.0.link")[0]["tips"][0]


@pytest.mark.parametrize(
    "step", ["", "bij:naam", "weg:tips.99", "weg:tips", "maak:stem", "maak:naam", "bij:tips.0.x", "zip:tips", "op:0.1"]
)
def test_any_other_step_is_refused(step: str) -> None:
    with pytest.raises(KeyError):
        reshaped(describe(MODELS["fase"]), data_of(SAMPLES["fase"]), step)


def test_what_layouts_are_drawn_for_keeps_its_items() -> None:
    form, data = describe(MODELS["invulposter"]), data_of(SAMPLES["invulposter"])
    for step in ("bij:stappen", "weg:stappen.0", "bij:stappen.0.onderdelen:kaart", "op:stappen.0.onderdelen.1"):
        with pytest.raises(KeyError):
            reshaped(form, data, step)


def test_a_new_item_of_another_kind_has_what_that_kind_needs() -> None:
    form, data = describe(MODELS["invulposter"]), data_of(SAMPLES["invulposter"])
    made = empty(at(form, ("stappen", 0, "onderdelen"), data), "kaart")
    assert made["soort"] == "kaart"
    assert len(made["ringen"]) == 2


def test_what_is_new_gets_an_id_from_its_words_that_nobody_has() -> None:
    form, data = describe(MODELS["fase"]), data_of(SAMPLES["fase"])
    data["tips"] += [{"id": "", "kop": "Één idee!", "tekst": "x"}, {"id": "", "kop": "een idee", "tekst": "y"}]
    found = with_ids(form, data, frozenset({"samenkomen-een-idee-2"}))
    assert [tip["id"] for tip in found["tips"][-2:]] == ["samenkomen-een-idee", "samenkomen-een-idee-3"]


@given(st.text(max_size=40))
def test_any_name_is_a_path_or_nothing(name: str) -> None:
    assert path_of(named(path_of(name))) == path_of(name)


@given(st.dictionaries(st.text("abtips.0_19", max_size=12), st.lists(st.text(max_size=5), max_size=2), max_size=6))
def test_whatever_is_posted_gives_data(posted: dict[str, list[str]]) -> None:
    found = collect(describe(MODELS["fase"]), posted, data_of(SAMPLES["fase"]))
    assert isinstance(found, dict)
    assert list(leaves(describe(MODELS["fase"]), found)) is not None
