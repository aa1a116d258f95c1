"""The progress bar of a build on a terminal: how far, how fast, how long still."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from invulposter.report import Artefact


class _Rate(ProgressColumn):
    """Files a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


def with_bar(batch: Iterator[Artefact], total: int, line: Callable[[Artefact], str]) -> Iterator[Artefact]:
    """Pass a batch on below a bar; `line` tells of an artefact that there is something to say of."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=total)
        for artefact in batch:
            progress.update(task, advance=1, description=artefact.path)
            if not artefact.made or artefact.findings or artefact.refused:
                progress.console.print(line(artefact), markup=False, highlight=False)
            yield artefact
