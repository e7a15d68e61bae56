"""What leaves once a verdict is saved, in order: what the offence and the hotline's rules ask."""

from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from balise.hotline.reports.rules.assessing import asks_second_look
from balise.hotline.reports.rules.words import Confidence, Verdict
from balise.takedown.law.rules import Offence
from balise.takedown.law.rules.histories import Tell

_TOLD = {
    Tell.POLICE: gettext_lazy("police dossier"),
    Tell.PROSECUTOR: gettext_lazy("prosecutor"),
    Tell.REGULATOR: gettext_lazy("regulator"),
    Tell.HELPLINE: gettext_lazy("helpline"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What it depends on, beside the verdict.

    `at_once`: no other review is waited for: others gave theirs, or someone is in danger.
    `has_address`: a host can be told. `is_abroad`: it is known to be hosted in another country.
    `followers`: how many reporters can read the outcome.
    """

    at_once: bool = False
    has_address: bool = True
    is_abroad: bool = False
    followers: int = 0


def leaves(
    verdict: Verdict, offence: Offence | None, confidence: Confidence | None, about: About
) -> list[str]:
    """Return what leaves after a verdict, in words; empty where an illegal one has no offence yet.

    Nothing leaves before a second review, where one is asked.
    """
    if verdict is Verdict.ILLEGAL and offence is None:
        return []
    if not about.at_once and asks_second_look(
        verdict,
        offence_asks=offence is not None and offence.second_look,
        confidence=confidence or Confidence.SURE,
    ):
        return [_("second review by a colleague")]
    told = _of_an_offence(offence, about) if verdict is Verdict.ILLEGAL and offence else []
    if about.followers:
        said = ngettext("%(count)d reporter told", "%(count)d reporters told", about.followers)
        told.append(said % {"count": about.followers})
    return told or [_("nobody to tell")]


def _of_an_offence(offence: Offence, about: About) -> list[str]:
    told = [str(_TOLD[one]) for one in offence.tell if one in _TOLD]
    if about.is_abroad and Tell.HOSTING_HOTLINE in offence.tell:
        told.append(_("hotline abroad"))
    if about.has_address:
        told.append(_("notice to the host"))
    return told
