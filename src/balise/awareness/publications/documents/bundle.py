"""What a bundle of files says of itself. Pure."""

import json
from collections.abc import Mapping
from typing import Any


def as_text(manifest: Mapping[str, Any]) -> bytes:
    """Return `manifest.json`."""
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
