"""The exceptions that reach a user: one useful sentence each, and an exit status."""

from __future__ import annotations

from collections.abc import Iterable

from invulposter.findings import Finding


class InvulposterError(Exception):
    """Something the user can mend. `exit_status` is what the command ends with."""

    exit_status = 2


class InvalidInputError(InvulposterError):
    """Content, a rayon or a layout is wrong: carries every mistake found, not only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(set(findings)))
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type[InvalidInputError], tuple[tuple[Finding, ...]]]:
        """Let it come out of a worker with its findings."""
        return type(self), (self.findings,)


class RequestError(InvulposterError):
    """What was asked for does not exist or can't be combined."""


class WorkspaceError(InvulposterError):
    """A folder that is needed can't be found, read or written."""


class TypesetError(InvulposterError):
    """One document could not be typeset; the others go on."""

    exit_status = 1
