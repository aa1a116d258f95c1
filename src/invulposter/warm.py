"""What the server that workers are forked from imports once: the line, and the typesetter with it."""

import gc

# Nothing that is imported becomes garbage: looking for it is a fifth of the time, and each worker would look again.
gc.disable()

import invulposter.build  # noqa: E402, F401
from invulposter.typesetter import load  # noqa: E402

load()
gc.freeze()
# A document's objects go together, at its end: looking for garbage among them each time there are 700 more costs 3 to
# 15 % of its typesetting, each time there are 100,000 more some 2 %. What was in use at one look is looked at again
# soon: a whole document is much to keep.
gc.set_threshold(250_000, 3, 3)
gc.enable()
