"""The law as it stood when a case named it: for tests of those who keep cases."""

import orjson

from balise.foundation.clock import now
from balise.takedown.law.models import FrozenLaw
from balise.takedown.law.rules.offences import packed, read_law


def frozen_digests() -> list[str]:
    """Return the packs that are kept, by digest."""
    return list(FrozenLaw.objects.values_list("digest", flat=True))


def freeze_with(*, old: str, new: str, country: str = "fr") -> str:
    """Keep a pack in which some words read otherwise than today's, and return its digest."""
    contents = packed(country).decode().replace(old, new)
    digest = read_law(orjson.loads(contents)).digest
    FrozenLaw.objects.create(digest=digest, country=country, contents=contents, frozen_at=now())
    return digest
