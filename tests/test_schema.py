"""The schemas that editors read are those of today's models."""

import pytest

from invulposter.schema import MODELS, schema
from invulposter.workspace import built_in


@pytest.mark.parametrize("name", MODELS)
def test_the_schema_beside_the_content_is_current(name: str) -> None:
    written = (built_in() / "content" / "schema" / f"{name}.json").read_text("utf-8")
    assert written == schema(name), "run 'make schema'"
