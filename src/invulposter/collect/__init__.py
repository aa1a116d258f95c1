"""Reads filled-in forms back and makes one table of them.

Nothing leaves the machine: files are read where they are, and only the outputs that were asked for are written.
"""
