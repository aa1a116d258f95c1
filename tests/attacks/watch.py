"""Sees every file that Python opens and every connection it makes, by the interpreter's own audit events."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import fsdecode
from pathlib import Path

_CONNECTIONS = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"})


@dataclass
class Watch:
    """What was seen below the forbidden folder, and on the network."""

    forbidden: Path
    opened: list[str] = field(default_factory=list)
    connections: list[str] = field(default_factory=list)

    def see(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = fsdecode(arguments[0])
            if path.startswith((str(self.forbidden), "/etc/passwd")):
                self.opened.append(path)
        elif event in _CONNECTIONS:
            self.connections.append(f"{event} {arguments}")


_watches: list[Watch] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    for watch in _watches:
        watch.see(event, arguments)


# A hook can't be taken away again, so there is one for all, which looks only while somebody watches.
sys.addaudithook(_hook)


@contextmanager
def watching(forbidden: Path) -> Iterator[Watch]:
    """Watch what happens inside the `with`."""
    watch = Watch(forbidden)
    _watches.append(watch)
    try:
        yield watch
    finally:
        _watches.remove(watch)
