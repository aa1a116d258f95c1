"""A table of what to make: each row a request of its own."""

from dataclasses import replace

import pytest

from invulposter.edition import Edition
from invulposter.errors import RequestError
from invulposter.library import Library
from invulposter.orders import Orders, is_order_list, read_orders
from invulposter.prefill import Table
from invulposter.request import Request


def table(*rows: str) -> Table:
    """A table as it looks in a spreadsheet: cells apart by |, the first row names the columns."""
    cells = [tuple(cell.strip() for cell in row.split("|")) for row in rows]
    return Table("rayons.csv", cells[0], tuple(enumerate(cells[1:], 2)))


EVERYTHING = Request()


def ordered(library: Library, *rows: str, asked: Request = EVERYTHING) -> Orders:
    return read_orders(table(*rows), library, asked)


def test_rows_ask_for_what_they_name(library: Library) -> None:
    orders = ordered(
        library,
        "rayon     | netwerk | product    | editie | formaat",
        "lindezoom | mr, oop | handout    | screen |        ",
        "duinrand  |         | invulposter| office | A1     ",
    )
    assert [str(job.path) for job in orders.jobs] == [
        "lindezoom/handout-mr-screen.pdf",
        "lindezoom/handout-oop-screen.pdf",
        "duinrand/invulposter-office-A1-op-A3.pdf",
    ]
    assert orders.refused == ()


def test_an_empty_cell_leaves_what_the_command_asks_and_a_file_is_made_once(library: Library) -> None:
    asked = Request(layouts=("brochure",), editions=(Edition.SCREEN,))
    orders = ordered(library, "rayon | product", "duinrand | ", "duinrand | brochure", asked=asked)
    assert [str(job.path) for job in orders.jobs] == ["duinrand/brochure-screen.pdf"]


def test_a_wrong_row_is_named_and_the_others_are_made(library: Library) -> None:
    orders = ordered(library, "rayon | editie", "duinrant | screen", "lindezoom | scherm", "duinrand | press")
    assert {job.rayon.id for job in orders.jobs} == {"duinrand"}
    assert [str(finding) for finding in orders.refused] == [
        "rayons.csv:2: rayon 'duinrant' does not exist; did you mean 'duinrand'?",
        "rayons.csv:3: edition 'scherm' does not exist; expected one of office, press, screen",
    ]


def test_a_column_that_does_not_exist_is_refused(library: Library) -> None:
    with pytest.raises(RequestError, match=r"rayons\.csv:1:2: there is no column 'netwerken' here; did"):
        ordered(library, "rayon | netwerken", "duinrand | mr")


def test_a_column_that_stands_there_twice_is_refused(library: Library) -> None:
    with pytest.raises(RequestError, match=r"rayons\.csv:1:2: column 'Rayon' stands here twice"):
        ordered(library, "rayon | Rayon", "duinrand | lindezoom")


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Rayon | Netwerk | Product | Editie", "Lindezoom | MR, oop | Handout | Screen"),
        ("netwerk | RAYON | editie | product", "mr oop | Rayon Lindezoom | screen | HANDOUT"),
        (" | editie | product | rayon | netwerk", " | screen | handout | lindezoom | Onderwijsondersteuners; mr"),
    ],
)
def test_capitals_order_and_names_in_full_are_of_no_account(library: Library, header: str, row: str) -> None:
    assert is_order_list(table(header))
    orders = ordered(library, header, row)
    assert orders.refused == ()
    assert {str(job.path) for job in orders.jobs} == {
        "lindezoom/handout-mr-screen.pdf",
        "lindezoom/handout-oop-screen.pdf",
    }


def test_alle_is_all_there_are_whatever_the_command_asked_for(library: Library) -> None:
    asked = Request(rayons=("lindezoom",), networks=("mr",), editions=(Edition.SCREEN,), layouts=("handout",))
    orders = ordered(library, "rayon | netwerk", "Alle | ", "lindezoom | alle", asked=asked)
    assert {job.rayon.id for job in orders.jobs} == set(library.rayons)
    assert {job.network.id for job in orders.jobs if job.network and job.rayon.id == "lindezoom"} == set(
        library.networks if library.rayons["lindezoom"].networks is None else library.rayons["lindezoom"].networks
    )


def test_a_name_that_two_networks_have_stands_for_neither(library: Library) -> None:
    one, other = list(library.networks.values())[:2]
    doubled = replace(library, networks={**library.networks, other.id: other.model_copy(update={"name": one.name})})
    orders = ordered(doubled, "rayon | netwerk | product", f"lindezoom | {one.name.split()[0]}x, {one.name} | handout")
    assert orders.jobs == ()
    assert len(orders.refused) == 1


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("rayon | editie", True),
        ("RAYON | kleur", True),
        ("netwerk | rayon | product", True),
        ("naam | rayon", False),
        ("netwerk | product", False),
        ("", False),
    ],
)
def test_a_list_of_participants_is_no_order(header: str, expected: bool) -> None:
    assert is_order_list(table(header)) is expected
