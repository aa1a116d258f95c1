"""One attack: what is handed in, where it would stand in an office folder, what the refusal must name."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The first gate that has to stop it."""

    DRAWING = "drawing"
    PICTURE = "picture"
    CONTENT = "content"
    PAGE = "page"
    BUILD = "build"


class Kind(StrEnum):
    """What is put at `target`: a file with the payload in it, or a symbolic link to where the payload says."""

    FILE = "file"
    LINK = "link"


# Stands in payloads for the folder with files that nothing may open.
CANARY = "CANARY"
HTTP = "http://127.0.0.1:9/spy"


@dataclass(frozen=True)
class Case:
    """An attack.

    `target` is the file's place in an office's folder. `expect` is a piece of the refusal (empty where the
    payload has to come out as harmless text); `note` says what a whole build must show.
    """

    name: str
    stage: Stage
    target: str
    payload: str | bytes
    expect: str
    kind: Kind = Kind.FILE
    note: str = ""

    def aimed_at(self, canary: str) -> bytes:
        """The payload with the canary folder's own path filled in."""
        if isinstance(self.payload, bytes):
            return self.payload
        return self.payload.replace(CANARY, canary).encode()
