"""What a PDF is for."""

from enum import StrEnum


class Edition(StrEnum):
    """What a PDF is for: reading and filling in, the office's own printer, a print shop."""

    SCREEN = "screen"
    OFFICE = "office"
    PRESS = "press"
