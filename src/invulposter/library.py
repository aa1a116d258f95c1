"""Reading a workspace: its content, its rayons, and what its layouts say of themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from invulposter.cautions import alike, left_to_write, misnamed
from invulposter.content import Brochure, Guide, Network, Phase, Poster
from invulposter.errors import InvalidInputError
from invulposter.findings import Finding, Place, Severity, errors
from invulposter.intake import IntakeError
from invulposter.intake.logo import clean_photo, logo_data_uri
from invulposter.layout import FACTS, PAGE, Layout, LayoutFacts, parse_facts
from invulposter.rayon import Rayon
from invulposter.references import duplicates, phase_ids, poster_ids, unknown_in_network, unknown_in_rayon
from invulposter.words import slug
from invulposter.workspace import Workspace, built_in
from invulposter.yamlsource import Path as YamlPath
from invulposter.yamlsource import Source, parse, texts, validate

#: Content files are small; a photo may be large.
MAX_FILE_BYTES = 25_000_000
Parsed = TypeVar("Parsed", bound=BaseModel)
Clean = TypeVar("Clean", str, bytes)


@dataclass(frozen=True)
class Library:
    """Everything that was read, valid and linked; `origins` gives the places of every text, as `path:line`."""

    phases: tuple[Phase, ...]
    poster: Poster
    guide: Guide
    brochure: Brochure
    networks: Mapping[str, Network]
    rayons: Mapping[str, Rayon]
    layouts: Mapping[tuple[str, str], Layout]
    logos: Mapping[str, str]
    photos: Mapping[str, bytes]
    origins: Mapping[str, tuple[str, ...]]
    problems: tuple[Finding, ...] = field(default=())

    @property
    def styles(self) -> tuple[str, ...]:
        """The styles there are, in alphabetical order."""
        return tuple(sorted({style for style, _ in self.layouts}))

    def networks_of(self, rayon: Rayon) -> tuple[Network, ...]:
        """The networks of a rayon, in the order that it names them in; all of them by name where it names none."""
        if rayon.networks is not None:
            return tuple(self.networks[key] for key in dict.fromkeys(rayon.networks))
        return tuple(sorted(self.networks.values(), key=lambda network: slug(network.name)))


class _Reader:
    """Reads files of one workspace and gathers what is wrong with them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.findings: list[Finding] = []
        self.sources: dict[str, Source] = {}

    def shown(self, path: Path) -> str:
        """A path as messages show it: relative to the workspace, or to the built-in samples."""
        for base in (self.workspace.root, built_in()):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.name

    def text(self, path: Path) -> str | None:
        """A file's text, or None after noting why it can't be read."""
        place = Place(self.shown(path), 1, 1)
        data = self._bytes(path, place)
        try:
            return None if data is None else data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            problem = f"the file is not UTF-8 text (byte {error.start}); save it as UTF-8"
            self.findings.append(Finding(place, "file", problem))
            return None

    def _bytes(self, path: Path, place: Place) -> bytes | None:
        """A file's bytes, or None after noting at `place` why it can't be read."""
        try:
            if not any(path.resolve().is_relative_to(base.resolve()) for base in self._bases()):
                problem = "is a link to outside the workspace; copy the file here instead"
            elif path.exists() and not path.is_file():
                problem = "is not a file"
            elif path.stat().st_size > MAX_FILE_BYTES:
                problem = f"is larger than {MAX_FILE_BYTES // 1_000_000} MB"
            else:
                return path.read_bytes()
        except FileNotFoundError:
            problem = "is missing"
        except OSError as error:
            problem = f"can't be read: {error.strerror}"
        except RuntimeError:  # Python 3.11, of a link that leads to itself
            problem = "is a link that leads to itself"
        self.findings.append(Finding(place, "file", f"{path.name} {problem}"))
        return None

    def _bases(self) -> tuple[Path, ...]:
        return (self.workspace.content, *self.workspace.layouts)

    def model(self, path: Path, model: type[Parsed]) -> Parsed | None:
        """A YAML file as a model, or None after noting every mistake in it."""
        text = self.text(path)
        if text is None:
            return None
        source = parse(text, self.shown(path))
        if isinstance(source, Finding):
            self.findings.append(source)
            return None
        self.sources[source.path] = source
        parsed = validate(source, model)
        if isinstance(parsed, tuple):
            self.findings.extend(parsed)
            return None
        return parsed

    def models(self, paths: list[Path], model: type[Parsed], name: Callable[[Path], str]) -> dict[str, Parsed]:
        """Models by id; a file whose id differs from its name is noted."""
        found: dict[str, Parsed] = {}
        for path in paths:
            parsed = self.model(path, model)
            if parsed is None:
                continue
            own_id: str = parsed.id  # type: ignore[attr-defined]
            if own_id != name(path):
                place = self.sources[self.shown(path)].place(("id",))
                self.findings.append(Finding(place, "id", f"id '{own_id}' differs from the name '{name(path)}'"))
                continue
            found[own_id] = parsed
        return found

    def ids(self, phases: tuple[Phase, ...], poster: Poster | None) -> list[tuple[str, Source, YamlPath]]:
        """Every id of phases and poster, with where it stands."""
        found = [
            (own_id, self.sources[f"content/fasen/{phase.id}.yaml"], path)
            for phase in phases
            for own_id, path in phase_ids(phase)
        ]
        if poster:
            found += [(own_id, self.sources["content/invulposter.yaml"], path) for own_id, path in poster_ids(poster)]
        return found

    def networks(self, phases: tuple[Phase, ...]) -> dict[str, Network]:
        """The networks whose tips and questions all exist; without phases that can't be judged."""
        paths = sorted((self.workspace.content / "netwerken").glob("*.yaml"))
        found = self.models(paths, Network, lambda path: path.stem)
        return {
            key: network
            for key, network in found.items()
            if not phases
            or self._right(unknown_in_network(network, self.sources[f"content/netwerken/{key}.yaml"], phases))
        }

    def rayons(self, networks: Collection[str], styles: Collection[str]) -> dict[str, Rayon]:
        """The rayons whose networks, style and logo all exist."""
        folder = self.workspace.content / "rayons"
        paths = sorted(path / "rayon.yaml" for path in folder.glob("*") if path.is_dir())
        found = self.models(paths, Rayon, lambda path: path.parent.name)
        return {
            key: rayon
            for key, rayon in found.items()
            if self._right(unknown_in_rayon(rayon, self.sources[f"content/rayons/{key}/rayon.yaml"], networks, styles))
        }

    def logos(self, rayons: Mapping[str, Rayon]) -> dict[str, str]:
        """The logos by rayon, cleaned, as data URIs; a logo that can't be used is noted and left out."""
        found = {}
        for key, rayon in rayons.items():
            place = self.sources[f"content/rayons/{key}/rayon.yaml"].place(("logo",))
            logo = self._taken_in(self.workspace.content / "rayons" / key / rayon.logo, place, logo_data_uri)
            if logo is not None:
                found[key] = logo
        return found

    def _taken_in(
        self, path: Path, place: Place, clean: Callable[[bytes], tuple[Clean, tuple[str, ...]]]
    ) -> Clean | None:
        """A picture as `clean` makes it, or None; what was done to it or why it can't be used is noted at `place`."""
        data = self._bytes(path, place)
        if data is None:
            return None
        try:
            picture, notes = clean(data)
        except IntakeError as error:
            message = f"{path.name}: {error.message}"
            self.findings.append(Finding(place, "picture-refused", message, advice=error.advice))
            return None
        self.findings += [Finding(place, "picture-changed", f"{path.name}: {note}", Severity.NOTE) for note in notes]
        return picture

    def photos(
        self, phases: Iterable[Phase], networks: Mapping[str, Network], guide: Guide | None, brochure: Brochure | None
    ) -> dict[str, bytes]:
        """The photos that content names, by file name, cleaned; one that can't be used is noted and left out."""
        named: dict[str, Phase | Network | Guide | Brochure | None] = {
            **{f"content/fasen/{phase.id}.yaml": phase for phase in phases},
            **{f"content/netwerken/{key}.yaml": network for key, network in networks.items()},
            "content/handleiding.yaml": guide,
            "content/brochure.yaml": brochure,
        }
        found = {}
        for path, model in named.items():
            if model and model.photo:
                place = self.sources[path].place(("foto", "bestand"))
                photo = self._taken_in(self.workspace.content / "fotos" / model.photo.file, place, clean_photo)
                if photo is not None:
                    found[model.photo.file] = photo
        return found

    def _right(self, findings: Iterable[Finding]) -> bool:
        mistakes = tuple(findings)
        self.findings.extend(mistakes)
        return not mistakes

    def layouts(self) -> dict[tuple[str, str], Layout]:
        """Every layout by style and name; the office's own folders shadow the built-in ones."""
        found: dict[tuple[str, str], Layout] = {}
        for path in self._layout_files():
            key = (path.parts[-3], path.parts[-2])
            text = self.text(path) if key not in found else None
            if text is None:
                continue
            facts = parse_facts(text, self.shown(path))
            if not isinstance(facts, LayoutFacts):
                self.findings.extend(facts)
            elif self._has_pages(path.parent):
                found[key] = Layout(name=key[1], style=key[0], folder=path.parent, facts=facts)
        return dict(sorted(found.items()))

    def _has_pages(self, layout: Path) -> bool:
        """Whether a layout's folder has its page template, or its style has one for all; notes where neither has."""
        there = any((folder / PAGE).is_file() for folder in (layout, layout.parent))
        if not there:
            self.findings.append(Finding(Place(self.shown(layout / PAGE), 1, 1), "file", f"{PAGE} is missing"))
        return there

    def _layout_files(self) -> Iterator[Path]:
        """Where the facts of each layout stand, or should: beside its pages."""
        for folder in self.workspace.layouts:
            layouts = {path.parent for name in (FACTS, PAGE) for path in folder.glob(f"*/*/{name}")}
            yield from (layout / FACTS for layout in sorted(layouts) if not layout.name.startswith("_"))

    def caution(self, phases: Iterable[Phase], networks: Iterable[str], rayons: Iterable[str]) -> None:
        """Note what is right and yet hardly meant, in what can be used."""
        of_phases = {one.id: self.sources[f"content/fasen/{one.id}.yaml"] for one in phases}
        of_networks = {key: self.sources[f"content/netwerken/{key}.yaml"] for key in networks}
        of_rayons = {key: self.sources[f"content/rayons/{key}/rayon.yaml"] for key in rayons}
        self.findings += left_to_write((*of_networks.values(), *of_rayons.values()))
        self.findings += alike(of_phases, ("volgorde",))
        self.findings += (*alike(of_networks, ("naam",)), *alike(of_rayons, ("naam",)))
        files = (
            path for name in ("fasen", "netwerken", "rayons/*") for path in self.workspace.content.glob(f"{name}/*")
        )
        self.findings += misnamed(path.relative_to(self.workspace.root) for path in sorted(files))


def read_library(workspace: Workspace) -> Library:
    """Read and check the whole workspace.

    What everything rests on (phases, the poster, the texts of guide and brochure) must be right: otherwise
    InvalidInputError names every mistake in the workspace. A rayon, network or layout that is wrong is left
    out, and its mistakes stand in `problems`: the others can still be made.
    """
    reader = _Reader(workspace)
    folder = workspace.content
    found_phases = reader.models(sorted((folder / "fasen").glob("*.yaml")), Phase, lambda path: path.stem)
    poster = reader.model(folder / "invulposter.yaml", Poster)
    guide = reader.model(folder / "handleiding.yaml", Guide)
    brochure = reader.model(folder / "brochure.yaml", Brochure)
    phases = tuple(sorted(found_phases.values(), key=lambda phase: phase.order))
    if not phases:
        reader.findings.append(Finding(Place("content/fasen", 1, 1), "file", "there is no valid phase in this folder"))
    reader.findings.extend(duplicates(reader.ids(phases, poster)))
    shared_is_right = not errors(reader.findings)
    layouts = reader.layouts()
    networks = reader.networks(phases if shared_is_right else ())
    rayons = reader.rayons(networks, {style for style, _ in layouts})
    logos = reader.logos(rayons)
    photos = reader.photos(phases, networks, guide, brochure)
    reader.caution(phases, networks, rayons)
    findings = tuple(sorted(set(reader.findings)))
    if not shared_is_right or poster is None or guide is None or brochure is None:
        raise InvalidInputError(findings)
    usable = {key: rayon for key, rayon in rayons.items() if key in logos}
    origins: dict[str, tuple[str, ...]] = {}
    for text, place in (pair for source in reader.sources.values() for pair in texts(source)):
        origins[text] = (*origins.get(text, ()), place)
    return Library(phases, poster, guide, brochure, networks, usable, layouts, logos, photos, origins, findings)
