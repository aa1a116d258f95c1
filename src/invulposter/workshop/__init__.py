"""The workshop kit: everything for one workshop, counted, on sheets, in the order in which it is printed.

`plan` says what comes in it and how often; `listing` turns what was made into a print list; `kit` makes the zip file.
"""
