"""Reads many files at once, each in a worker that may fail or hang without stopping the rest."""

import concurrent.futures
import dataclasses
import logging
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from invulposter.collect.read import Answers, Flattened, Question, read_answers, read_flattened
from invulposter.content import Poster
from invulposter.findings import Finding, Place, Severity
from invulposter.harvest import is_answered

#: Seconds for one file; an ordinary one takes some hundredths.
_PATIENCE = 20

Read = Answers | Flattened | Finding


@dataclass(frozen=True)
class Collected:
    """What came home: the answers in the order of the files, and what to say about the others."""

    answers: tuple[Answers, ...]
    findings: tuple[Finding, ...]


def collect(paths: Sequence[Path], poster: Poster, jobs: int = 2) -> Collected:
    """Read every file with `jobs` workers. Files that are not ours, empty or twice there are named and left out."""
    return gather(read_files(paths, jobs), poster, lambda path: Path(path).read_bytes())


def gather(reads: Iterable[Read], poster: Poster, pdf_of: Callable[[str], bytes]) -> Collected:
    """Sort out what was read; `pdf_of` gives the file of a form by its path, to find answers of flattened ones by."""
    findings: list[Finding] = []
    found: list[Answers | Flattened] = []
    asked: dict[tuple[Question, ...], tuple[Question, ...]] = {}
    for read in reads:
        if isinstance(read, Finding):
            findings.append(read)
        elif isinstance(read, Answers):
            # Forms of one edition ask the same: they share it, which keeps a thousand of them small.
            found.append(dataclasses.replace(read, questions=asked.setdefault(read.questions, read.questions)))
        else:
            found.append(read)
    answers = list(_unflattened(found, findings, pdf_of))
    kept: dict[object, Answers] = {}
    for one in answers:
        if not is_answered(one.values, poster):
            findings.append(_note(one.path, "collect-empty", "is not filled in; left out"))
        elif _content(one) in kept:
            other = kept[_content(one)].path
            findings.append(_note(one.path, "collect-duplicate", f"has the same answers as {other}; left out"))
        else:
            kept[_content(one)] = one
    return Collected(tuple(kept.values()), tuple(findings))


def read_files(paths: Sequence[Path], jobs: int) -> Iterator[Read]:
    """Give what each file holds, in the order of `paths`."""
    if not paths:
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=max(1, min(jobs, len(paths))), initializer=_silence, context=context) as pool:
        futures = [pool.schedule(_read_file, (path,), timeout=_PATIENCE) for path in paths]
        for path, future in zip(paths, futures, strict=True):
            try:
                yield future.result()
            except concurrent.futures.TimeoutError:
                yield _warning(path, "collect-damaged", f"could not be read within {_PATIENCE} seconds")
            except (ProcessExpired, MemoryError):
                yield _warning(path, "collect-damaged", "broke the program that reads it, so it is damaged")


def _read_file(path: Path) -> Read:
    try:
        return read_answers(path.read_bytes(), str(path))
    except OSError as error:
        return _warning(path, "collect-unreadable", f"can't be opened: {error.strerror}")


def _silence() -> None:
    """What pypdf logs about a damaged file is said by the finding."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def _unflattened(
    found: Sequence[Answers | Flattened], findings: list[Finding], pdf_of: Callable[[str], bytes]
) -> Iterator[Answers]:
    """A flattened form is read with the help of one of the same edition that still has its fields."""
    editions: Mapping[str, Answers] = {one.identity.edition: one for one in found if isinstance(one, Answers)}
    for one in found:
        if isinstance(one, Answers):
            yield one
            continue
        sibling = editions.get(one.edition)
        if sibling is None:
            message = (
                "is flattened: its answers are drawn on the page and no form of its edition is there to find them by"
            )
            findings.append(_warning(Path(one.path), "collect-flattened", message))
            continue
        read = read_flattened(one, sibling, pdf_of(sibling.path))
        if isinstance(read, Finding):
            findings.append(read)
            continue
        findings.append(_note(one.path, "collect-flattened", "is flattened: its texts were read, its ticks can't be"))
        yield read


def _content(one: Answers) -> object:
    """What makes two forms the same. Ticks alone do not: two people may well tick the same."""
    values = tuple(sorted((key, value) for key, value in one.values.items() if value))
    typed = any(isinstance(value, str) for _, value in values)
    return (one.identity, values, "" if typed else one.path)


def _warning(path: Path, code: str, message: str) -> Finding:
    return Finding(Place(str(path)), code, message, Severity.WARNING)


def _note(path: str, code: str, message: str) -> Finding:
    return Finding(Place(path), code, message, Severity.NOTE)
