"""`python -m invulposter`."""

from invulposter.cli import main

main()
