"""Someone under 18 asks to be called: the helpline does it with them. No hash of theirs is here."""

from uuid import UUID

from django.utils.translation import pgettext

from balise.foundation.actors import ANYONE, Actor
from balise.hotline.laboratory import ports


def ask_helpline(
    *, origin: UUID, contact: str, age_band: str, is_threat: bool, by: Actor = ANYONE
) -> UUID:
    """Hand the request to the helpline, by their own asking; return the referral.

    The same `origin` again is the same request. The words are ours and say nothing of a picture.
    """
    words = (
        pgettext(
            "referral", "Wants help to stop an intimate picture. Someone threatens to post it."
        )
        if is_threat
        else pgettext("referral", "Wants help to stop an intimate picture.")
    )
    return ports.pass_to_helpline.ask(
        origin=origin, contact=contact, age_band=age_band, words=words, by=by
    )
