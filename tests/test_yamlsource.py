from typing import Annotated

import pytest
from pydantic import BaseModel, Field, StringConstraints

from invulposter import patterns
from invulposter.findings import Finding
from invulposter.yamlsource import MAX_CHARACTERS, Source, parse, validate


class Person(BaseModel):
    model_config = {"extra": "forbid"}
    name: str = Field(alias="naam")
    age: int = Field(alias="leeftijd")


class Shapes(BaseModel):
    naam: str = ""
    kleur: Annotated[str, StringConstraints(pattern=patterns.COLOUR)] = ""
    id: Annotated[str, StringConstraints(pattern=patterns.ID)] = ""
    bestand: Annotated[str, StringConstraints(pattern=patterns.FILE_NAME)] = ""
    mail: Annotated[str, StringConstraints(pattern=patterns.EMAIL)] = ""


class Group(BaseModel):
    model_config = {"extra": "forbid"}
    people: tuple[Person, ...] = Field(alias="mensen", min_length=1)


def source(text: str) -> Source:
    parsed = parse(text, "x.yaml")
    assert isinstance(parsed, Source), parsed
    return parsed


def refusal(text: str) -> str:
    parsed = parse(text, "x.yaml")
    assert isinstance(parsed, Finding)
    return str(parsed)


def mistakes(text: str) -> list[str]:
    found = validate(source(text), Group)
    assert isinstance(found, tuple)
    return sorted(str(finding) for finding in found)


def test_yaml_1_2_keeps_the_words_that_1_1_turned_into_booleans() -> None:
    assert source("a: no\nb: on\nc: true\nd: 012\ne: 2027-03-12\nf: ~").data == {
        "a": "no",
        "b": "on",
        "c": True,
        "d": 12,
        "e": "2027-03-12",
        "f": None,
    }


def test_every_value_knows_its_line_and_column() -> None:
    parsed = source("mensen:\n  - naam: Zoë\n    leeftijd: 7\n")
    assert str(parsed.place(("mensen", 0, "leeftijd"))) == "x.yaml:3:5"
    assert str(parsed.place(("mensen", 0, "unknown"))) == "x.yaml:2:5"
    assert str(parsed.place(())) == "x.yaml:1:1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1\nb: 2", "x.yaml:2:2: this is not YAML"),
        ("a: 1\n\tb: 2", "x.yaml:2:1: this is not YAML"),
        ("", "x.yaml:1:1: the file is empty"),
        ("a: 1\na: 2", "x.yaml:2:1: 'a' stands here twice"),
        ("a: &x 1\nb: *x", "x.yaml:1:4: anchors and aliases"),
        ("a: {<<: {b: 1}}", "x.yaml:1:5: expected a plain word as key"),
        ("[" * 20_000, "x.yaml:1:1: the file is nested deeper than 12 levels"),
        ("- " * 20_000, "x.yaml:1:1: the file is nested deeper than 12 levels"),
        ("\n".join(" " * depth + "a:" for depth in range(190)), "nested deeper than 12 levels"),
        ("a" * (MAX_CHARACTERS + 1), "x.yaml:1:1: the file is larger than"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_place(text: str, message: str) -> None:
    assert message in refusal(text)


def test_every_mistake_is_named_at_once_with_what_was_expected() -> None:
    assert mistakes("mensen:\n  - naam: Zoë\n    leeftijdd: 7\n  - leeftijd: oud\n") == [
        "x.yaml:2:5: 'leeftijd' is missing in mensen.1",
        "x.yaml:3:5: 'leeftijdd' is not a key here; did you mean 'leeftijd'?",
        "x.yaml:4:5: 'naam' is missing in mensen.2",
        "x.yaml:4:5: mensen.2.leeftijd: input should be a valid integer, unable to parse string as an integer",
    ]


def test_an_empty_list_is_a_mistake_but_a_list_of_mistakes_is_not_called_empty() -> None:
    assert mistakes("mensen: []") == ["x.yaml:1:1: mensen: tuple should have at least 1 item after validation, not 0"]
    assert mistakes("mensen: [{naam: a}]") == ["x.yaml:1:10: 'leeftijd' is missing in mensen.1"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("naam: 0123456789", "naam: 123456789 is no text here but a number: put quotes round it"),
        ("naam: true", "naam: True is no text here but a yes or no: put quotes round it"),
        ("naam: #275D7A", "naam: is empty here; a text that begins with # stands between quotes"),
        ("naam: [a]", "naam: expected a text; one with a colon or a bracket in it stands between quotes"),
        ("kleur: blauw", "kleur: 'blauw' is not a colour: write # and six digits or letters a to f between quotes"),
        ("id: Oud Leden", "id: 'Oud Leden' is not an id: use lower-case letters, digits and single hyphens"),
        ("bestand: mijn logo.svg", "bestand: 'mijn logo.svg' is not a file name: use letters"),
        ("mail: info", "mail: 'info' is not an e-mail address"),
    ],
)
def test_what_is_no_text_or_not_the_right_one_says_what_to_write(line: str, said: str) -> None:
    found = validate(source(line), Shapes)
    assert isinstance(found, tuple)
    (finding,) = found
    assert said in finding.message


def test_a_colon_in_a_text_is_explained() -> None:
    assert refusal("naam: een: twee").endswith("; a text with a colon in it stands between quotes")
