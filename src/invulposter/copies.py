"""The copies of `build --data`: one filled form a row, in a folder beside the form itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from invulposter.errors import InvulposterError
from invulposter.findings import Finding, Place, Severity
from invulposter.finish.fill import FormTemplate
from invulposter.pages import Pages
from invulposter.plan import Job
from invulposter.prefill import Copy, Table, fits, match_columns, prefill
from invulposter.words import slug
from invulposter.write import inside, write_file


@dataclass(frozen=True)
class Copies:
    """How many copies were written, and what was wrong with the rows and columns of the others."""

    count: int
    refused: tuple[Finding, ...]


def fits_a_form(table: Table, jobs: Iterable[Job], pages: Pages) -> bool:
    """Whether a column of the table is a field of a form among what is to be made; rayons ask for the same.

    A page that can't be made is taken for one: whoever makes it tells what is wrong.
    """
    kinds = {(job.layout.style, job.layout.name, job.subject and job.subject.id): job for job in jobs if job.fillable}
    for job in kinds.values():
        try:
            declared = pages.of(job).fields
        except InvulposterError:
            return True
        if fits(table, {field.name: field.tooltip for field in declared}):
            return True
    return False


def write_copies(form: PurePosixPath, table: Table, out: Path) -> Copies:
    """Fill the form at `form`, a path below `out`, for each row of the table; copies go into a folder named after it.

    A form that asks for nothing in the table gets no copies, and a note. Raises WorkspaceError for a copy that
    can't be written.
    """
    template = FormTemplate(inside(out, form).read_bytes())
    if not match_columns(table, template.slots)[0]:
        message = f"has no column for a field of {form.name}, so there are no copies of it"
        return Copies(0, (Finding(Place(table.path, table.top), "prefill-none", message, Severity.NOTE),))
    digits = len(str(table.rows[-1][0])) if table.rows else 1
    count, refused = 0, []
    for result in prefill(template, table):
        if isinstance(result, Copy):
            write_file(inside(out, form.with_suffix("") / copy_name(result, digits)), result.pdf)
            count += 1
        else:
            refused.append(result)
    return Copies(count, tuple(refused))


def copy_name(copy: Copy, digits: int = 1) -> str:
    """`<row>-<name>.pdf`: the row with as many digits as the last one, the name in letters that every system takes."""
    name = slug(copy.name)
    return f"{copy.row:0{digits}}{'-' + name if name else ''}.pdf"
