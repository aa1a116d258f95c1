"""The file for a print shop: bleed and marks around the trim, four inks throughout, PDF/X-4."""

import hashlib
import io
from pathlib import Path

from pypdf import PdfWriter

from invulposter.drawing.palette import derive
from invulposter.finish.boxes import written
from invulposter.finish.impose import Imposed, ImposeRequest, impose
from invulposter.finish.inks import BLACK, FOGRA39, Colour, Inks
from invulposter.finish.pdfx import COATED, HEADER, OWN, claim, registration
from invulposter.finish.recolour import Recolouring
from invulposter.finish.trimmed import Trimmed
from invulposter.plan import PRESS_BLEED, Job


def press(pdf: bytes, job: Job, code: str, fonts: Path) -> Imposed:
    """Turn typeset pages with bleed into a file for the job's print shop; `code` is the edition code.

    Every page lies on a sheet of its own. Deterministic. Raises RequestError for what can't be printed in four inks.
    """
    shop = job.printshop
    scheme = Trimmed(job.size, PRESS_BLEED, slug(job, code))
    imposed = impose(pdf, ImposeRequest(scheme, job.size, title=job.title), fonts)
    inks = Inks(shop.profile or FOGRA39.read_bytes(), shop.ink_limit, chosen_inks(job))
    writer = PdfWriter(clone_from=io.BytesIO(imposed.pdf))
    recolouring = Recolouring(writer, inks)
    all_inks = registration(writer)
    for page in writer.pages:
        recolouring.sheet(page, all_inks)
    identity = hashlib.md5(usedforsecurity=False)
    for part in (imposed.pdf, inks.profile, repr((shop.ink_limit, chosen_inks(job))).encode()):
        identity.update(part)
    condition = OWN if shop.profile else COATED
    claim(writer, job.title, identity.digest(), inks, condition)
    finished = HEADER + written(writer, identity.digest())[len(HEADER) :]
    # How much bleed there is was planned, and the typesetter's box tells of 10 pt at most.
    return Imposed(finished, imposed.pages, imposed.sheets, imposed.cuts, None)


def chosen_inks(job: Job) -> dict[str, Colour]:
    """The colours that have inks of their own: those the office chose, and type, which takes black ink alone.

    Type in more inks than one shows coloured edges when the plates are a hair off.
    """
    colours = job.rayon.colours
    chosen: dict[str, Colour] = {derive(colours.primary, colours.accent).inkt: BLACK}
    for colour, inks in ((colours.primary, colours.primary_cmyk), (colours.accent, colours.accent_cmyk)):
        if inks is not None:
            chosen[colour] = tuple(ink / 100 for ink in inks)
    return chosen


def slug(job: Job, code: str) -> str:
    """What stands in the slug: product, rayon, edition and, where the content has one, its date."""
    meetings = job.network.meetings if job.network else ()
    date = f" · bijeenkomst {min(meeting.date for meeting in meetings):%d-%m-%Y}" if meetings else ""
    words = f"{job.title} · uitgave {code}{date}".replace("{", "{{").replace("}", "}}")
    return f"{words} · vel {{sheet}} van {{sheets}}"
