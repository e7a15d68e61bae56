"""A wording as data: sections of questions, read once, and its hash. Pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from balise.awareness.questions.rules import reading
from balise.awareness.questions.rules.questionnaires import Questionnaire

type Source = Mapping[str, Any]


def questionnaire(source: Source) -> Questionnaire:
    """Return the questions of a wording. Raises PackFaulty."""
    return reading.questionnaire(source["sections"], where="sections")


def canonical(source: Source) -> bytes:
    """Return a wording as it is published and hashed: JSON in UTF-8, its keys in order."""
    return json.dumps(
        source, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    ).encode()


def digest(source: Source) -> str:
    """Return the SHA-256 of a wording, in hexadecimal digits."""
    return hashlib.sha256(canonical(source)).hexdigest()
