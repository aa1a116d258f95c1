"""The command line: reads options, calls the line, prints. No decisions of its own."""

from invulposter.cli import build, files, forms, kit, new, paper, preview, studio, verify, workspace
from invulposter.cli.common import main

__all__ = ["build", "files", "forms", "kit", "main", "new", "paper", "preview", "studio", "verify", "workspace"]
