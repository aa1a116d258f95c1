"""What short texts in content have to look like, as a regular expression and in words."""

import re
from collections.abc import Mapping

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
FILE_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
COLOUR = r"^#[0-9A-Fa-f]{6}$"
EMAIL = r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"

LINK = re.compile(r"(https?://[^\s<>\"'\\]+|mailto:[^\s<>\"'\\]+|tel:[+0-9() -]+)")
#: Control characters, line separators and the marks that turn the writing direction have no place in printed Dutch:
#: they hide text.
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")

#: Ends a sentence that begins with what stands there.
NOT: Mapping[str, str] = {
    ID: "is not an id: use lower-case letters, digits and single hyphens, such as oud-leden",
    FILE_NAME: "is not a file name: use letters, digits, dots and hyphens, without spaces, such as logo.svg",
    COLOUR: 'is not a colour: write # and six digits or letters a to f between quotes, such as "#1F4A43"',
    EMAIL: "is not an e-mail address, such as info@rayon.example",
}
