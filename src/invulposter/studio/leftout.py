"""What is left out because there is a mistake in its file: told wherever rayons and networks are chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from invulposter.content import Network
from invulposter.editing.files import ContentFile, content_files
from invulposter.editing.saving import open_file
from invulposter.errors import WorkspaceError
from invulposter.library import Library
from invulposter.rayon import Rayon
from invulposter.studio.content_forms import address, name_of
from invulposter.workspace import Workspace


@dataclass(frozen=True)
class LeftOut:
    """Rayons and networks for which nothing can be made, by id: the name of each, and where it can be mended."""

    rayons: Mapping[str, Mend]
    networks: Mapping[str, Mend]

    def __iter__(self) -> Iterator[Mend]:
        """Each of them, rayons first."""
        yield from self.rayons.values()
        yield from self.networks.values()


@dataclass(frozen=True)
class Mend:
    """One of them: what people call it, and the address of its form."""

    name: str
    address: str


#: Nothing is wrong.
NOTHING = LeftOut({}, {})


def left_out(workspace: Workspace, library: Library) -> LeftOut:
    """What has a file in the workspace and is not in the library that was read from it."""
    if not library.problems:
        return NOTHING
    files = content_files(workspace)
    return LeftOut(
        _missing(workspace, [file for file in files if file.model is Rayon], library.rayons),
        _missing(workspace, [file for file in files if file.model is Network], library.networks),
    )


def _missing(workspace: Workspace, files: Sequence[ContentFile], known: Mapping[str, object]) -> dict[str, Mend]:
    return {file.id: Mend(_name(workspace, file), address(file)) for file in files if file.id not in known}


def _name(workspace: Workspace, file: ContentFile) -> str:
    try:
        return name_of(file, open_file(workspace, file).data)
    except WorkspaceError:
        return file.id


def rayon_choices(library: Library, left: LeftOut) -> list[tuple[str, str]]:
    """The rayons to choose from by name, then those for which nothing can be made: whoever misses one finds it."""
    there = sorted(((key, rayon.name) for key, rayon in library.rayons.items()), key=lambda pair: pair[1])
    return [*there, *_not_now(left.rayons)]


def network_choices(library: Library, keys: Sequence[str], left: LeftOut) -> list[tuple[str, str]]:
    """The networks of these ids to choose from, then those for which nothing can be made."""
    return [*((key, library.networks[key].name) for key in keys), *_not_now(left.networks)]


def _not_now(left: Mapping[str, Mend]) -> Iterator[tuple[str, str]]:
    return ((key, f"{mend.name} (kan nu niet)") for key, mend in left.items())
