"""The order sheet that goes to the print shop with a file, in Dutch: plain text, to paste into a mail."""

from invulposter.finish.job import Finished
from invulposter.finish.trimmed import SLUG
from invulposter.geometry import Size
from invulposter.plan import PRESS_BLEED, Job

#: The shorter side (mm) from which a page is a poster: A2.
_POSTER = 400
#: What nobody told: whoever orders writes it in.
_OPEN = "............"


def order_sheet(job: Job, finished: Finished) -> str:
    """What a print shop needs to know of a press edition: file, size, pages, paper, folding, colours."""
    rows = {
        "Product": job.title,
        "Bestand": job.path.name,
        "Formaat": f"{_size(job.size)}, afgewerkt, {'liggend' if job.size.landscape else 'staand'}",
        "Afloop": f"{PRESS_BLEED:g} mm rondom",
        "Vel": f"{_size(_sheet(job.size))} met snijtekens, paskruisen en kleurbalk buiten de afloop",
        "Pagina's": _pages(job, finished.sheets),
        "Papier": _paper(job, finished.sheets),
        "Afwerking": _finishing(job, finished.sheets),
        "Kleuren": f"{'4/4' if _two_sided(job, finished.sheets) else '4/0'}, CMYK, geen steunkleuren",
        "Eigen kleuren": _own_colours(job),
        "Profiel": job.printshop.name or "FOGRA39 (ISO 12647-2, gestreken papier)",
        "Inkt": f"ten hoogste {job.printshop.ink_limit} % bij elkaar; zwarte tekst in zwart alleen",
        "Standaard": "PDF/X-4, lettertypen ingesloten, zonder overvulling (trapping)",
        "Oplage": f"{_OPEN} exemplaren",
        "Opdrachtgever": f"{job.rayon.name}, {', '.join(job.rayon.address)}",
        "Contact": f"{job.rayon.email}, {job.rayon.phone}",
    }
    width = max(map(len, rows)) + 2
    lines = [f"{f'{name}:':<{width}}{value}" for name, value in rows.items() if value]
    return "\n".join(["DRUKORDER", "", *lines, "", "Graag drukken op ware grootte (100 %).", ""])


def _two_sided(job: Job, pages: int) -> bool:
    return job.layout.facts.duplex or pages > 1


def _is_book(job: Job, pages: int) -> bool:
    return pages > 2 and job.layout.facts.press.stitched


def _is_poster(job: Job) -> bool:
    return min(job.size.width, job.size.height) >= _POSTER


def _pages(job: Job, pages: int) -> str:
    if job.layout.facts.duplex:
        cards = pages // 2
        return f"{pages} pagina's: {cards} {'kaart' if cards == 1 else 'kaarten'}, voor- en achterkant om en om"
    return f"{pages} pagina's, in leesvolgorde" if pages > 1 else "1 pagina, enkelzijdig"


def _paper(job: Job, pages: int) -> str:
    if job.layout.facts.press.paper:
        return job.layout.facts.press.paper
    if job.layout.facts.duplex:
        return "300 g/m² mat gestreken karton"
    if _is_book(job, pages):
        return "omslag 170 g/m², binnenwerk 115 g/m², mat gestreken"
    if job.layout.facts.fillable:
        grams = 140 if _is_poster(job) else 120
        return f"{grams} g/m² mat, niet gelamineerd: er moet met stift en balpen op te schrijven zijn"
    return "150 g/m² mat gestreken" if _is_poster(job) else _OPEN


def _finishing(job: Job, pages: int) -> str:
    if job.layout.facts.press.finishing:
        return job.layout.facts.press.finishing
    if job.layout.facts.duplex:
        return "los gesneden, per set gestapeld"
    if not _is_book(job, pages):
        return "schoongesneden; vlak of gerold leveren, niet gevouwen" if _is_poster(job) else _OPEN
    blank = -pages % 4
    also = f", met {blank} blanco pagina{'s' if blank > 1 else ''} achterin" if blank else ""
    return f"gevouwen en geniet in de rug{also}"


def _own_colours(job: Job) -> str:
    """The inks that the office chose itself, for who checks a proof."""
    colours = job.rayon.colours
    named = (("hoofdkleur", colours.primary_cmyk), ("accent", colours.accent_cmyk))
    return "; ".join(
        f"{name} {' '.join(f'{ink} {value}' for ink, value in zip('CMYK', inks, strict=True))}"
        for name, inks in named
        if inks is not None
    )


def _sheet(size: Size) -> Size:
    around = 2 * (PRESS_BLEED + SLUG)
    return Size(size.width + around, size.height + around)


def _size(size: Size) -> str:
    measures = f"{size.width:g} × {size.height:g} mm"
    return measures if "x" in size.name else f"{size.name} ({measures})"
