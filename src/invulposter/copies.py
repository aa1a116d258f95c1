"""The copies of `build --data`: one filled form a row, in a folder beside the form itself."""

import re
from collections.abc import Collection, Iterable, Sequence
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

#: What `copy_name` gives.
_COPY = re.compile(r"\d+(-[a-z0-9-]+)?\.pdf")


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
    folder = form.with_suffix("")
    if not match_columns(table, template.slots)[0]:
        message = f"has no column for a field of {form.name}, so there are no copies of it"
        none = Finding(Place(table.path, table.top), "prefill-none", message, Severity.NOTE)
        return Copies(0, (none, *_left_over(folder, set(), out)))
    digits = len(str(table.rows[-1][0])) if table.rows else 1
    written, refused = set(), []
    for result in prefill(template, table):
        if isinstance(result, Copy):
            name = copy_name(result, digits)
            write_file(inside(out, folder / name), result.pdf)
            written.add(name)
        else:
            refused.append(result)
    return Copies(len(written), (*refused, *_left_over(folder, written, out)))


def _left_over(folder: PurePosixPath, written: Collection[str], out: Path) -> tuple[Finding, ...]:
    """A note on the copies of an earlier list. They stay: somebody may have filled one in."""
    there = sorted(path.name for path in inside(out, folder).glob("*.pdf") if _COPY.fullmatch(path.name))
    old = [name for name in there if name not in written]
    if not old:
        return ()
    named = f"{', '.join(old[:5])}{' …' if len(old) > 5 else ''}"
    message = f"holds {len(old)} of an earlier list: {named}. Remove what nobody filled in."
    return (Finding(Place(folder.as_posix()), "prefill-left-over", message, Severity.NOTE),)


def unused_columns(told: Iterable[Sequence[Finding]]) -> tuple[Finding, ...]:
    """One note on the columns that no form asks for, of what was told of each form that copies were made of."""
    notes = [{one for one in found if one.code == "prefill-unused"} for found in told]
    unused = sorted(set.intersection(*notes)) if notes else []
    if not unused:
        return ()
    columns = ", ".join(f"'{one.about}'" for one in unused)
    place = Place(unused[0].place.path, unused[0].place.line)
    return (Finding(place, "prefill-unused", f"on no form, so left out: {columns}", Severity.NOTE),)


def copy_name(copy: Copy, digits: int = 1) -> str:
    """`<row>-<name>.pdf`: the row with as many digits as the last one, the name in letters that every system takes."""
    name = slug(copy.name)
    return f"{copy.row:0{digits}}{'-' + name if name else ''}.pdf"
