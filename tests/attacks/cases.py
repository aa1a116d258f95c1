"""The whole corpus."""

from .builds import BUILDS
from .case import Case
from .contents import CONTENTS
from .drawings import DRAWINGS
from .pages import PAGES
from .pictures import PICTURES

CASES: tuple[Case, ...] = (*DRAWINGS, *PICTURES, *CONTENTS, *PAGES, *BUILDS)
