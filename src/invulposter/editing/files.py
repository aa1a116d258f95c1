"""The content files that can be edited: what they are called in a workspace, in an address and by people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import cast

from pydantic import BaseModel

from invulposter.content import Network, Phase
from invulposter.rayon import Rayon
from invulposter.schema import MODELS
from invulposter.workspace import Workspace

#: Kinds of files of which there is one, and those of which there are many, with the folder they are in.
SINGLE = tuple(kind for kind, model in MODELS.items() if model not in {Phase, Network, Rayon})
_FOLDERS = {Phase: "fasen/{}.yaml", Network: "netwerken/{}.yaml", Rayon: "rayons/{}/rayon.yaml"}


@dataclass(frozen=True)
class ContentFile:
    """One file: its kind, as the schemas call it, and its id where there are more of that kind."""

    kind: str
    id: str = ""

    @property
    def model(self) -> type[BaseModel]:
        """The model of its data."""
        return MODELS[self.kind]

    @property
    def path(self) -> PurePosixPath:
        """Its path in a workspace, as messages and origins name it."""
        pattern = _FOLDERS.get(cast("type[Phase | Network | Rayon]", self.model), f"{self.kind}.yaml")
        return PurePosixPath("content", pattern.format(self.id))

    @property
    def slug(self) -> str:
        """Its name in an address: `kind` or `kind/id`."""
        return f"{self.kind}/{self.id}" if self.id else self.kind


def content_files(workspace: Workspace) -> tuple[ContentFile, ...]:
    """Every content file that is there, in the order of the kinds and then of the alphabet."""
    return tuple(_found(workspace.root))


def find_file(workspace: Workspace, slug: str) -> ContentFile | None:
    """The file with this name in an address; None where there is none."""
    return next((file for file in content_files(workspace) if file.slug == slug), None)


def file_at(workspace: Workspace, path: str) -> ContentFile | None:
    """The file with this path, as findings name it; None where it is no content file."""
    return next((file for file in content_files(workspace) if file.path.as_posix() == path), None)


def _found(root: Path) -> Iterator[ContentFile]:
    for kind, model in MODELS.items():
        if kind in SINGLE:
            one = ContentFile(kind)
            if (root / one.path).is_file():
                yield one
            continue
        pattern = _FOLDERS[cast("type[Phase | Network | Rayon]", model)]
        for path in sorted((root / "content").glob(pattern.format("*"))):
            yield ContentFile(kind, path.parent.name if model is Rayon else path.stem)
