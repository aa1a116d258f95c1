"""Keys for what products are made from, so that what was made from the same need not be made again."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from invulposter.cache import files_key, key_of
from invulposter.plan import Job
from invulposter.workspace import Library, Workspace

if TYPE_CHECKING:
    from invulposter.render import Rendered

#: What shapes a page besides our own code.
ENGINES = ("weasyprint", "pypdf", "pikepdf", "pydyf", "uharfbuzz", "fonttools", "pypdfium2", "segno")


@dataclass(frozen=True)
class Inputs:
    """`program` stands for our code, its engines and the fonts; `styles` for that, the content and a style's files."""

    program: str = ""
    styles: Mapping[str, str] = field(default_factory=dict)

    def job_key(self, job: Job) -> str:
        """A key for all that shapes this job's files, known before anything is rendered."""
        models = (job.rayon, *([job.subject] if job.subject else []), job.layout.facts)
        shown = (one.model_dump_json() for one in models)
        return key_of(self.styles.get(job.layout.style, ""), *_facts(job), repr(job.workshop), *shown)

    def product_key(self, job: Job, rendered: Rendered) -> str:
        """A key for all that shapes the product of this page: content that it does not show plays no part."""
        pictures = (part for name, data in sorted(rendered.assets.items()) for part in (name, data))
        layout = job.layout.facts.model_dump_json()
        look = (job.rayon.name, *rendered.colours.values())
        return key_of(self.program, *_facts(job), layout, *look, rendered.html, *rendered.stylesheets, *pictures)


def _facts(job: Job) -> tuple[str, ...]:
    paper = (repr(job.size), repr(job.paper), repr(job.sheets))
    return (job.layout.style, job.layout.name, job.edition, *paper, job.printshop.key, job.title, job.path.as_posix())


def read_inputs(workspace: Workspace, library: Library) -> Inputs:
    """Hash the program, the fonts, the styles and what was read."""
    source = Path(__file__).parent
    code = (path for path in source.rglob("*") if path.suffix in {".py", ".j2", ".icc"})
    fonts = (path for folder in workspace.fonts for path in folder.rglob("*"))
    engines = (f"{name} {version(name)}" for name in ENGINES)
    program = key_of(_hashed(code), _hashed(fonts), sys.version, *engines)
    shared = (library.poster, library.guide, library.brochure, *library.phases, *library.networks.values())
    texts = (model.model_dump_json() for model in shared)
    logos = (part for pair in library.logos.items() for part in pair)
    photos = (part for name, data in library.photos.items() for part in (name, data))
    content = key_of(program, *texts, *logos, *photos)
    styles = {
        style: key_of(content, _hashed(path for folder in workspace.layouts for path in (folder / style).rglob("*")))
        for style in library.styles
    }
    return Inputs(program, styles)


def _hashed(paths: Iterable[Path]) -> str:
    return files_key(sorted(path for path in paths if path.is_file()))
