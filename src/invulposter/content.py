"""What trainers and offices edit: the models of phases, steps, networks and the texts of guide and brochure.

The keys in the files are Dutch (the aliases below), the attributes that layouts and code see are English.
Parsing is pure: text in, models or findings out.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from invulposter import patterns


def _no_hidden_characters(text: str) -> str:
    found = patterns.HIDDEN.search(text)
    if found:
        message = "contains the invisible character {character}; retype the text around it"
        raise PydanticCustomError("hidden_character", message, {"character": f"U+{ord(found[0]):04X}"})
    return text


def _link(text: str) -> str:
    if not patterns.LINK.fullmatch(text):
        message = "'{text}' is not a link: expected one that starts with https://, http://, mailto: or tel:"
        raise PydanticCustomError("not_a_link", message, {"text": text[:60]})
    return text


def marked(kind: str, title: str | None = None) -> FieldInfo:
    """Tell, as `format` in the schema, what a form or an editor should take a text for."""
    info: FieldInfo = Field(title=title, json_schema_extra={"format": kind})
    return info


Id = Annotated[str, StringConstraints(pattern=patterns.ID, max_length=60)]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000),
    AfterValidator(_no_hidden_characters),
]
FileName = Annotated[str, StringConstraints(pattern=patterns.FILE_NAME, max_length=80)]
Link = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), AfterValidator(_link), marked("link")]
Minutes = Annotated[int, Field(ge=1, le=240)]

#: Marks a list that layouts are drawn for: its items have other texts, not other places.
FIXED: dict[str, JsonValue] = {"format": "fixed"}
#: Text of a sentence or more, text in Markdown, and the ids of what stands in other files.
Paragraph = Annotated[Text, marked("paragraph")]
Markdown = Annotated[Text, marked("markdown")]
TipId = Annotated[Id, marked("tip")]
QuestionId = Annotated[Id, marked("question", "Vraag")]


class Model(BaseModel):
    """Base of every model: immutable, strict about keys, filled by the Dutch aliases."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)


class Hyperlink(Model, title="Link"):
    """A link: clickable on screen, a QR code with a short readable text on paper."""

    label: Text = Field(title="Tekst van de link", description="Wat er staat, bijvoorbeeld: 90 werkvormen")
    url: Link = Field(title="Adres", description="Het volledige adres, beginnend met https://")
    short: Text | None = Field(
        None, alias="kort", title="Toelichting", description="Een paar woorden naast de QR-code op papier"
    )


class Photo(Model, title="Foto"):
    """A photo with its credit line; the file stands beside the content file that names it."""

    file: FileName = Field(
        alias="bestand", title="Bestand", description="Naam van het bestand (jpg of png) in de map content/fotos"
    )
    alt: Text = Field(
        alias="omschrijving", title="Omschrijving", description="Wat er op de foto te zien is, voor wie hem niet ziet"
    )
    credit: Text = Field(alias="maker", title="Maker", description="Naam van de maker; op papier staat er: Foto © naam")


class Tip(Model, title="Tip"):
    """One piece of advice within a phase."""

    id: Id
    heading: Text = Field(alias="kop", title="Kop", description="Twee of drie woorden, leesbaar op drie meter")
    text: Paragraph = Field(
        alias="tekst",
        title="Tip",
        description="Eén of twee zinnen die zeggen wat je kunt doen; tot ongeveer 190 tekens",
    )
    link: Hyperlink | None = Field(
        None, title="Link bij de tip", description="Naar meer uitleg; op papier wordt het een QR-code"
    )


class Question(Model, title="Vraag"):
    """A question for reflection."""

    id: Id
    text: Paragraph = Field(
        alias="tekst", title="Vraag", description="Een open vraag om over te praten; tot ongeveer 80 tekens"
    )


class Voice(Model, title="Stem"):
    """A voice from practice; `who` is a role, never a person's name."""

    id: Id
    text: Paragraph = Field(
        alias="tekst", title="Wat er gezegd wordt", description="Een of twee zinnen, tot ongeveer 170 tekens"
    )
    who: Text | None = Field(None, alias="wie", title="Wie het zegt", description="Een rol, geen naam; leeg laten mag")


class Message(Model, title="Boodschap"):
    """A phase's key message."""

    id: Id
    text: Paragraph = Field(alias="tekst", title="Boodschap", description="Eén zin die blijft hangen")


class Checklist(Model, title="Checklist"):
    """A heading with points to tick."""

    id: Id
    heading: Text = Field(alias="kop", title="Kop")
    items: tuple[Text, ...] = Field(
        alias="punten", title="Punten", min_length=1, description="Elk punt krijgt een vakje"
    )


class Phase(Model, title="Fase"):
    """One of the phases of networking: tips, questions, a voice, perhaps a checklist and a key message."""

    id: Id
    name: Text = Field(alias="naam", title="Naam", description="Eén woord, zoals op de posters")
    order: int = Field(alias="volgorde", title="Volgorde", ge=1, description="Plaats in de rij: 1, 2, 3")
    lead: Paragraph = Field(alias="inleiding", title="Inleiding", description="Eén zin onder de titel")
    numbered: bool = Field(
        False, alias="genummerd", title="Nummers bij de tips", description="Als de tips een volgorde hebben"
    )
    tips: tuple[Tip, ...] = Field(title="Tips", min_length=1, description="De belangrijkste bovenaan")
    questions: tuple[Question, ...] = Field(
        alias="vragen", title="Vragen", min_length=1, description="Achterop de tipkaarten en op de hand-out"
    )
    voice: Voice = Field(alias="stem", title="Stem uit de praktijk")
    message: Message | None = Field(None, alias="kern", title="Kernboodschap")
    checklist: Checklist | None = Field(None, title="Checklist", description="Een lijstje om af te vinken")
    photo: Photo | None = Field(None, alias="foto", title="Foto")


class Prompt(Model, title="Vak"):
    """Something to write: its text is the label on paper and the tooltip of the field on screen."""

    id: Id
    text: Text = Field(
        alias="tekst", title="Tekst", description="Staat bij het vak op papier, en heet zo op het scherm"
    )


class Option(Prompt, title="Keuze"):
    """A box to tick; an open one has room to write behind it."""

    open: bool = Field(False, title="Ruimte om zelf iets te schrijven")


class WriteArea(Prompt, title="Schrijfruimte"):
    """A prompt with lines to write on."""

    kind: Literal["schrijfruimte"] = Field("schrijfruimte", alias="soort")


class NetworkMap(Prompt, title="Kaart van het netwerk"):
    """The map: me in the centre, a ring for each kind of contact, from near to far."""

    kind: Literal["kaart"] = Field(alias="soort")
    rings: tuple[Prompt, ...] = Field(
        alias="ringen", title="Ringen", min_length=2, max_length=4, description="Van dichtbij naar ver weg"
    )
    hint: Paragraph = Field(title="Aanwijzing", description="Aanwijzing in handschrift naast de kaart")


class Choices(Prompt, title="Keuzes om aan te kruisen"):
    """Boxes to tick."""

    kind: Literal["keuzes"] = Field(alias="soort")
    options: tuple[Option, ...] = Field(alias="opties", title="Keuzes", min_length=2)


class PromptGroup(Prompt, title="Groep vragen"):
    """A heading with prompts below it."""

    kind: Literal["groep"] = Field(alias="soort")
    prompts: tuple[Prompt, ...] = Field(alias="vragen", title="Vragen", min_length=1)


class ContactTable(Prompt, title="Tabel met mensen"):
    """A table of people to meet: a row each, the same columns for all."""

    kind: Literal["tabel"] = Field(alias="soort")
    rows: int = Field(alias="rijen", title="Aantal rijen", ge=1, le=8, description="Voor elke persoon één")
    columns: tuple[Prompt, ...] = Field(alias="kolommen", title="Kolommen", min_length=2, max_length=5)


class Agreement(Prompt, title="Afspraak"):
    """An agreement with oneself, with room for a date."""

    kind: Literal["afspraak"] = Field(alias="soort")
    date: Text = Field(alias="datum", title="Woord bij de datum", description="Het woord bij de datum")


Part = Annotated[
    WriteArea | NetworkMap | Choices | PromptGroup | ContactTable | Agreement,
    Field(discriminator="kind"),
]


class Activity(Model, title="Onderdeel"):
    """One thing the group does, with the minutes it takes."""

    minutes: Minutes = Field(alias="minuten", title="Minuten")
    text: Paragraph = Field(alias="tekst", title="Wat de groep doet")


class Card(Model, title="Kaartje"):
    """A heading with short points."""

    heading: Text = Field(alias="kop", title="Kop")
    items: tuple[Text, ...] = Field(
        alias="punten", title="Punten", min_length=1, description="Korte punten, elk tot ongeveer 36 tekens"
    )


class StepGuide(Model, title="Handleiding bij een stap"):
    """What the handleiding says about a step."""

    summary: Paragraph = Field(alias="kortom", title="Kortom", description="Eén zin voor het overzicht vooraan")
    explanation: Markdown = Field(
        alias="uitleg", title="Uitleg", description="Wat je als begeleider vertelt; tot ongeveer 60 woorden"
    )
    cards: tuple[Card, ...] = Field(alias="kaarten", title="Kaartjes met punten", min_length=1, max_length=3)
    attitude: Card | None = Field(None, alias="houding", title="Houding", description="Een kaartje dat opvalt")
    activities: tuple[Activity, ...] = Field(
        alias="aanpak", title="Aanpak", min_length=1, max_length=6, description="Wat de groep doet, in volgorde"
    )
    note: Paragraph = Field(
        alias="noot", title="Noot", description="Een raad voor de begeleider; tot ongeveer 160 tekens"
    )
    materials: tuple[Text, ...] = Field(alias="nodig", title="Wat er nodig is", min_length=1)

    @property
    def minutes(self) -> int:
        """The step's duration: the sum of what the group does."""
        return sum(activity.minutes for activity in self.activities)


class Step(Model, title="Stap"):
    """One of the steps of the fill-in poster."""

    id: Id
    title: Text = Field(alias="titel", title="Titel")
    question: Text = Field(alias="vraag", title="Vraag", description="De vraag die deze stap beantwoordt")
    parts: tuple[Part, ...] = Field(
        alias="onderdelen",
        title="Onderdelen op de poster",
        min_length=1,
        description="Waar deelnemers in schrijven",
        json_schema_extra=FIXED,
    )
    guide: StepGuide = Field(alias="handleiding", title="In de handleiding")

    def part(self, part_id: str) -> Prompt:
        """The part with this id; KeyError where there is none."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise KeyError(part_id)


class Poster(Model, title="Invulposter"):
    """The fill-in poster: its title and its steps."""

    title: Text = Field(alias="titel", title="Titel", description="Staat groot bovenaan de poster")
    owner: Prompt = Field(alias="naam", title="Naam", description="Het vakje voor de naam")
    date: Prompt = Field(alias="datum", title="Datum", description="Het vakje voor de datum")
    steps: tuple[Step, ...] = Field(alias="stappen", title="Stappen", min_length=1, json_schema_extra=FIXED)


class Moment(Model, title="Moment"):
    """A part of the workshop that is not a step: the welcome, the closing."""

    title: Text = Field(alias="titel", title="Titel")
    question: Text = Field(alias="vraag", title="Vraag", description="Waar dit moment om draait")
    summary: Paragraph = Field(alias="kortom", title="Kortom", description="Eén zin voor het overzicht vooraan")
    minutes: Minutes = Field(alias="minuten", title="Minuten")
    materials: tuple[Text, ...] = Field((), alias="nodig", title="Wat er nodig is")
    activities: tuple[Paragraph, ...] = Field(
        (), alias="aanpak", title="Aanpak", description="Wat je doet, in volgorde"
    )


class Section(Model, title="Hoofdstuk"):
    """A heading, a lead, and points; the points may be grouped."""

    title: Text = Field(alias="titel", title="Titel")
    lead: Paragraph = Field(alias="inleiding", title="Inleiding")
    cards: tuple[Card, ...] = Field((), alias="kaarten", title="Kaartjes met punten")
    items: tuple[Paragraph, ...] = Field((), alias="punten", title="Punten")
    note: Paragraph | None = Field(None, alias="noot", title="Noot", description="Een raad die opvalt; leeg laten mag")


class Guide(Model, title="Handleiding"):
    """The handleiding around the steps."""

    title: Text = Field(alias="titel", title="Titel", description="Staat groot op de voorkant")
    subtitle: Text = Field(alias="ondertitel", title="Ondertitel")
    kicker: Text = Field(alias="bovenkop", title="Bovenkop", description="De kleine regel boven de titel")
    about: Section = Field(alias="vooraf", title="Vooraf", description="Waar de workshop over gaat, voor wie en waarom")
    opening: Moment = Field(alias="welkom", title="Welkom")
    closing: Moment = Field(alias="afronden", title="Afronden")
    preparation: Section = Field(alias="voorbereiden", title="Voorbereiden")
    printing: Section = Field(alias="printen", title="Printen en ophangen")
    afterwards: Section = Field(alias="daarna", title="Na afloop")
    photo: Photo | None = Field(None, alias="foto", title="Foto op de voorkant")


class Brochure(Model, title="Brochure"):
    """The brochure around the phases."""

    title: Text = Field(alias="titel", title="Titel", description="Staat groot op de voorkant")
    intro: Message = Field(alias="inleiding", title="Inleiding")
    voices: Paragraph = Field(alias="wie", title="Wie er spreken", description="Wie er aan het woord komen")
    closing_title: Text = Field(alias="slotkop", title="Kop van het slot")
    closing: Paragraph = Field(alias="slot", title="Slot", description="Wat de lezer nu kan doen")
    photo: Photo | None = Field(None, alias="foto", title="Foto")


class NetworkTip(Model, title="Tip"):
    """A tip that suits a network, by id, with the network's own example where it has one."""

    id: TipId = Field(title="Tip", description="Een tip uit een van de fasen")
    example: Paragraph | None = Field(
        None, alias="voorbeeld", title="Voorbeeld", description="Uit het eigen netwerk; tot ongeveer 75 tekens"
    )


class Meeting(Model, title="Bijeenkomst"):
    """A date to come."""

    date: datetime.date = Field(alias="datum", title="Datum", description="Jaar, maand, dag: 2027-03-11")
    time: Text = Field(alias="tijd", title="Tijd", description="Bijvoorbeeld: 16.00 uur")
    place: Text = Field(alias="plaats", title="Plaats", description="Bijvoorbeeld: online")


class Network(Model, title="Netwerk"):
    """A network of members: its own choice of tips and questions, its channels, its meetings."""

    id: Id
    name: Text = Field(alias="naam", title="Naam", description="Voluit, tot ongeveer 24 tekens")
    short: Text = Field(alias="kort", title="Korte naam", description="Voor waar weinig plaats is, zoals OOP")
    sector: Text = Field(title="Sector", description="Bijvoorbeeld: po, vo en mbo")
    audience: Paragraph = Field(
        alias="doelgroep", title="Voor wie", description="Een zinsdeel dat begint met ‘voor’: voor leraren in het vo"
    )
    themes: tuple[Text, ...] = Field(
        alias="themas", title="Thema’s", min_length=1, max_length=4, description="Waar het netwerk over gaat"
    )
    tips: tuple[NetworkTip, ...] = Field(
        title="Tips", min_length=3, description="Zes tot tien; per fase staat de belangrijkste bovenaan"
    )
    questions: tuple[QuestionId, ...] = Field(
        alias="vragen",
        title="Vragen",
        min_length=3,
        description="Vier tot zes vragen uit de fasen, van elke fase minstens één",
    )
    channels: tuple[Hyperlink, ...] = Field(
        alias="kanalen", title="Kanalen", min_length=1, description="Hoe je meedoet; het eerste staat op de tipkaarten"
    )
    meetings: tuple[Meeting, ...] = Field((), alias="bijeenkomsten", title="Bijeenkomsten")
    contact: Text = Field(alias="contactpersoon", title="Contactpersoon", description="Een rol, geen naam")
    photo: Photo | None = Field(None, alias="foto", title="Foto")

    @model_validator(mode="after")
    def _each_id_once(self) -> Network:
        for what, ids in (("tip", [tip.id for tip in self.tips]), ("vraag", list(self.questions))):
            twice = sorted({one for one in ids if ids.count(one) > 1})
            if twice:
                message = "names {what} {ids} more than once"
                raise PydanticCustomError("named_twice", message, {"what": what, "ids": ", ".join(twice)})
        return self
