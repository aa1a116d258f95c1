"""From an office's two colours to every colour a layout may use, with contrast enough for any two."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import combinations

from invulposter.drawing.oklab import WHITE, contrast, darken, from_oklab, gray, luminance, mix, oklab, shift, tint

__all__ = [
    "Contrast",
    "Palette",
    "contrast",
    "css_variables",
    "derive",
    "grays",
    "grays_too_close",
    "luminance",
    "pairs",
]

#: WCAG 2.2 SC 1.4.3 (AA) for text, SC 1.4.11 for lines and outlines that carry meaning.
TEXT = 4.5
LINE = 3.0
#: Derived colours aim a little higher than they must, as rounding and printing cost some.
_DERIVED_TEXT = 4.6
_INK = 13
_DISPLAY = 7
#: A large shape lighter than this ratio on white is lost on paper without a hem.
_SHAPE = 1.5
_SMALL_PRINT = 5.5
#: A shape on a shape differs this much in OKLab lightness, its overlap twice as much; a shape below this is near black.
_TONE, _NEAR_BLACK = 0.085, 0.22
#: Lightness of the darkest shape, as a share of the primary's and at most.
_DEEP_SHARE, _DEEP = 0.62, 0.30
#: Two sheets closer than this in OKLab lightness look like one.
_SHEETS_APART = 0.11


@dataclass(frozen=True)
class Palette:
    """The colours of one office, as `#RRGGBB`. In CSS each is a variable with `-` for `_`: `--primair-30`.

    Where a ratio is named it holds for any two input colours. Names with `inkt` are text on paper, `op_` text
    on a colour, `_lijn` and `_rand` lines, `_zoom` hems.
    """

    wit: str
    """Paper."""
    inkt: str
    """Text: 13:1 on white, at least 4.5:1 on every tint."""
    primair: str
    """Large cut shapes. The given colour, unless it is a middle gray that no text can be read on."""
    primair_lijn: str
    """Writing lines: 3:1 on white and on the two writing sheets (primair_6, accent_12)."""
    primair_rand: str
    """Outlines of balloons, tick boxes, circles to write in: 3:1 on white and on the two writing sheets."""
    primair_zoom: str
    """Hem of a large shape: its own colour, or primair_rand where the shape would be lost on white."""
    primair_30: str
    """Second sheet under a large shape and pebbles: always apart from the shape and from white."""
    primair_12: str
    """Table, middle ring."""
    primair_6: str
    """Sheet to write on."""
    accent: str
    """Numbers and people: filled circles."""
    accent_lijn: str
    """The thread on white: 3:1."""
    accent_zoom: str
    """Hem of a filled circle on white: its own colour, or accent_lijn where the circle would be lost."""
    accent_30: str
    """Bead."""
    accent_12: str
    """Sheet to write on."""
    primair_inkt: str
    """Display type: 4.5:1 on white and on every tint."""
    accent_inkt: str
    """Small text in the hue of the accent: 4.5:1 on white, primair_6 and accent_12, not on darker tints."""
    op_primair: str
    """Text on primair: white or ink, 4.5:1."""
    op_accent: str
    """Text on accent: white or ink, 4.5:1."""
    accent_op_primair: str
    """The thread, and the hem of filled circles, on primair: 3:1."""
    grijs: str
    """Small print on paper: 5.5:1 on white, 4.5:1 on primair_6 and accent_12."""
    primair_schaduw: str
    """A shape on primair, tone on tone: text in op_primair may run over it, 4.5:1."""
    primair_lens: str
    """Where two such shapes overlap; op_primair is read on it too, 4.5:1."""
    accent_schaduw: str
    """A shape on accent, tone on tone: text in op_accent may run over it, 4.5:1."""
    primair_diep: str
    """The darkest large shape, apart from primair; text on it is white, 7:1."""
    diep_schaduw: str
    """A shape on primair_diep: primair itself where white can be read on it; white has 4.5:1."""
    accent_op_diep: str
    """The accent on primair_diep: 3:1."""


@dataclass(frozen=True)
class Contrast:
    """Two colours, by name, that lie on each other: the ratio they need and the ratio they have."""

    text: str
    ground: str
    needed: float
    measured: float

    @property
    def passes(self) -> bool:
        """Whether the ratio is reached."""
        return self.measured >= self.needed


_TINTS = ("wit", "primair_30", "primair_12", "primair_6", "accent_30", "accent_12")
_WRITING = ("wit", "primair_6", "accent_12")
_READ = (
    *(("inkt", ground) for ground in _TINTS),
    *(("primair_inkt", ground) for ground in _TINTS),
    *(("accent_inkt", ground) for ground in _WRITING),
    ("op_primair", "primair"),
    ("op_accent", "accent"),
    ("op_primair", "primair_schaduw"),
    ("op_primair", "primair_lens"),
    ("op_accent", "accent_schaduw"),
    ("wit", "primair_diep"),
    ("wit", "diep_schaduw"),
    *(("grijs", ground) for ground in _WRITING),
)
_SEEN = (
    *(("primair_lijn", ground) for ground in _WRITING),
    *(("primair_rand", ground) for ground in _WRITING),
    ("accent_lijn", "wit"),
    ("accent_op_primair", "primair"),
    ("accent_op_diep", "primair_diep"),
)
_MUST_DIFFER = ("wit", "primair_30", "primair", "accent")


def _readable(ground: str, ink: str) -> str:
    """Give white or ink for text on `ground`: white where it has the ratio."""
    return WHITE if contrast(WHITE, ground) >= TEXT else ink


def _carrying_text(colour: str, ink: str) -> str:
    """Darken a middle gray, on which neither white nor ink can be read, until white can."""
    return colour if max(contrast(WHITE, colour), contrast(ink, colour)) >= TEXT else darken(colour, TEXT, WHITE)


def _second_sheet(primary: str) -> str:
    """Paper-light, but apart from the shape that lies on it: lighter than a shape, darker than a pale one."""
    lightness = oklab(primary)[0]
    if lightness < 0.795:
        return tint(primary, max(0.85, lightness + _SHEETS_APART), 0.040)
    return tint(primary, min(0.85, lightness - _SHEETS_APART), 0.070)


def _lifted(colour: str, change: float) -> str:
    """Make a colour lighter (darker below zero) by a change in OKLab lightness, in its own hue."""
    lightness, a, b = oklab(colour)
    return from_oklab(min(0.97, max(0.10, lightness + change)), a * 0.95, b * 0.95)


def _tone(ground: str, text: str, change: float) -> str:
    """Tone on tone: darker by `change` where that leaves a difference and `text` readable, else lighter."""
    darker = _lifted(ground, -change)
    too_dark = oklab(ground)[0] < _NEAR_BLACK
    return darker if not too_dark and contrast(text, darker) >= _DERIVED_TEXT else _lifted(ground, change)


def _deep(primary: str) -> str:
    """Darken the primary to the darkest shape; one that is near black already gets a lighter one beside it."""
    lightness, a, b = oklab(primary)
    deep = min(_DEEP, lightness * _DEEP_SHARE) if lightness >= _NEAR_BLACK else lightness + 2 * _TONE
    return from_oklab(deep, a * 0.75, b * 0.75)


def _on_deep(deep: str, primary: str) -> str:
    return primary if contrast(WHITE, primary) >= TEXT and primary != deep else _lifted(deep, 1.5 * _TONE)


@lru_cache(maxsize=64)
def derive(primary: str, accent: str) -> Palette:
    """Derive every colour of an office from its two, given as `#RRGGBB`.

    Holds WCAG 2.2 AA for any two colours: SC 1.4.3 for text, SC 1.4.11 for lines; `pairs` names what is
    promised.
    """
    ink = darken(mix(primary, "#101010", 0.42), _INK, WHITE)
    p, a = _carrying_text(primary.upper(), ink), _carrying_text(accent.upper(), ink)
    second, sheet, accent_sheet = _second_sheet(p), tint(p, 0.962, 0.012), tint(accent, 0.950, 0.042)
    table, bead = tint(p, 0.920, 0.024), tint(accent, 0.885, 0.080)
    edge = darken(p, LINE, WHITE, sheet, accent_sheet)
    accent_line = darken(a, LINE, WHITE)
    on_primary, on_accent, deep = _readable(p, ink), _readable(a, ink), _deep(p)
    return Palette(
        wit=WHITE,
        inkt=ink,
        primair=p,
        primair_lijn=darken(mix(p, WHITE, 0.62), LINE, WHITE, sheet, accent_sheet),
        primair_rand=edge,
        primair_zoom=p if contrast(p, WHITE) >= _SHAPE else edge,
        primair_30=second,
        primair_12=table,
        primair_6=sheet,
        accent=a,
        accent_lijn=accent_line,
        accent_zoom=a if contrast(a, WHITE) >= _SHAPE else accent_line,
        accent_30=bead,
        accent_12=accent_sheet,
        primair_inkt=darken(darken(p, _DISPLAY, WHITE), _DERIVED_TEXT, second, table, bead),
        accent_inkt=darken(a, _DERIVED_TEXT, accent_sheet, sheet),
        op_primair=on_primary,
        op_accent=on_accent,
        accent_op_primair=shift(a, LINE, p),
        grijs=darken(darken(mix(ink, "#8A8A94", 0.35), _SMALL_PRINT, WHITE), _DERIVED_TEXT, sheet, accent_sheet),
        primair_schaduw=_tone(p, on_primary, _TONE),
        primair_lens=_tone(p, on_primary, 2 * _TONE),
        accent_schaduw=_tone(a, on_accent, _TONE),
        primair_diep=deep,
        diep_schaduw=_on_deep(deep, p),
        accent_op_diep=shift(a, LINE, deep),
    )


def css_variables(palette: Palette) -> str:
    """Write the declarations of a `:root` rule: `--primair-30:#B2D7CF;…`."""
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in vars(palette).items())


def pairs(palette: Palette) -> tuple[Contrast, ...]:
    """List every pair of colours that layouts may lay on each other: text (4.5:1), then lines (3:1)."""
    colours = asdict(palette)

    def measured() -> Iterator[Contrast]:
        for names, needed in ((_READ, TEXT), (_SEEN, LINE)):
            for text, ground in names:
                yield Contrast(text, ground, needed, contrast(colours[text], colours[ground]))

    return tuple(measured())


def grays(palette: Palette) -> dict[str, int]:
    """Give the gray (0 to 255) that a copier makes of each colour that must stay distinct without hue."""
    colours = asdict(palette)
    return {name: gray(colours[name]) for name in _MUST_DIFFER}


def grays_too_close(palette: Palette, apart: int = 20) -> tuple[tuple[str, str], ...]:
    """Name the pairs of colours less than `apart` (of 255) from each other in gray, for a check to warn."""
    values = grays(palette)
    return tuple((one, other) for one, other in combinations(values, 2) if abs(values[one] - values[other]) < apart)
