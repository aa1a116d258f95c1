"""A regional office: its name, colours, logo, contact lines and the style it uses."""

from typing import Annotated

from pydantic import Field, StringConstraints

from invulposter import patterns
from invulposter.content import FileName, Id, Link, Model, Text, marked

Colour = Annotated[str, StringConstraints(pattern=patterns.COLOUR), marked("colour")]
Percentage = Annotated[int, Field(ge=0, le=100)]
Cmyk = tuple[Percentage, Percentage, Percentage, Percentage]
Email = Annotated[
    str,
    StringConstraints(pattern=patterns.EMAIL, max_length=120),
    marked("email"),
]
NetworkId = Annotated[Id, marked("network")]
StyleId = Annotated[Id, marked("style")]


class Colours(Model, title="Kleuren"):
    """The two colours an office chooses; everything else is derived from them."""

    primary: Colour = Field(alias="primair", title="Hoofdkleur", description="Voor de grote vlakken, als #RRGGBB")
    accent: Colour = Field(title="Accentkleur", description="Voor nummers, mensen en de draad, als #RRGGBB")
    primary_cmyk: Cmyk | None = Field(
        None,
        alias="primair_cmyk",
        title="Hoofdkleur in druk",
        description="Alleen met een eigen huisstijl: cyaan, magenta, geel en zwart, elk 0 tot 100",
    )
    accent_cmyk: Cmyk | None = Field(
        None,
        title="Accentkleur in druk",
        description="Alleen met een eigen huisstijl: cyaan, magenta, geel en zwart, elk 0 tot 100",
    )


class Rayon(Model, title="Rayon"):
    """One office. Its id is the name of its folder."""

    id: Id
    name: Text = Field(alias="naam", title="Naam", description="Zoals op de posters: Rayon Duinrand")
    colours: Colours = Field(alias="kleuren", title="Kleuren", description="Twee zijn genoeg: de andere volgen daaruit")
    logo: Annotated[FileName, marked("logo")] = Field(
        title="Logo", description="Bestand in de map van het rayon: svg of png"
    )
    address: tuple[Text, ...] = Field(
        alias="adres", title="Adres", min_length=1, max_length=4, description="Straat, postcode en plaats"
    )
    email: Email = Field(title="E-mailadres")
    website: Link = Field(title="Website", description="Het volledige adres, beginnend met https://")
    phone: Text = Field(alias="telefoon", title="Telefoon")
    footer: Text = Field(alias="voetregel", title="Voetregel", description="De kleine regel onderaan")
    style: StyleId = Field(alias="stijl", title="Stijl", description="Hoe alles eruitziet (een map onder layouts/)")
    networks: tuple[NetworkId, ...] | None = Field(
        None, alias="netwerken", title="Netwerken", description="Waar dit rayon iets voor maakt; geen gekozen: alle"
    )

    @property
    def site(self) -> str:
        """The website as people read it: without https:// and a closing slash."""
        return self.website.split("://", 1)[-1].removeprefix("www.").rstrip("/")
