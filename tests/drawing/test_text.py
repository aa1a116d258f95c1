from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invulposter.drawing import text


def test_lines_are_joined_and_escaped():
    assert text.br(["a < b", "c"]) == '<span class="lines">a &lt; b\nc</span>'
    assert text.br(["a < b"]) == "a &lt; b"


def test_the_last_words_hold_together():
    assert text.orphan("Wie kent jou al een beetje") == "Wie kent jou al\u00a0een\u00a0beetje"
    assert text.orphan("Kijk nog eens na of het zo is").endswith("het\u00a0zo\u00a0is")
    assert text.orphan("Samenkomen") == "Samenkomen"


def test_dutch_dates():
    day = date(2026, 3, 12)
    assert text.datum(day) == "do 12 maart"
    assert text.datum_lang(day) == "donderdag 12 maart 2026"
    assert [text.datum(date(2026, month, 1)).split()[-1] for month in (1, 8, 9)] == [
        "januari",
        "augustus",
        "september",
    ]


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("https://www.netwerk.example/", "netwerk.example"),
        ("http://netwerk.example/duinrand?a=1", "netwerk.example/duinrand?a=1"),
        ("mailto:info@netwerk.example", "info@netwerk.example"),
    ],
)
def test_addresses_are_short(url, short):
    assert text.kort(url) == short


def test_markdown_of_a_paragraph_and_a_list():
    assert text.md("Een **vet** woord\n\n- een\n- twee\n") == (
        "<p>Een <strong>vet</strong> woord</p>\n<ul>\n<li>een</li>\n<li>twee</li>\n</ul>\n"
    )
    assert text.md_inline("een *cursief* woord") == "een <em>cursief</em> woord"


def test_links_go_to_known_schemes_only():
    assert text.md_inline("[hier](https://a.example)") == '<a href="https://a.example">hier</a>'
    for target in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "//a.example",
        "elders.html",
    ):
        assert "<a" not in text.md_inline(f"[hier]({target})")


def test_no_html_images_or_headings_come_in():
    html = text.md("# Kop\n\n<b onclick=x>v</b>\n\n![p](https://a.example/p.png)\n\n<script>x</script>")
    assert "<h1" not in html
    assert "<b" not in html
    assert "<img" not in html
    assert "<script" not in html


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        assert {name for name, _ in attrs} <= {"href", "title", "start"}


@settings(max_examples=200)
@given(st.text("ab<>!&\"'[]()*_`#-\n :/htpsjavscrip\\", max_size=60))
def test_whatever_is_written_only_plain_tags_come_out(source):
    tags = Tags()
    tags.feed(text.md(source))
    assert tags.found <= {"p", "ul", "ol", "li", "em", "strong", "a", "code", "br", "blockquote"}
