"""Sources of hashes: each a small adapter to one shape."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from balise.hotline.matching.exchange.rules.items import Adapter
from balise.hotline.matching.exchange.rules.sources.ncmec import Ncmec
from balise.hotline.matching.exchange.rules.sources.stopncii import StopNcii
from balise.hotline.matching.exchange.rules.sources.tat import TechAgainstTerrorism

SOURCES: Final[Mapping[str, Adapter]] = MappingProxyType(
    {one.code: one for one in (Ncmec(), StopNcii(), TechAgainstTerrorism())}
)
