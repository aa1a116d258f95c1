"""What the server that workers are forked from imports once: the line, and the typesetter with it."""

import invulposter.build  # noqa: F401
from invulposter.typesetter import load

load()
