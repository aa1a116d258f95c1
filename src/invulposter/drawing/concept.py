"""The word CONCEPT across a page: drawn letters, so that no check and no reader takes it for text of the page."""

from base64 import b64encode

#: Each letter as strokes in a box of 60 wide and 100 high.
_LETTERS = {
    "C": "M58 20Q46 2 28 4 4 8 4 50 4 92 28 96 46 98 58 80",
    "O": "M30 4Q4 4 4 50 4 96 30 96 56 96 56 50 56 4 30 4Z",
    "N": "M5 98V2L55 98V2",
    "E": "M55 4H6V96H55M6 50H46",
    "P": "M6 98V4H32Q56 4 56 29 56 54 32 54H6",
    "T": "M2 4H58M30 4V98",
}
_ADVANCE = 78


def concept() -> str:
    """A CSS `background:` declaration that shows the word large, slanted and see-through, for a draft."""
    word = "CONCEPT"
    strokes = "".join(
        f'<path transform="translate({number * _ADVANCE} 0)" d="{_LETTERS[letter]}"/>'
        for number, letter in enumerate(word)
    )
    width = len(word) * _ADVANCE
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-40 -240 {width + 60} 580">'
        f'<g transform="rotate(-24 {width / 2} 50)" fill="none" stroke="#808080" stroke-opacity="0.45"'
        f' stroke-width="11">'
        f"{strokes}</g></svg>"
    )
    return f"background:url(data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}) no-repeat 50% 50%/92% auto"
