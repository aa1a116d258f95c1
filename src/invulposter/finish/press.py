"""The file for a print shop: bleed and marks around the trim, four inks throughout, PDF/X-4."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfWriter

from invulposter.drawing.palette import derive
from invulposter.errors import WorkspaceError
from invulposter.finish.boxes import written
from invulposter.finish.impose import Imposed, ImposeRequest, impose
from invulposter.finish.inks import BLACK, FOGRA39, INK_LIMIT, Colour, Inks
from invulposter.finish.pdfx import COATED, HEADER, Condition, claim, registration
from invulposter.finish.recolour import Recolouring
from invulposter.finish.trimmed import Trimmed
from invulposter.plan import PRESS_BLEED, Job


@dataclass(frozen=True)
class PrintShop:
    """How a print shop prints: its ICC profile (None: coated paper, FOGRA39) and the most ink it lays down, in %."""

    profile: Path | None = None
    ink_limit: float = INK_LIMIT

    def inks(self, job: Job) -> Inks:
        """The inks for a job's colours. Raises WorkspaceError for a profile that can't be used."""
        path = self.profile or FOGRA39
        try:
            profile = path.read_bytes()
        except OSError as error:
            raise WorkspaceError(f"the ICC profile {path.name} can't be read: {error.strerror}") from error
        return Inks(profile, self.ink_limit, chosen_inks(job))

    @property
    def condition(self) -> Condition:
        """What the file says it is meant for."""
        return COATED if self.profile is None else Condition("Custom", "Volgens het bijgevoegde ICC-profiel")


def press(pdf: bytes, job: Job, code: str, fonts: Path, shop: PrintShop | None = None) -> Imposed:
    """Turn typeset pages with bleed into a file for a print shop; `code` is the edition code.

    Every page lies on a sheet of its own. Deterministic. Raises RequestError for what can't be printed in four inks.
    """
    shop = shop or PrintShop()
    scheme = Trimmed(job.size, PRESS_BLEED, slug(job, code))
    imposed = impose(pdf, ImposeRequest(scheme, job.size, title=job.title), fonts)
    inks = shop.inks(job)
    writer = PdfWriter(clone_from=io.BytesIO(imposed.pdf))
    recolouring = Recolouring(writer, inks)
    all_inks = registration(writer)
    for page in writer.pages:
        recolouring.sheet(page, all_inks)
    identity = hashlib.md5(usedforsecurity=False)
    for part in (imposed.pdf, inks.profile, repr((shop.ink_limit, chosen_inks(job))).encode()):
        identity.update(part)
    claim(writer, job.title, identity.digest(), inks, shop.condition)
    finished = HEADER + written(writer, identity.digest())[len(HEADER) :]
    # How much bleed there is was planned, and the typesetter's box tells of 10 pt at most.
    return Imposed(finished, imposed.sheets, imposed.cuts, None)


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
