"""Files that an office hands in, taken apart and put together again before anything else sees them.

`svg` reduces a logo to a safe subset of shapes, `raster` decodes and re-encodes photos and logos. Both are
pure: bytes in, clean bytes or an `IntakeError` out. What they say is shown to offices, so it is Dutch.
"""

from invulposter.errors import InvulposterError


class IntakeError(InvulposterError):
    """A file that can't be used: `message` says why in one sentence, `advice` what to do about it."""

    def __init__(self, message: str, advice: str) -> None:
        self.message = message
        self.advice = advice
        super().__init__(f"{message} {advice}")


def legible(text: str, limit: int = 40) -> str:
    """Make foreign text fit for a message: at most `limit` characters, none of them invisible."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in cut)
