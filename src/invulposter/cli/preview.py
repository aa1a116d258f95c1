"""`invulposter preview`."""

from __future__ import annotations

import asyncio
import contextlib
import webbrowser
from pathlib import Path
from urllib.parse import urlencode

import click

from invulposter.cli.common import main, sentences, workspace_option
from invulposter.workspace import find_workspace


@main.command()
@click.argument("layout", required=False, default="", metavar="[LAYOUT]")
@click.option("--rayon", metavar="ID", default="", help="Whose colours and logo to start with.")
@click.option("--network", metavar="ID", default="", help="Which network to start with.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on.  [default: any free one]")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@workspace_option
@sentences
def preview(layout: str, rayon: str, network: str, port: int, no_browser: bool, folder: Path) -> None:
    """Show a LAYOUT (a name, or STYLE/NAME) in the browser and again after every change that you save.

    Listens on this machine alone. Stop it with Ctrl-C.
    """
    from invulposter.preview.server import serve
    from invulposter.web import HOST, bind

    workspace = find_workspace(folder)
    listening = bind(port)
    asked = {"layout": layout, "rayon": rayon, "subject": network}
    query = urlencode({key: value for key, value in asked.items() if value})
    address = f"http://{HOST}:{listening.getsockname()[1]}/" + (f"?{query}" if query else "")
    click.echo(f"{address}  (stop with Ctrl-C)")
    if not no_browser and not webbrowser.open(address):
        click.echo("No browser was found: open the address yourself.", err=True)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(workspace, folder.resolve(), listening))
