"""How each of the seventeen invented platforms behaves. Their names and channels are in the
directory's demonstration pack; a test sees to it that the two agree.
"""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How a platform wants to be told."""

    API = "api"
    MAIL = "mail"
    PORTAL = "portal"
    FORM = "form"


class Manner(StrEnum):
    """What a platform does with what it is told."""

    QUICK = "quick"
    SLOW = "slow"
    REFUSING = "refusing"
    SILENT = "silent"
    FLAKY = "flaky"
    ASKING = "asking"
    HIDING = "hiding"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One platform: its host, its way, its manner, and how many seconds it takes to decide."""

    host: str
    way: Way
    manner: Manner
    seconds: float = 2.0
    decision: str = "removed"


BEHAVIOURS = {
    one.host: one
    for one in (
        Behaviour("papotin.example", Way.API, Manner.QUICK),
        Behaviour("clipeo.example", Way.API, Manner.SLOW, 600.0),
        Behaviour("mirador.example", Way.API, Manner.REFUSING, decision="no-action"),
        Behaviour("vagolo.example", Way.API, Manner.SILENT),
        Behaviour("zigzago.example", Way.API, Manner.FLAKY),
        Behaviour("bullette.example", Way.API, Manner.ASKING),
        Behaviour("cachette.example", Way.API, Manner.HIDING, decision="geo-blocked"),
        Behaviour("tchatcha.example", Way.MAIL, Manner.QUICK),
        Behaviour("forumix.example", Way.MAIL, Manner.SLOW, 600.0),
        Behaviour("ploufette.example", Way.MAIL, Manner.REFUSING),
        Behaviour("grisou.example", Way.MAIL, Manner.SILENT),
        Behaviour("rebondi.example", Way.MAIL, Manner.FLAKY),
        Behaviour("azurin.example", Way.PORTAL, Manner.QUICK),
        Behaviour("nuellia.example", Way.PORTAL, Manner.SLOW, 600.0),
        Behaviour("cabanou.example", Way.PORTAL, Manner.SILENT),
        Behaviour("lucarne.example", Way.FORM, Manner.QUICK),
        Behaviour("muraille.example", Way.FORM, Manner.REFUSING),
    )
}
