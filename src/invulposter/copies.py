"""The copies of `build --data`: one filled form a row, in a folder beside the form itself."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from invulposter.findings import Finding, Place, Severity
from invulposter.finish.fill import FormTemplate
from invulposter.prefill import Copy, Table, match_columns, prefill
from invulposter.words import slug
from invulposter.write import inside, write_file


@dataclass(frozen=True)
class Copies:
    """How many copies were written, and what was wrong with the rows and columns of the others."""

    count: int
    refused: tuple[Finding, ...]


def write_copies(form: PurePosixPath, table: Table, out: Path) -> Copies:
    """Fill the form at `form`, a path below `out`, for each row of the table; copies go into a folder named after it.

    A form that asks for nothing in the table gets no copies, and a note. Raises WorkspaceError for a copy that
    can't be written.
    """
    template = FormTemplate(inside(out, form).read_bytes())
    if not match_columns(table, template.slots)[0]:
        message = f"has no column for a field of {form.name}, so there are no copies of it"
        return Copies(0, (Finding(Place(table.path, 1), "prefill-none", message, Severity.NOTE),))
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
