"""The drawing kit that layouts call: cut paper, colours, measured type and small text helpers.

Every function is pure and seeded: the same arguments give the same drawing on every machine. Lengths are mm.
"""
