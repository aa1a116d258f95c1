"""Changing a YAML file: the data asked for, and no other line touched."""

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invulposter.editing.yamledit import changed
from invulposter.errors import WorkspaceError
from invulposter.workspace import built_in
from invulposter.yamlsource import Source, parse

SAMPLES = sorted((built_in() / "content").rglob("*.yaml"))

ODD = """\
# Hoort bij het kantoor.
id: "werven"   # nooit veranderen
naam:   Werven
tips:
- id: werven-een
  kop: 'Kies je kanalen'
  tekst: Een regel die veel langer is dan de honderd tekens die wij zelf schrijven, want zo stond hij er al.
# Over de tweede tip.
- id: werven-twee

  kop: Vang signalen op
  tekst: |
    Eerste regel.
    Tweede regel.
- {id: werven-drie, kop: Drie, tekst: "kort"}
nummers: [1, 2, 3]
# Het einde.
"""


def data_of(text: str) -> Any:
    source = parse(text, "")
    assert isinstance(source, Source)
    return source.data


def lines_changed(old: str, new: str) -> tuple[set[str], set[str]]:
    before, after = old.splitlines(), new.splitlines()
    return set(before) - set(after), set(after) - set(before)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_saving_without_a_change_gives_the_same_bytes(path: Path) -> None:
    text = path.read_bytes().decode()
    assert changed(text, data_of(text)) == text


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[pytest.mark.long] if place % 6 else []) for place, path in enumerate(SAMPLES)],
    ids=lambda path: path.stem,
)
def test_there_and_back_again_gives_the_same_bytes(path: Path) -> None:
    text = path.read_bytes().decode()
    data = data_of(text)
    key = next(key for key, value in data.items() if isinstance(value, str) and key != "id")
    other = changed(text, {**data, key: data[key] + " x"})
    assert changed(other, data) == text


def test_changing_one_tip_changes_only_its_lines() -> None:
    path = built_in() / "content/fasen/werven.yaml"
    text = path.read_text(encoding="utf-8")
    data = data_of(text)
    data["tips"][2]["tekst"] = "Zeg meteen wat het oplevert: tijd, kennis of een goed gesprek."
    new = changed(text, data)
    assert lines_changed(text, new) == (
        {"    tekst: Vertel in je uitnodiging meteen wat iemand eraan heeft."},
        {'    tekst: "Zeg meteen wat het oplevert: tijd, kennis of een goed gesprek."'},
    )


def test_long_text_is_folded_as_the_samples_are() -> None:
    text = (built_in() / "content/fasen/werven.yaml").read_text(encoding="utf-8")
    data = data_of(text)
    data["tips"][0]["tekst"] = " ".join(["Kies bewust wanneer en waarlangs je werft."] * 6)
    new = changed(text, data)
    assert data_of(new) == data
    assert max(map(len, new.splitlines())) <= 100
    start = new.index("  - id: werven-kanalen")
    assert new[start : new.index("  - id: werven-signalen")].count("\n") == 6


def test_a_file_in_another_manner_keeps_it() -> None:
    data = data_of(ODD)
    data["naam"] = "Nieuw"
    new = changed(ODD, data)
    assert data_of(new) == data
    assert lines_changed(ODD, new) == ({"naam:   Werven"}, {"naam: Nieuw"})
    data = data_of(ODD)
    data["tips"][1]["kop"] = "Andere kop"
    new = changed(ODD, data)
    assert lines_changed(ODD, new) == ({"  kop: Vang signalen op"}, {"  kop: Andere kop"})


def test_quotes_and_line_breaks_stay_what_they_were() -> None:
    data = data_of(ODD)
    data["tips"][0]["kop"] = "Kies"
    data["tips"][1]["tekst"] = "Eerste regel.\nDerde regel."
    data["tips"][2]["tekst"] = "lang"
    new = changed(ODD, data)
    assert data_of(new) == data
    for line in ("  kop: 'Kies'", "    Derde regel.", '- {id: werven-drie, kop: Drie, tekst: "lang"}'):
        assert line in new.splitlines()


def test_comments_survive_removing_adding_and_moving() -> None:
    for change in (
        lambda tips: tips[1:],
        lambda tips: tips[:1],
        lambda tips: [tips[1], tips[0], tips[2]],
        lambda tips: [*tips, {"id": "werven-vier", "kop": "Vier", "tekst": "Nieuw: met een dubbelepunt"}],
        lambda tips: [{"id": "werven-nul", "kop": "Nul", "tekst": "# geen commentaar"}, *tips],
    ):
        data = data_of(ODD)
        data["tips"] = change(data["tips"])
        new = changed(ODD, data)
        assert data_of(new) == data
        for comment in ("# Hoort bij het kantoor.", "# nooit veranderen", "# Over de tweede tip.", "# Het einde."):
            assert new.count(comment) == 1, new


def test_keys_come_and_go_in_their_place() -> None:
    text = "id: a # naam\nkop: Kop\nslot: Einde\n"
    with_more = changed(text, {"id": "a", "kop": "Kop", "punten": ["een", "twee"], "slot": "Einde"})
    assert with_more == "id: a # naam\nkop: Kop\npunten:\n  - een\n  - twee\nslot: Einde\n"
    assert changed(with_more, data_of(text)) == text


def test_windows_lines_and_a_byte_order_mark_stay() -> None:
    text = "\ufeffid: a\r\nkop: Kop # x\r\n"
    assert changed(text, {"id": "a", "kop": "Nieuw"}) == "\ufeffid: a\r\nkop: Nieuw # x\r\n"


def test_what_is_no_yaml_is_not_written_over() -> None:
    with pytest.raises(WorkspaceError):
        changed("kop: [een", {"kop": "x"})


WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\ufeff"), max_size=150
)
TEXTS = st.one_of(
    WORDS,
    st.sampled_from(
        ["ja", "true", "null", "~", "2027-03-11", "12", "1e3", "- x", "a: b", "x #y", "'", '"', "*a", ">-"]
    ),
    st.lists(WORDS.map(str.strip).filter(bool), min_size=1, max_size=3).map("\n".join),
)


@settings(max_examples=30)
@given(base=st.sampled_from([ODD, SAMPLES[0].read_text("utf-8"), SAMPLES[-1].read_text("utf-8")]), draw=st.data())
def test_whatever_is_typed_comes_back(base: str, draw: st.DataObject) -> None:
    data = copy.deepcopy(data_of(base))
    places = [(box, key) for box in _boxes(data) for key in (box if isinstance(box, dict) else range(len(box)))]
    for box, key in draw.draw(st.lists(st.sampled_from(places), max_size=3)):
        if isinstance(box[key], str):
            box[key] = draw.draw(TEXTS)
        elif isinstance(box[key], list):
            box[key] = draw.draw(st.permutations(box[key]))[: draw.draw(st.integers(1, 4))]
    new = changed(base, data)
    assert data_of(new) == data
    kept = [line.strip() for line in base.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in kept if line not in new] == []


def _boxes(data: Any) -> list[Any]:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    own = [data] if isinstance(data, dict | list) and data else []
    return own + [box for one in inner for box in _boxes(one)]
