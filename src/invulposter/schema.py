"""JSON Schemas of the content files, for editors that complete and check while one types.

`python -m invulposter.schema FOLDER` writes them; `make schema` does so for the sample content.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from invulposter.content import Brochure, Guide, Network, Phase, Poster
from invulposter.rayon import Rayon

#: The schema's file name and the model that it describes.
MODELS: dict[str, type[BaseModel]] = {
    "fase": Phase,
    "invulposter": Poster,
    "handleiding": Guide,
    "brochure": Brochure,
    "netwerk": Network,
    "rayon": Rayon,
}


def schema(name: str) -> str:
    """The JSON Schema (draft 2020-12) of one kind of file, with the Dutch keys."""
    described: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    described |= MODELS[name].model_json_schema(by_alias=True)
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def main(folder: Path) -> None:
    """Write every schema into `folder`."""
    for name in MODELS:
        (folder / f"{name}.json").write_text(schema(name), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
