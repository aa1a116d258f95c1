"""What was found when a command was last run: where no file has changed since, `build.json` has the answer.

As make and git's index do: files are known by what the file system tells of them, and none of them is opened.
So nothing that reads content has to be imported either.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from invulposter.cache import Cache, Entry, key_of
from invulposter.findings import Finding, errors, finding_from
from invulposter.report import BUILD_FILE, INDEX_FILE, Artefact, merged, read_report, stands, to_json
from invulposter.request import Request
from invulposter.workspace import Workspace
from invulposter.write import write_file

#: In seconds. FAT keeps times to two of them: a file that changed so shortly before a build may change again during
#: it, and look the same.
SETTLED = 2.0


@dataclass(frozen=True)
class Known:
    """What a command would find again: artefacts, and what is worth knowing of the content."""

    artefacts: tuple[Artefact, ...]
    problems: tuple[Finding, ...]


@dataclass(frozen=True)
class Memory:
    """Of one command: where it is kept, the folder of its output, and the state of what it is made from.

    `inputs` is the state at the moment `since` (seconds since 1970), before anything was read, so that a change during
    the build is not missed; None where the newest file is too young to be known by its times.
    """

    cache: Cache
    key: str
    out: Path
    inputs: str | None
    since: float

    def recall(self) -> Known | None:
        """What the command gave when it was last run, where no file of it has changed; else None.

        Raises WorkspaceError where the report has to say anew that nothing was made, and can't be written.
        """
        entry = self.cache.get(self.key) if self.inputs else None
        if entry is None or entry.facts.get("inputs") != self.inputs:
            return None
        earlier = {artefact.path: artefact for artefact in read_report(self.out)}
        try:
            artefacts = tuple(earlier[path] for path in entry.facts["paths"])
            problems = tuple(map(finding_from, entry.facts["problems"]))
            if (entry.facts["outputs"], entry.facts["report"]) != (_outputs(artefacts, self.out), self._report()):
                return None
        except (KeyError, TypeError, ValueError, OSError):
            return None
        known = Known(tuple(replace(artefact, cached=True, seconds=0.0) for artefact in artefacts), problems)
        everything = merged(known.artefacts, earlier, self.out)
        if len(everything) < len(earlier):
            return None
        if everything != tuple(earlier.values()):
            # The gallery tells nothing of when things were made.
            write_file(self.out / BUILD_FILE, to_json(everything).encode())
            with contextlib.suppress(OSError):  # gone again: the next run will see
                self.cache.put(self.key, Entry({**entry.facts, "report": self._report()}, {}))
        return known

    def remember(self, artefacts: Sequence[Artefact], problems: Sequence[Finding]) -> None:
        """Keep what a build gave, where all was made, nothing is wrong, and it stands in the output folder."""
        if self.inputs is None or errors([*problems]):
            return
        earlier = {artefact.path: artefact for artefact in read_report(self.out)}
        try:
            reported = tuple(earlier[artefact.path] for artefact in artefacts)
            outputs, report = _outputs(reported, self.out), self._report()
        except (KeyError, OSError):
            return
        # After their state was taken: what another build puts in their place from here on, has another.
        if all(self._as_found(artefact) or stands(artefact, self.out) for artefact in reported):
            facts = {
                "inputs": self.inputs,
                "outputs": outputs,
                "report": report,
                "paths": [artefact.path for artefact in reported],
                "problems": [asdict(problem) for problem in problems],
            }
            self.cache.put(self.key, Entry(facts, {}))

    def _as_found(self, artefact: Artefact) -> bool:
        """Whether its PDF has not changed since the build began, which left alone what it found to be right."""
        with contextlib.suppress(OSError):
            stat = (self.out / artefact.path).stat()
            return max(stat.st_mtime, stat.st_ctime) < self.since - SETTLED
        return False

    def _report(self) -> str:
        """The state of the report. Raises OSError where there is none."""
        return _state(BUILD_FILE, (self.out / BUILD_FILE).stat())


def memory_of(request: Request, workspace: Workspace, out: Path, cache: Cache) -> Memory:
    """The memory of the command that asks for this, there. Looks at every file that it could read."""
    folders = (workspace.content, *workspace.layouts, *workspace.fonts, Path(__file__).parent)
    key = key_of("untouched", repr(request), request.printshop.key, *map(str, (*folders, out.resolve())))
    started = time.time()
    files = tuple(_files(folders))
    newest = max((max(stat.st_mtime, stat.st_ctime) for _, stat in files if stat), default=0.0)
    settled = started - newest >= SETTLED
    inputs = key_of(sys.version, *_installed(), *(_state(path, stat) for path, stat in files))
    return Memory(cache, key, out, inputs if settled else None, started)


def _files(folders: Iterable[Path | str]) -> Iterator[tuple[str, os.stat_result | None]]:
    """Everything below the folders, in order: files with what is known of them, folders by their names alone."""
    for folder in folders:
        for entry in _entries(folder):
            if entry.is_dir(follow_symlinks=False):
                yield entry.path, None
                yield from _files([entry.path])
            else:
                yield entry.path, _stat(entry)


def _entries(folder: Path | str) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted((entry for entry in found if entry.name != "__pycache__"), key=lambda entry: entry.name)
    except OSError:
        return ()


def _stat(entry: os.DirEntry[str]) -> os.stat_result | None:
    with contextlib.suppress(OSError):  # a link to nothing, or gone since
        return entry.stat()
    return None


def _state(path: str, stat: os.stat_result | None) -> str:
    of_file = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino) if stat else ()
    return f"{path} {of_file}"


def _installed() -> Iterator[str]:
    """What is installed beside us, engines among it: the names of folders with facts tell versions too."""
    for folder in sorted({*sys.path}):
        yield from (one.name for one in _entries(folder or ".") if one.name.endswith((".dist-info", ".egg-info")))


def _outputs(artefacts: Iterable[Artefact], out: Path) -> str:
    """The state of what was written, but for the report. Raises OSError where some of it is gone."""
    paths = (INDEX_FILE, *(file for one in artefacts for file in one.files))
    # Thousands of paths: to put one together as a Path takes as long as to ask for its state.
    return key_of(*(_state(path, os.stat(f"{out}/{path}")) for path in paths))  # noqa: PTH116
