"""Editing content in forms: what a form asks, how it is saved and undone, and how much room a text has left."""
