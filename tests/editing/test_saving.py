"""Saving: nothing invalid, nothing over somebody else's change, everything to be undone."""

import copy
import datetime
from pathlib import Path
from typing import Any

import pytest

from invulposter.editing.compare import differences, merged, summary
from invulposter.editing.files import ContentFile, content_files, file_at, find_file
from invulposter.editing.forms import describe
from invulposter.editing.history import History
from invulposter.editing.mistakes import checked
from invulposter.editing.saving import (
    ChangedError,
    MistakesError,
    library_of,
    mistakes_in,
    open_file,
    redo,
    redoable,
    save,
    start_new,
    undo,
    undoable,
)
from invulposter.errors import WorkspaceError
from invulposter.library import read_library
from invulposter.workspace import Workspace
from invulposter.write import UNFINISHED

WERVEN = ContentFile("fase", "werven")


def path_of(office: Workspace, file: ContentFile) -> Path:
    return office.root / file.path


def with_tip(office: Workspace, text: str) -> tuple[Any, str]:
    """The data of a phase with another first tip, and the file's seal."""
    opened = open_file(office, WERVEN)
    data = copy.deepcopy(opened.data)
    data["tips"][0]["tekst"] = text
    return data, opened.seal


def test_every_file_is_found_by_its_address_and_its_path(office: Workspace) -> None:
    files = content_files(office)
    assert len(files) == len(list(office.content.rglob("*.yaml")))
    for file in files:
        assert find_file(office, file.slug) == file == file_at(office, file.path.as_posix())
        assert open_file(office, file).problem is None
    assert find_file(office, "fase/../rayons") is None


def test_saving_unchanged_touches_no_byte_and_no_history(office: Workspace) -> None:
    for file in content_files(office):
        before = path_of(office, file).stat()
        opened = open_file(office, file)
        save(office, file, opened.data, opened.seal, "niets")
        assert path_of(office, file).stat().st_mtime_ns == before.st_mtime_ns
    assert History.of(office).changes() == ()


def test_one_tip_is_saved_and_the_rest_stays(office: Workspace) -> None:
    before = path_of(office, WERVEN).read_text("utf-8").splitlines()
    data, seal = with_tip(office, "Kies twee kanalen.")
    saved = save(office, WERVEN, data, seal, "Werven: Tips 1")
    after = path_of(office, WERVEN).read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == ["      Kies twee kanalen."]
    assert saved.data == data
    assert read_library(office).phases[0].tips[0].text == "Kies twee kanalen."
    assert not list(office.root.rglob(f"{UNFINISHED}*"))


def test_a_file_that_was_changed_meanwhile_is_left_alone(office: Workspace) -> None:
    data, seal = with_tip(office, "Van mij.")
    path = path_of(office, WERVEN)
    path.write_text(path.read_text("utf-8").replace("naam: Werven", "naam: Vinden"), "utf-8")
    theirs = path.read_bytes()
    with pytest.raises(ChangedError) as refused:
        save(office, WERVEN, data, seal, "x")
    assert path.read_bytes() == theirs
    base = open_file(office, WERVEN).data | {"naam": "Werven"}
    found = differences(describe(WERVEN.model), data, refused.value.now.data, base)
    told = [(one.place, one.mine[:8], one.theirs[:8], one.changed_here, one.both) for one in found]
    assert told == [
        ("Naam", "Werven", "Vinden", False, False),
        ("Tips 1 › Tip", "Van mij.", "Kies bew", True, False),
    ]
    both = merged(data, refused.value.now.data, [one.path for one in found if one.changed_here])
    save(office, WERVEN, both, refused.value.now.seal, "x")
    phase = read_library(office).phases[0]
    assert (phase.name, phase.tips[0].text) == ("Vinden", "Van mij.")


def test_a_list_with_other_items_differs_as_a_whole(office: Workspace) -> None:
    opened = open_file(office, WERVEN)
    mine = copy.deepcopy(opened.data)
    mine["tips"].append({"id": "werven-nieuw", "kop": "Nieuw", "tekst": "Iets nieuws."})
    found = differences(describe(WERVEN.model), mine, opened.data, opened.data)
    assert [one.path for one in found] == [("tips",)]
    assert "Iets nieuws." in found[0].mine
    assert merged(mine, opened.data, [("tips",)]) == mine
    assert summary(describe(WERVEN.model), opened.data, mine) == "Tips"


@pytest.mark.parametrize(
    ("slug", "change", "place", "message"),
    [
        ("fase/werven", {"naam": ""}, "Naam", "Vul dit in."),
        ("fase/werven", {"volgorde": "eerst"}, "Volgorde", "Vul een heel getal in, 1 of meer."),
        ("fase/werven", {"inleiding": "a\u202eb"}, "Inleiding", "onzichtbaar teken in (U+202E)"),
        ("fase/werven", {"inleiding": "x" * 4001}, "Inleiding", "hoogstens 4000 tekens"),
        ("netwerk/oop", {"themas": []}, "Thema’s", "Hier is er minstens 1 nodig."),
        ("netwerk/oop", {"bijeenkomsten": [{"datum": "morgen", "tijd": "x", "plaats": "y"}]}, "Datum", "2027-03-11"),
        ("netwerk/oop", {"kanalen": [{"label": "x", "url": "javascript:x"}]}, "Adres", "Dit is geen link."),
        ("netwerk/oop", {"vragen": ["werven-vraag-thema"] * 3}, "", "één keer; dubbel: werven-vraag-thema"),
        ("netwerk/oop", {"vragen": ["werven-vraag-thema", "bestaat-niet", "x"]}, "Vragen 2", "bestaat niet (meer)"),
        ("netwerk/oop", {"vragen": ["werven-vraag-thema", "werven-vraag-aansluiten", "samenkomen-vraag-doel"]},
         "Vragen", "uit de fase Behouden."),
        ("rayon/duinrand", {"email": "geen"}, "E-mailadres", "geen e-mailadres"),
        ("rayon/duinrand", {"kleuren": {"primair": "rood", "accent": "#123456"}}, "Hoofdkleur", "#1F4A43"),
        ("rayon/duinrand", {"kleuren": {"primair": "#123456", "accent": "#123456", "accent_cmyk": [1, 2, 3]}},
         "Accentkleur in druk", "vier hele getallen"),
        ("rayon/duinrand", {"stijl": "glas"}, "Stijl", "‘glas’ bestaat niet"),
        ("brochure", {"kleur": "x"}, "kleur", "hoort hier niet"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_in_dutch_by_its_field_and_nothing_is_saved(
    office: Workspace, slug: str, change: dict[str, Any], place: str, message: str
) -> None:
    file = find_file(office, slug)
    assert file
    opened = open_file(office, file)
    with pytest.raises(MistakesError) as refused:
        save(office, file, opened.data | change, opened.seal, "x")
    assert any(place in one.place and message in one.message for one in refused.value.mistakes), refused.value.mistakes
    assert open_file(office, file).content == opened.content


def test_every_mistake_is_named_at_once(office: Workspace) -> None:
    opened = open_file(office, WERVEN)
    data = opened.data | {"naam": "", "volgorde": 0, "stem": {}}
    found = mistakes_in(office, WERVEN, data, library_of(office))
    assert {one.path for one in found} == {("naam",), ("volgorde",), ("stem", "id"), ("stem", "tekst")}


def test_a_tip_that_a_network_uses_is_not_removed(office: Workspace) -> None:
    opened = open_file(office, WERVEN)
    data = opened.data | {"tips": opened.data["tips"][1:]}
    found = mistakes_in(office, WERVEN, data, library_of(office))
    assert "Het netwerk Onderwijsondersteuners gebruikt ‘werven-kanalen’ nog. Kies daar eerst een andere tip." in {
        one.message for one in found
    }


def test_an_id_is_used_once(office: Workspace) -> None:
    opened = open_file(office, WERVEN)
    data = copy.deepcopy(opened.data)
    data["tips"].append({"id": "samenkomen-doel", "kop": "x", "tekst": "y"})
    found = mistakes_in(office, WERVEN, data, library_of(office))
    assert [(one.path, "er al eens" in one.message) for one in found] == [(("tips", 4, "id"), True)]


def test_undo_goes_back_step_by_step_and_forward_again(office: Workspace) -> None:
    path = WERVEN.path.as_posix()
    stages = [path_of(office, WERVEN).read_bytes()]
    for text in ("Eerste.", "Tweede."):
        data, seal = with_tip(office, text)
        save(office, WERVEN, data, seal, text)
        stages.append(path_of(office, WERVEN).read_bytes())
    for stage in stages[-2::-1]:
        change = undoable(office, path)
        assert change
        undo(office, change.number)
        assert path_of(office, WERVEN).read_bytes() == stage
    assert undoable(office, path) is None
    for stage in stages[1:]:
        change = redoable(office, path)
        assert change
        redo(office, change.number)
        assert path_of(office, WERVEN).read_bytes() == stage
    assert redoable(office, path) is None


def test_what_was_changed_since_is_not_undone(office: Workspace) -> None:
    data, seal = with_tip(office, "Van mij.")
    save(office, WERVEN, data, seal, "x")
    change = undoable(office)
    assert change
    path_of(office, WERVEN).write_bytes(path_of(office, WERVEN).read_bytes() + b"# later\n")
    assert undoable(office) is None
    with pytest.raises(WorkspaceError, match="changed since"):
        undo(office, change.number)


def test_what_others_need_is_not_undone(office: Workspace) -> None:
    opened = open_file(office, WERVEN)
    data = copy.deepcopy(opened.data)
    data["tips"].append({"id": "werven-nieuw", "kop": "Nieuw", "tekst": "Iets nieuws."})
    save(office, WERVEN, data, opened.seal, "nieuwe tip")
    oop = ContentFile("netwerk", "oop")
    network = open_file(office, oop)
    save(office, oop, network.data | {"tips": [*network.data["tips"], {"id": "werven-nieuw"}]}, network.seal, "x")
    change = undoable(office, WERVEN.path.as_posix())
    assert change
    with pytest.raises(WorkspaceError, match="another file needs"):
        undo(office, change.number)
    assert open_file(office, WERVEN).data == data


def test_a_new_network_can_be_undone(office: Workspace) -> None:
    file = ContentFile("netwerk", "bibliotheek")
    start_new(office, read_library(office), file, "Dé bibliotheek: samen")
    assert read_library(office).networks["bibliotheek"].name == "Dé bibliotheek: samen"
    change = undoable(office)
    assert change
    undo(office, change.number)
    assert not path_of(office, file).exists()
    redo(office, change.number)
    assert "bibliotheek" in read_library(office).networks


def test_the_history_is_bounded_and_survives_a_damaged_entry(
    office: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("invulposter.editing.history.MOST", 4)
    history = History.of(office)
    for number in range(9):
        history.remember(f"{number}", {"a": b"1"}, {"a": b"2"}, datetime.datetime(2026, 1, 1))
    assert [one.number for one in history.changes()] == [9, 8, 7, 6]
    (history.folder / "000008.json").write_text("{")
    assert [one.what for one in history.changes()] == ["8", "6", "5"]


def test_a_file_that_can_not_be_written_is_not_remembered(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        if path.suffix == ".yaml":
            raise WorkspaceError("the disk is full")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    monkeypatch.setattr("invulposter.editing.saving.write_file", full)
    data, seal = with_tip(office, "x")
    with pytest.raises(WorkspaceError, match="full"):
        save(office, WERVEN, data, seal, "x")
    assert open_file(office, WERVEN).seal == seal
    assert History.of(office).changes() == ()


def test_a_file_that_is_no_yaml_says_where(office: Workspace) -> None:
    path_of(office, WERVEN).write_text("naam: [x\n", "utf-8")
    opened = open_file(office, WERVEN)
    assert opened.data is None
    assert opened.problem
    assert opened.problem.place.line == 2


def test_a_link_out_of_the_content_is_not_opened(office: Workspace, tmp_path: Path) -> None:
    outside = tmp_path / "elders.yaml"
    outside.write_text("id: elders\n")
    (office.content / "netwerken/elders.yaml").symlink_to(outside)
    with pytest.raises(WorkspaceError, match="not in the content"):
        open_file(office, ContentFile("netwerk", "elders"))


def test_every_sample_is_right(office: Workspace) -> None:
    library = library_of(office)
    for file in content_files(office):
        data = open_file(office, file).data
        assert not isinstance(checked(file, data), tuple)
        assert mistakes_in(office, file, data, library) == ()


def test_what_no_typeface_has_is_refused_where_it_is_typed(office: Workspace) -> None:
    data = copy.deepcopy(open_file(office, WERVEN).data)
    data["tips"][1]["tekst"] = "Samen \U0001f64c\ufe0f café"
    data["tips"][2]["tekst"] = "Łódź, ĳs, co\u00adöperatie, e\u0301\u00e9n € – ‘ja’\nen door"
    (mistake,) = mistakes_in(office, WERVEN, data, library_of(office))
    assert mistake.path == ("tips", 1, "tekst")
    assert mistake.message.startswith("Geen letter heeft \U0001f64c:")
