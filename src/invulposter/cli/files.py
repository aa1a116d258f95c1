"""The commands that take PDF files, ours or anybody's: preflight."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from invulposter.cli.common import count, json_option, main, sentences
from invulposter.findings import Severity


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@json_option
@sentences
def preflight(files: tuple[Path, ...], as_json: bool) -> None:
    """Judge PDF files, ours or anybody's: what a printer or a reader would stumble over, and what to do.

    Exit status: 0 nothing serious; 1 a file has an error; 2 a file can't be read.
    """
    from invulposter.preflight import preflight as judge

    missing = [file for file in files if not file.is_file()]
    if missing:
        raise click.UsageError(f"no such file: {', '.join(map(str, missing))}")
    found = {str(file): judge(file.read_bytes()) for file in files}
    if as_json:
        click.echo(json.dumps({file: [asdict(one) for one in some] for file, some in found.items()}, indent=1))
    else:
        for file, findings in found.items():
            click.echo(f"{file}: {count(len(findings), 'finding')}" if findings else f"{file}: nothing to remark")
            for finding in findings:
                click.echo(f"  {finding.severity}: {finding}")
    sys.exit(any(one.severity is Severity.ERROR for findings in found.values() for one in findings))
