"""What the commands share: the group, options, and how errors end a command."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from invulposter import __version__
from invulposter.errors import InvalidInputError, InvulposterError
from invulposter.findings import Finding

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

workspace_option = click.option(
    "--workspace",
    "-w",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="Folder to look from for a content/ folder, upwards.  [default: this folder]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


def sentences(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """End a command with the error's own sentence and exit status instead of a traceback."""

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except InvalidInputError as error:
            click.echo(error, err=True)
            click.echo(f"{count(len(error.findings), 'mistake')} in the content; nothing was made.", err=True)
            sys.exit(error.exit_status)
        except InvulposterError as error:
            click.echo(f"invulposter: {error}", err=True)
            sys.exit(error.exit_status)
        except BrokenPipeError:
            raise
        except OSError as error:
            click.echo(f"invulposter: {error.filename or 'a file'}: {error.strerror or error}", err=True)
            sys.exit(InvulposterError.exit_status)

    return run


def count(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it needs one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


#: The module that each command stands in: a command loads what it needs itself, and nothing of the others.
MODULES = {
    "build": "build",
    "calibrate": "paper",
    "check": "workspace",
    "collect": "forms",
    "doctor": "workspace",
    "impose": "paper",
    "init": "workspace",
    "kit": "kit",
    "list": "workspace",
    "new": "new",
    "preflight": "files",
    "preview": "preview",
    "studio": "studio",
    "verify": "verify",
}


class _Commands(click.Group):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in MODULES:
            importlib.import_module(f"invulposter.cli.{MODULES[cmd_name]}")
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="invulposter")
def main() -> None:
    """Make printable posters, guides, cards and handouts for workshops on networking."""


def report(problems: Sequence[Finding]) -> None:
    """Print findings, a line each, apart from what the command gives."""
    for problem in problems:
        click.echo(problem, err=True)
