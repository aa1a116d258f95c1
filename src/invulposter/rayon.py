"""A regional office: its name, colours, logo, contact lines and the style it uses."""

from typing import Annotated

from pydantic import Field, StringConstraints

from invulposter.content import FileName, Id, Link, Model, Text

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Percentage = Annotated[int, Field(ge=0, le=100)]
Cmyk = tuple[Percentage, Percentage, Percentage, Percentage]
Email = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", max_length=120)]


class Colours(Model):
    """The two colours an office chooses; everything else is derived from them."""

    primary: Colour = Field(alias="primair", description="Voor de grote vlakken, als #RRGGBB")
    accent: Colour = Field(description="Voor nummers, mensen en de draad, als #RRGGBB")
    primary_cmyk: Cmyk | None = Field(None, alias="primair_cmyk", description="Eigen drukwaarden, 0 tot 100")
    accent_cmyk: Cmyk | None = Field(None, description="Eigen drukwaarden, 0 tot 100")


class Rayon(Model):
    """One office. Its id is the name of its folder."""

    id: Id
    name: Text = Field(alias="naam")
    colours: Colours = Field(alias="kleuren")
    logo: FileName = Field(description="Bestand in de map van het rayon: svg of png")
    address: tuple[Text, ...] = Field(alias="adres", min_length=1, max_length=4)
    email: Email
    website: Link
    phone: Text = Field(alias="telefoon")
    footer: Text = Field(alias="voetregel")
    style: Id = Field(alias="stijl", description="Map onder layouts/")
    networks: tuple[Id, ...] | None = Field(None, alias="netwerken", description="Leeg: alle netwerken")

    @property
    def site(self) -> str:
        """The website as people read it: without https:// and a closing slash."""
        return self.website.split("://", 1)[-1].removeprefix("www.").rstrip("/")
