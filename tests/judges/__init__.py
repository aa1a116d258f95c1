"""Independent readers of a finished file: none of them shares code with what makes it."""
