"""`invulposter studio`."""

from __future__ import annotations

import asyncio
import contextlib
import os
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

import click

from invulposter.cli.common import main, sentences, workspace_option
from invulposter.errors import RequestError

_PROXY = """The studio listens on {host}:{port} without encryption. Put a proxy in front of it that
  - offers https to {public} with a valid certificate and passes on nothing that came in without;
  - passes Host and Origin on as the browser sent them: any other address is refused;
  - lets through no body above 210 MB and no client that sends slower than 10 seconds a part;
  - does not buffer answers of type text/event-stream, and keeps them open for at least 60 seconds;
  - limits how often {public}/aanmelden is tried, and who may reach it at all where that can be said.
Close port {port} to everybody but the proxy."""


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on.  [default: any free one]")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--host", metavar="ADDRESS", default="", help="Listen on this address for a proxy; asks for --password.")
@click.option("--public", metavar="URL", default="", help="With --host: the https address that people use.")
@click.option(
    "--password", default="", prompt=True, prompt_required=False, hide_input=True, envvar="INVULPOSTER_PASSWORD",
    help="With --host: what people sign in with; asked for where no value follows.",
)  # fmt: skip
@workspace_option
@sentences
def studio(port: int, no_browser: bool, host: str, public: str, password: str, folder: Path) -> None:
    """Open the studio in the browser: make, fill kits, edit texts, collect forms.

    Listens on this machine alone, under an address with a key in it. Stop it with Ctrl-C.
    """
    from invulposter.editing.office import office_workspace
    from invulposter.studio.guard import KEY
    from invulposter.studio.server import gate_of, serve
    from invulposter.web import HOST, bind

    if host or public:
        _refuse_unsafe(host, public, password)
    workspace = office_workspace(folder)
    listening = bind(port, host or HOST)
    port = listening.getsockname()[1]
    gate = gate_of(port, public, password if host else "")
    if host:
        click.echo(_PROXY.format(host=host, port=port, public=public))
    else:
        address = f"http://{HOST}:{port}/?{KEY}={gate.token}"
        click.echo(f"{address}  (stop with Ctrl-C)")
        if not no_browser and not webbrowser.open(address):
            click.echo("No browser was found: open the address yourself.", err=True)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(workspace, gate, listening, os.cpu_count() or 1))


def _refuse_unsafe(host: str, public: str, password: str) -> None:
    """Raise RequestError for a studio that others could reach without a key, or without knowing its name."""
    if not host:
        raise RequestError("--public is the address of a studio that others reach: it goes with --host")
    if len(password) < 10:
        raise RequestError("--host lets others reach the studio: give a --password of at least 10 characters")
    address = urlsplit(public)
    if address.scheme != "https" or not address.hostname or public != f"https://{address.netloc}":
        raise RequestError("--host goes with --public, the address that people use, such as https://studio.example")
