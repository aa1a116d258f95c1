"""The bytes of a PDF that was changed with pikepdf."""

from io import BytesIO

import pikepdf


def saved(document: pikepdf.Pdf) -> bytes:
    """The document as a file: the same bytes for the same document, its metadata as they are."""
    file = BytesIO()
    document.save(
        file,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return file.getvalue()
