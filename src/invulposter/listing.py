"""The tables of `invulposter list`. Pure: a library in, rows of text out."""

from invulposter.geometry import A_SIZES
from invulposter.library import Library


def listing(what: str, library: Library) -> list[dict[str, str]]:
    """Rows for `layouts`, `networks`, `rayons` or `papers`; every row has the same keys."""
    match what:
        case "layouts":
            return [
                {
                    "layout": layout.name,
                    "style": layout.style,
                    "title": layout.facts.title,
                    "for each": " x ".join(layout.facts.for_each),
                    "size": f"{layout.size.name} {layout.facts.orientation}",
                    "fillable": "yes" if layout.facts.fillable else "no",
                    "office": f"{layout.facts.office.size or layout.size.name} on {layout.facts.office.paper}",
                    "description": layout.facts.description,
                }
                for layout in library.layouts.values()
            ]
        case "networks":
            return [
                {
                    "network": network.id,
                    "name": network.name,
                    "sector": network.sector,
                    "tips": str(len(network.tips)),
                    "questions": str(len(network.questions)),
                }
                for network in library.networks.values()
            ]
        case "rayons":
            return [
                {
                    "rayon": rayon.id,
                    "name": rayon.name,
                    "style": rayon.style,
                    "primary": rayon.colours.primary,
                    "accent": rayon.colours.accent,
                    "networks": "all" if rayon.networks is None else " ".join(rayon.networks),
                }
                for rayon in library.rayons.values()
            ]
        case _:
            return [
                {"paper": name, "width mm": str(width), "height mm": str(height)}
                for name, (width, height) in A_SIZES.items()
            ]
