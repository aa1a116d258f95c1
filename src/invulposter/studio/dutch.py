"""Errors and findings as people read them in the browser: in Dutch, without a path of this machine."""

from __future__ import annotations

from invulposter.errors import InvalidInputError, InvulposterError, TypesetError
from invulposter.findings import Finding, Severity

#: What is told about a form that was sent, by the finding's code.
_FORMS = {
    "collect-size": "is te groot voor een ingevuld formulier en is overgeslagen.",
    "collect-foreign": "is geen formulier van ons en is overgeslagen.",
    "collect-damaged": "is beschadigd en kan niet worden gelezen. Vraag het bestand nog eens.",
    "collect-moved": "is op andere bladzijden afgedrukt dan het formulier heeft. Vraag het formulier zelf.",
    "collect-encrypted": "is met een wachtwoord beveiligd. Vraag een kopie zonder wachtwoord.",
    "collect-empty": "is niet ingevuld en telt niet mee.",
    "collect-duplicate": "heeft dezelfde antwoorden als een ander bestand en telt niet nog eens mee.",
}
_FLATTENED = {
    Severity.WARNING: (
        "is ‘afgedrukt als pdf’: de antwoorden zijn alleen te lezen als er ook een gewoon formulier bij zit."
    ),
    Severity.NOTE: "is ‘afgedrukt als pdf’: de teksten zijn gelezen, de kruisjes kunnen niet worden gelezen.",
}


def sentence(error: InvulposterError) -> str:
    """What to tell about an error in the studio; what the error says in English stays for the terminal."""
    if isinstance(error, InvalidInputError):
        return "Er staat een fout in de teksten. Kijk bij Inhoud wat er mis is."
    if isinstance(error, TypesetError):
        return "Dit kon niet worden opgemaakt. Verander iets aan de keuze of de teksten en probeer het nog eens."
    return "Dit kan niet zo worden gemaakt. Verander iets aan de keuze en probeer het nog eens."


def of_form(finding: Finding) -> str:
    """What is told about one of the forms that were sent, with its file's name in front."""
    told = _FLATTENED.get(finding.severity, "") if finding.code == "collect-flattened" else _FORMS.get(finding.code)
    return f"{finding.place.path}: {told or 'kan niet worden gelezen.'}"
