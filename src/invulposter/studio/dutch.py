"""Errors and findings as people read them in the browser: in Dutch, without a path of this machine."""

from __future__ import annotations

from invulposter.errors import InvalidInputError, InvulposterError, TypesetError


def sentence(error: InvulposterError) -> str:
    """What to tell about an error in the studio; what the error says in English stays for the terminal."""
    if isinstance(error, InvalidInputError):
        return "Er staat een fout in de teksten. Kijk bij Inhoud wat er mis is."
    if isinstance(error, TypesetError):
        return "Dit kon niet worden opgemaakt. Verander iets aan de keuze of de teksten en probeer het nog eens."
    return "Dit kan niet zo worden gemaakt. Verander iets aan de keuze en probeer het nog eens."
