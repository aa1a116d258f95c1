"""What trainers and offices edit: the models of phases, steps, networks and the texts of guide and brochure.

The keys in the files are Dutch (the aliases below), the attributes that layouts and code see are English.
Parsing is pure: text in, models or findings out.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LINK_PATTERN = re.compile(r"(https?://[^\s<>\"'\\]+|mailto:[^\s<>\"'\\]+|tel:[+0-9() -]+)")
# Control characters and the marks that turn the writing direction have no place in printed Dutch: they hide text.
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def _no_hidden_characters(text: str) -> str:
    found = _HIDDEN.search(text)
    if found:
        raise ValueError(f"contains the invisible character U+{ord(found[0]):04X}; retype the text around it")
    return text


def _link(text: str) -> str:
    if not LINK_PATTERN.fullmatch(text):
        raise ValueError(
            f"'{text[:60]}' is not a link: expected one that starts with https://, http://, mailto: or tel:"
        )
    return text


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000),
    AfterValidator(_no_hidden_characters),
]
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
Link = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), AfterValidator(_link)]
Minutes = Annotated[int, Field(ge=1, le=240)]


class Model(BaseModel):
    """Base of every model: immutable, strict about keys, filled by the Dutch aliases."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)


class Hyperlink(Model):
    """A link: clickable on screen, a QR code with a short readable text on paper."""

    label: Text = Field(description="Wat er staat, bijvoorbeeld: 90 werkvormen")
    url: Link = Field(description="Het volledige adres, beginnend met https://")
    short: Text | None = Field(None, alias="kort", description="Korte toelichting naast de QR-code")


class Photo(Model):
    """A photo with its credit line; the file stands beside the content file that names it."""

    file: FileName = Field(alias="bestand", description="Naam van het bestand (jpg of png) in content/fotos/")
    alt: Text = Field(alias="omschrijving", description="Wat er op de foto te zien is, voor wie hem niet ziet")
    credit: Text = Field(alias="maker", description="Naam van de maker; op papier staat er: Foto © naam")


class Tip(Model):
    """One piece of advice within a phase."""

    id: Id
    heading: Text = Field(alias="kop", description="Twee of drie woorden, leesbaar op drie meter")
    text: Text = Field(alias="tekst")
    link: Hyperlink | None = None


class Question(Model):
    """A question for reflection."""

    id: Id
    text: Text = Field(alias="tekst")


class Voice(Model):
    """A voice from practice; `who` is a role, never a person's name."""

    id: Id
    text: Text = Field(alias="tekst")
    who: Text | None = Field(None, alias="wie", description="Een rol, geen naam; leeg laten mag")


class Message(Model):
    """A phase's key message."""

    id: Id
    text: Text = Field(alias="tekst")


class Checklist(Model):
    """A heading with points to tick."""

    id: Id
    heading: Text = Field(alias="kop")
    items: tuple[Text, ...] = Field(alias="punten", min_length=1)


class Phase(Model):
    """One of the phases of networking: tips, questions, a voice, perhaps a checklist and a key message."""

    id: Id
    name: Text = Field(alias="naam")
    order: int = Field(alias="volgorde", ge=1, description="Plaats in de rij: 1, 2, 3")
    lead: Text = Field(alias="inleiding", description="Eén zin onder de titel")
    numbered: bool = Field(False, alias="genummerd", description="Staan er nummers bij de tips?")
    tips: tuple[Tip, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = Field(alias="vragen", min_length=1)
    voice: Voice = Field(alias="stem")
    message: Message | None = Field(None, alias="kern")
    checklist: Checklist | None = None
    photo: Photo | None = Field(None, alias="foto")


class Prompt(Model):
    """Something to write: its text is the label on paper and the tooltip of the field on screen."""

    id: Id
    text: Text = Field(alias="tekst")


class Option(Prompt):
    """A box to tick; an open one has room to write behind it."""

    open: bool = Field(False, description="Mag er iets achter worden geschreven?")


class WriteArea(Prompt):
    """A prompt with lines to write on."""

    kind: Literal["schrijfruimte"] = Field("schrijfruimte", alias="soort")


class NetworkMap(Prompt):
    """The map: me in the centre, a ring for each kind of contact, from near to far."""

    kind: Literal["kaart"] = Field(alias="soort")
    rings: tuple[Prompt, ...] = Field(alias="ringen", min_length=2, max_length=4)
    hint: Text = Field(description="Aanwijzing in handschrift naast de kaart")


class Choices(Prompt):
    """Boxes to tick."""

    kind: Literal["keuzes"] = Field(alias="soort")
    options: tuple[Option, ...] = Field(alias="opties", min_length=2)


class PromptGroup(Prompt):
    """A heading with prompts below it."""

    kind: Literal["groep"] = Field(alias="soort")
    prompts: tuple[Prompt, ...] = Field(alias="vragen", min_length=1)


class ContactTable(Prompt):
    """A table of people to meet: a row each, the same columns for all."""

    kind: Literal["tabel"] = Field(alias="soort")
    rows: int = Field(alias="rijen", ge=1, le=8)
    columns: tuple[Prompt, ...] = Field(alias="kolommen", min_length=2, max_length=5)


class Agreement(Prompt):
    """An agreement with oneself, with room for a date."""

    kind: Literal["afspraak"] = Field(alias="soort")
    date: Text = Field(alias="datum", description="Het woord bij de datum")


Part = Annotated[
    WriteArea | NetworkMap | Choices | PromptGroup | ContactTable | Agreement,
    Field(discriminator="kind"),
]


class Activity(Model):
    """One thing the group does, with the minutes it takes."""

    minutes: Minutes = Field(alias="minuten")
    text: Text = Field(alias="tekst")


class Card(Model):
    """A heading with short points."""

    heading: Text = Field(alias="kop")
    items: tuple[Text, ...] = Field(alias="punten", min_length=1)


class StepGuide(Model):
    """What the handleiding says about a step."""

    summary: Text = Field(alias="kortom", description="Eén zin voor het overzicht")
    explanation: Text = Field(alias="uitleg", description="Markdown: wat je uitlegt")
    cards: tuple[Card, ...] = Field(alias="kaarten", min_length=1, max_length=3)
    attitude: Card | None = Field(None, alias="houding")
    activities: tuple[Activity, ...] = Field(alias="aanpak", min_length=1, max_length=6)
    note: Text = Field(alias="noot", description="Voor de begeleider")
    materials: tuple[Text, ...] = Field(alias="nodig", min_length=1)

    @property
    def minutes(self) -> int:
        """The step's duration: the sum of what the group does."""
        return sum(activity.minutes for activity in self.activities)


class Step(Model):
    """One of the steps of the fill-in poster."""

    id: Id
    title: Text = Field(alias="titel")
    question: Text = Field(alias="vraag")
    parts: tuple[Part, ...] = Field(alias="onderdelen", min_length=1)
    guide: StepGuide = Field(alias="handleiding")

    def part(self, part_id: str) -> Prompt:
        """The part with this id; KeyError where there is none."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise KeyError(part_id)


class Poster(Model):
    """The fill-in poster: its title and its steps."""

    title: Text = Field(alias="titel")
    owner: Prompt = Field(alias="naam", description="Het vakje voor de naam")
    date: Prompt = Field(alias="datum", description="Het vakje voor de datum")
    steps: tuple[Step, ...] = Field(alias="stappen", min_length=1)


class Moment(Model):
    """A part of the workshop that is not a step: the welcome, the closing."""

    title: Text = Field(alias="titel")
    question: Text = Field(alias="vraag")
    summary: Text = Field(alias="kortom")
    minutes: Minutes = Field(alias="minuten")
    materials: tuple[Text, ...] = Field((), alias="nodig")
    activities: tuple[Text, ...] = Field((), alias="aanpak")


class Section(Model):
    """A heading, a lead, and points; the points may be grouped."""

    title: Text = Field(alias="titel")
    lead: Text = Field(alias="inleiding")
    cards: tuple[Card, ...] = Field((), alias="kaarten")
    items: tuple[Text, ...] = Field((), alias="punten")
    note: Text | None = Field(None, alias="noot")


class Guide(Model):
    """The handleiding around the steps."""

    title: Text = Field(alias="titel")
    subtitle: Text = Field(alias="ondertitel")
    kicker: Text = Field(alias="bovenkop")
    about: Section = Field(alias="vooraf", description="Waar de workshop over gaat, voor wie en waarom")
    opening: Moment = Field(alias="welkom")
    closing: Moment = Field(alias="afronden")
    preparation: Section = Field(alias="voorbereiden")
    printing: Section = Field(alias="printen")
    afterwards: Section = Field(alias="daarna")
    photo: Photo | None = Field(None, alias="foto")


class Brochure(Model):
    """The brochure around the phases."""

    title: Text = Field(alias="titel")
    intro: Message = Field(alias="inleiding")
    voices: Text = Field(alias="wie", description="Wie er aan het woord komen")
    closing_title: Text = Field(alias="slotkop")
    closing: Text = Field(alias="slot")
    photo: Photo | None = Field(None, alias="foto")


class NetworkTip(Model):
    """A tip that suits a network, by id, with the network's own example where it has one."""

    id: Id
    example: Text | None = Field(None, alias="voorbeeld")


class Meeting(Model):
    """A date to come."""

    date: datetime.date = Field(alias="datum", description="jjjj-mm-dd")
    time: Text = Field(alias="tijd", description="bijvoorbeeld: 16.00 uur")
    place: Text = Field(alias="plaats", description="bijvoorbeeld: online")


class Network(Model):
    """A network of members: its own choice of tips and questions, its channels, its meetings."""

    id: Id
    name: Text = Field(alias="naam")
    short: Text = Field(alias="kort")
    sector: Text
    audience: Text = Field(alias="doelgroep", description="Zinsdeel dat begint met: voor ...")
    themes: tuple[Text, ...] = Field(alias="themas", min_length=1, max_length=4)
    tips: tuple[NetworkTip, ...] = Field(min_length=3, description="Per fase staat de belangrijkste bovenaan")
    questions: tuple[Id, ...] = Field(alias="vragen", min_length=3)
    channels: tuple[Hyperlink, ...] = Field(alias="kanalen", min_length=1)
    meetings: tuple[Meeting, ...] = Field((), alias="bijeenkomsten")
    contact: Text = Field(alias="contactpersoon", description="Een rol, geen naam")
    photo: Photo | None = Field(None, alias="foto")

    @model_validator(mode="after")
    def _each_id_once(self) -> Network:
        for what, ids in (("tip", [tip.id for tip in self.tips]), ("vraag", list(self.questions))):
            twice = sorted({one for one in ids if ids.count(one) > 1})
            if twice:
                raise ValueError(f"noemt {what} {', '.join(twice)} meer dan eens")
        return self
