"""How much room a text has, held against the product itself: what is said to fit fits, what is said to be over is."""

import copy
from dataclasses import replace

import pytest

from invulposter.drawing.type import Typecase
from invulposter.editing.files import ContentFile
from invulposter.editing.look import Ask, Look, look
from invulposter.editing.room import Room, State, Watched, WatchedTypecase, room
from invulposter.editing.saving import open_file
from invulposter.findings import Finding, Place
from invulposter.typesetter import use_fonts
from invulposter.workspace import Workspace

WORDS = "Vraag collega’s wie je nog moet spreken en neem iemand mee. "


@pytest.fixture(scope="module")
def typecase(workspace: Workspace) -> WatchedTypecase:
    return WatchedTypecase(*workspace.fonts)


def fitted(typecase: WatchedTypecase, text: str) -> Watched:
    """What a layout tries that has two scales for one box of 60 x 20 mm."""
    typecase.watched.attempts.clear()
    typecase.watched.broken.clear()
    face = typecase("Alegreya Sans", 500)
    if not face.fit(text, [6, 5], 60, 20).fits:
        face.fit(text, [4, 3.5], 60, 20)
    return replace(typecase.watched, attempts=list(typecase.watched.attempts))


@pytest.mark.parametrize(("length", "state"), [(20, State.FITS), (150, State.SMALLER), (400, State.TOO_LONG)])
def test_the_state_is_that_of_the_layouts_own_attempts(typecase: WatchedTypecase, length: int, state: State) -> None:
    text = (WORDS * 10)[:length].strip()
    found = room(text, fitted(typecase, text), ())
    assert found
    assert found.state is state


def test_the_characters_are_those_that_fit_and_no_more(typecase: WatchedTypecase) -> None:
    text = "Vraag een ander"
    found = room(text, fitted(typecase, text), ())
    assert found
    assert found.characters
    more = f" {text}" * 20
    same = [
        fitted(typecase, text + more[:length].rstrip()).attempts[0].fitted
        for length in (found.characters, found.characters + 8)
    ]
    assert [one.fits and one.size == 6 for one in same] == [True, False]


def test_a_text_that_is_too_long_fits_without_so_many_characters(typecase: WatchedTypecase) -> None:
    text = (WORDS * 9).strip()
    found = room(text, fitted(typecase, text), ())
    assert found
    assert found.characters
    assert fitted(typecase, text[: -found.characters].rstrip()).attempts[-1].fitted.fits
    assert not fitted(typecase, text[: 8 - found.characters].rstrip()).attempts[-1].fitted.fits
    assert found.sentence == f"Te lang: er moeten ongeveer {found.characters} tekens uit."


def test_what_was_found_on_the_page_counts_where_nothing_was_fitted() -> None:
    over = Finding(Place(), "text-overflow", "x", advice="Kort de tekst in.", excess=12)
    assert room("woord", Watched(), (over,)) == Room(State.TOO_LONG, 12, advice=f"x {over.advice}")
    assert room("woord", Watched(), ()) is None


def test_a_text_that_shares_its_room_is_as_small_as_it_was_broken_last() -> None:
    sizes = Watched(broken=[("Iets anders", 9), ("Bijvoorbeeld zoek\u00a0elkaar op.", 5), ("Zoek elkaar op.", 4)])
    assert room("Zoek elkaar op.", sizes, ()) == Room(State.SMALLER, share=0.8)
    assert room("Iets anders", sizes, ()) == Room(State.FITS)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (Room(State.FITS), "Past."),
        (Room(State.FITS, 14), "Past. Nog ruimte voor ongeveer 14 tekens."),
        (Room(State.FITS, 1), "Past. Nog ruimte voor ongeveer 1 teken."),
        (Room(State.TOO_LONG, crowding=True), "Dit past, maar een andere tekst op deze bladzijde past niet."),
        (Room(State.FITS, 1200), "Past. Er is nog veel ruimte."),
        (
            Room(State.SMALLER, 0, 0.8),
            "Past, maar wordt kleiner gezet: 80 % van de grootste letter. Meer past er niet bij.",
        ),
        (Room(State.TOO_LONG, None), "Te lang: kort de tekst in."),
    ],
)
def test_it_is_said_in_one_sentence(found: Room, sentence: str) -> None:
    assert found.sentence == sentence


def test_watching_changes_nothing(typecase: WatchedTypecase, workspace: Workspace) -> None:
    plain = Typecase(*workspace.fonts)("Young Serif")
    watched = typecase("Young Serif")
    assert watched.fit(WORDS, [8, 7, 6], 90, 30) == plain.fit(WORDS, [8, 7, 6], 90, 30)
    assert (watched.cap, watched.width("x", 3)) == (plain.cap, plain.width("x", 3))


@pytest.fixture(scope="module")
def tip(workspace: Workspace) -> Ask:
    """A question about the first tip of a phase, on whatever product shows it first."""
    use_fonts(workspace.fonts)
    file = ContentFile("fase", "werven")
    return Ask(file, open_file(workspace, file).data, ("tips", 0, "tekst"))


def typed(workspace: Workspace, tip: Ask, text: str, **more: str) -> Look:
    data = copy.deepcopy(tip.data)
    data["tips"][0]["tekst"] = text
    return look(workspace, "1", replace(tip, data=data, **more))  # type: ignore[arg-type]


def test_the_card_shows_what_is_typed_and_how_it_stands(workspace: Workspace, tip: Ask) -> None:
    short, long = (typed(workspace, tip, text) for text in ("Kies bewust.", WORDS * 14))
    rooms = [one.standings[0].room for one in (short, long)]
    assert [one.state if one else None for one in rooms] == [State.FITS, State.TOO_LONG]
    assert short.picture != long.picture
    assert short.standings[0].shown
    # The product itself says the same of what is left when so many characters are taken out.
    assert rooms[1]
    assert rooms[1].characters
    cut = typed(workspace, tip, (WORDS * 14).strip()[: -rooms[1].characters])
    assert cut.standings[0].room
    assert cut.standings[0].room.state is State.SMALLER


def test_what_is_wrong_is_told_instead(workspace: Workspace, tip: Ask) -> None:
    found = typed(workspace, tip, "")
    assert [one.message for one in found.mistakes] == ["Vul dit in."]
    assert found.picture == b""


def test_a_chosen_question_is_looked_for_by_its_text(workspace: Workspace, tip: Ask) -> None:
    file = ContentFile("netwerk", "oop")
    found = look(workspace, "1", Ask(file, open_file(workspace, file).data, ("vragen", 2)))
    assert found.standings[0].shown
    assert found.standings[0].room is None


@pytest.mark.long
def test_every_product_says_how_the_text_stands(workspace: Workspace, tip: Ask) -> None:
    data = copy.deepcopy(tip.data)
    data["tips"][0]["tekst"] = WORDS * 14
    found = look(workspace, "1", replace(tip, data=data, all_products=True))
    shown = [one for one in found.standings if one.shown]
    assert len(shown) >= 3
    assert sum(one.room is not None and one.room.state is State.TOO_LONG for one in shown) >= 2
