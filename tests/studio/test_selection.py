from starlette.datastructures import QueryParams

from invulposter.edition import Edition
from invulposter.library import Library
from invulposter.paper import Duplex
from invulposter.studio.selection import MOST_JOBS, networks, planned, products, selected


def chosen(library: Library, query: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the files that an address asks for, and what is said about it."""
    plan = planned(selected(QueryParams(query), library, {}), library, {})
    return tuple(job.path.name for job in plan.jobs), plan.problems


def test_nothing_asked_is_nothing_made(library: Library) -> None:
    assert chosen(library, "") == ((), ())


def test_one_product_for_one_network(library: Library) -> None:
    names, problems = chosen(library, "rayon=lindezoom&product=handout&netwerk=oop")
    assert names == ("handout-oop-office-A4-op-A4.pdf",)
    assert problems == ()


def test_all_networks_at_once(library: Library) -> None:
    names, problems = chosen(library, "rayon=lindezoom&product=handout&netwerk=*&netwerk=oop")
    assert len(names) == len(set(names)) == len(networks(library, "lindezoom"))
    assert problems == ()


def test_an_address_without_a_rayon_is_for_the_usual_one(library: Library) -> None:
    assert selected(QueryParams("product=handout"), library, {}, "merelveld").rayon == "merelveld"
    assert selected(QueryParams("rayon=duinrand"), library, {}, "merelveld").rayon == "duinrand"


def test_what_is_made_for_a_network_asks_for_one(library: Library) -> None:
    names, problems = chosen(library, "rayon=lindezoom&product=handout&product=handleiding")
    assert names == ("handleiding-office-A4-op-A4.pdf",)
    assert problems == ("Kies ook een netwerk: Handout is er per netwerk.",)


def test_size_and_paper_are_for_paper(library: Library) -> None:
    query = "rayon=lindezoom&product=invulposter&formaat=A1&papier=A4"
    assert chosen(library, query)[0] == ("invulposter-office-A1-op-A4.pdf",)
    assert chosen(library, f"{query}&uitgave=screen")[0] == ("invulposter-screen.pdf",)


def test_a_size_goes_to_what_can_have_it(library: Library) -> None:
    products = "product=invulposter&product=brochure&product=tipkaarten&netwerk=oop"
    names, problems = chosen(library, f"rayon=lindezoom&{products}&formaat=A1&papier=A4")
    assert set(names) == {
        "invulposter-office-A1-op-A4.pdf", "invulposter-oop-office-A1-op-A4.pdf",
        "brochure-office-A4-op-A4.pdf", "tipkaarten-oop-office-A7-op-A4.pdf",
    }  # fmt: skip
    assert problems == ("A1 is voor posters. Een eigen formaat houden: Brochure, Tipkaarten.",)


def test_cards_can_be_a_little_smaller(library: Library) -> None:
    products = "product=handout&product=tipkaarten&netwerk=oop"
    names, problems = chosen(library, f"rayon=lindezoom&{products}&formaat=100x70")
    assert set(names) == {"handout-oop-office-A4-op-A4.pdf", "tipkaarten-oop-office-100x70-op-A4.pdf"}
    assert problems == ("100 × 70 mm is voor kaarten. Een eigen formaat houdt: Handout.",)


def test_a_printer_of_one_side_is_told_of_what_has_backs(library: Library) -> None:
    query = "rayon=lindezoom&product=tipkaarten&product=handleiding&netwerk=oop&printer=-"
    jobs = planned(selected(QueryParams(query), library, {}), library, {}).jobs
    assert {job.layout.name: job.sheets.duplex for job in jobs} == {"tipkaarten": Duplex.BY_HAND, "handleiding": None}


def test_what_does_not_exist_is_passed_over(library: Library) -> None:
    query = "rayon=atlantis&product=../x&product=invulposter&netwerk=**&formaat=9x9&papier=A9&printer=x&uitgave=x"
    selection = selected(QueryParams(query), library, {})
    assert planned(selection, library, {}).jobs == ()
    assert selection.edition is Edition.OFFICE
    assert (selection.networks, selection.size, selection.paper, selection.printer) == ((), "", "", "")


def test_everything_at_once_is_bounded(library: Library) -> None:
    rayon = next(iter(library.rayons))
    asked = [f"product={layout.name}" for layout in products(library, rayon)]
    asked += [f"netwerk={key}" for key in networks(library, rayon)]
    names, problems = chosen(library, "&".join([f"rayon={rayon}", *asked]))
    assert len(names) <= MOST_JOBS
    assert len(problems) == (len(names) == MOST_JOBS)


def test_a_product_that_cannot_save_ink_says_so(library: Library) -> None:
    for layout in products(library, "lindezoom"):
        names, problems = chosen(library, f"rayon=lindezoom&product={layout.name}&netwerk=oop&zuinig=ja")
        assert bool(names) == layout.facts.thrifty
        assert bool(problems) != layout.facts.thrifty
