"""What a PDF/X-4 says of itself (ISO 15930-7): how it will be printed, who made which version, and when.

"When" is always the same moment: the standard asks for a date, and the date of making would let equal files differ.
What tells two versions apart is the identifier, which comes from the contents.
"""

from dataclasses import dataclass
from uuid import UUID
from xml.sax.saxutils import escape

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from invulposter.finish.inks import Inks
from invulposter.finish.repaint import replace_data

#: PDF/X-4 is based on PDF 1.6 (ISO 15930-7, 6.1).
HEADER = b"%PDF-1.6"
_MOMENT, _XMP_MOMENT = "D:20000101000000Z", "2000-01-01T00:00:00Z"
_PRODUCER = "invulposter"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate><xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmpMM:DocumentID>uuid:{identifier}</xmpMM:DocumentID><xmpMM:InstanceID>uuid:{identifier}</xmpMM:InstanceID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass><xmpMM:VersionID>1</xmpMM:VersionID>
<pdf:Producer>{producer}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True)
class Condition:
    """A printing condition: its name in the ICC's registry (`Custom` where it has none) and what it is, in words."""

    identifier: str
    words: str


COATED = Condition("FOGRA39", "Offset, gestreken papier, ISO 12647-2:2004")
OWN = Condition("Custom", "Volgens het bijgevoegde ICC-profiel")


def claim(writer: PdfWriter, title: str, identity: bytes, inks: Inks, condition: Condition) -> None:
    """Let the file say that it is a PDF/X-4 for this condition; `identity` is 16 bytes that stand for its contents."""
    info: dict[str, str] = {
        "/Title": title,
        "/Creator": _PRODUCER,
        "/Producer": _PRODUCER,
        "/CreationDate": _MOMENT,
        "/ModDate": _MOMENT,
        "/GTS_PDFXVersion": "PDF/X-4",
    }
    writer.metadata = None
    writer.add_metadata(info)
    entries = writer._info
    assert entries is not None
    entries[NameObject("/Trapped")] = NameObject("/False")
    xmp = _XMP.format(
        title=escape(title), moment=_XMP_MOMENT, producer=_PRODUCER, identifier=UUID(bytes=identity, version=4)
    )
    writer.root_object[NameObject("/Metadata")] = writer._add_object(_metadata(xmp))
    writer.root_object[NameObject("/OutputIntents")] = ArrayObject([_intent(writer, inks, condition)])


def _metadata(xmp: str) -> StreamObject:
    """Plain, not deflated, so that any program finds it."""
    stream = StreamObject()
    stream._data = xmp.encode()
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    return stream


def _intent(writer: PdfWriter, inks: Inks, condition: Condition) -> IndirectObject:
    profile = StreamObject()
    profile[NameObject("/N")] = NumberObject(4)
    replace_data(profile, inks.profile)
    names = {"/Type": "/OutputIntent", "/S": "/GTS_PDFX"}
    words = {
        "/OutputConditionIdentifier": condition.identifier,
        "/OutputCondition": condition.words,
        "/RegistryName": "http://www.color.org",
        "/Info": inks.name,
    }
    intent = DictionaryObject({NameObject(key): NameObject(name) for key, name in names.items()})
    intent.update({NameObject(key): TextStringObject(text) for key, text in words.items()})
    intent[NameObject("/DestOutputProfile")] = writer._add_object(profile)
    return writer._add_object(intent)


def registration(writer: PdfWriter) -> IndirectObject:
    """The space of all inks at once (ISO 32000-2, 8.6.6.4), for marks that every plate needs."""
    tint = DictionaryObject(
        {
            NameObject("/FunctionType"): NumberObject(2),
            NameObject("/Domain"): ArrayObject([NumberObject(0), NumberObject(1)]),
            NameObject("/C0"): ArrayObject([NumberObject(0)] * 4),
            NameObject("/C1"): ArrayObject([NumberObject(1)] * 4),
            NameObject("/N"): NumberObject(1),
        }
    )
    names = ("/Separation", "/All", "/DeviceCMYK")
    return writer._add_object(ArrayObject([*map(NameObject, names), tint]))
