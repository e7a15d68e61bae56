"""The law of a content: the text that its verdict names, as frozen, and what changed since."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import Actor
from balise.hotline.reports import access
from balise.hotline.reports.models import Assessment, Content
from balise.hotline.reports.queries.reviews import Waits, is_blind
from balise.takedown.law.queries import Changed, change_since, law_named, text_named
from balise.takedown.law.rules import Facts, Offence, law, law_of
from balise.takedown.law.rules.classes import CHILDREN
from balise.takedown.law.rules.sayings import CitedLaw


@dataclass(frozen=True, slots=True)
class DecidedLaw:
    """The law that the final verdict names.

    `is_frozen` is false of a verdict of before texts were frozen: today's pack is read for it.
    `changed`: how the pack has changed since, None where it has not.
    """

    offence: Offence
    cited: CitedLaw
    is_frozen: bool
    changed: Changed | None


def decided_law(*, content_id: UUID, seen_by: Actor) -> DecidedLaw | None:
    """Return the law of a content's final verdict, None where it names no offence."""
    access.require(seen_by, access.READ)
    final = Assessment.objects.filter(content=content_id, is_final=True).first()
    if final is None or not final.offence:
        return None
    country = settings.COUNTRY
    history = law_named(final.named, country=country).history(final.offence)
    return DecidedLaw(
        offence=_text(final),
        cited=CitedLaw(law_of(history, final.days), final.days),
        is_frozen=final.named.is_frozen,
        changed=change_since(final.named, country=country),
    )


def days_said(content: Waits, *, seen_by: Actor) -> Facts | None:
    """Return the days of the facts by the last verdict that named an offence and stands.

    Or by the reviews that differ, for who decides between them; of one that is blind, nothing.
    """
    access.require(seen_by, access.READ)
    named = Assessment.objects.filter(content=content.id).exclude(offence="")
    if is_blind(content, reader=seen_by):
        named = named.filter(at__lt=content.waits_since)
    last = named.order_by("-at").first()
    return last.days if last else None


def law_of_offence(code: str, facts: Facts) -> CitedLaw:
    """Return what today's pack says of an offence on the days of the facts."""
    return CitedLaw(law_of(law(settings.COUNTRY).history(code), facts), facts)


def offence_of(content: Content, final: Assessment) -> Offence:
    """Return the offence of a verdict in its frozen text, in the DSA's words for who is shown."""
    offence = _text(final)
    return offence.about_minor() if is_about_minor(content) else offence


def is_about_minor(content: Content) -> bool:
    """Return whether a minor is concerned or shown: a reporter under 18 who is, or an item."""
    return (content.minor and content.concerned) or content.items.filter(age__in=CHILDREN).exists()


def _text(final: Assessment) -> Offence:
    return text_named(final.named, code=final.offence, on=final.facts_on, country=settings.COUNTRY)
