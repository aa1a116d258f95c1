"""The command line: reads options, calls the line, prints. No decisions of its own."""

from invulposter.cli.common import main

__all__ = ["main"]
