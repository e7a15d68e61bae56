"""A listener's own canned answers."""

from django.db import transaction

from balise.foundation.actors import Actor
from balise.helpline.contacts import access
from balise.helpline.contacts.models import CannedAnswer
from balise.helpline.contacts.rules.canned import read_answer


def keep_answer(*, code: str, language: str, text: str, by: Actor) -> None:
    """Keep an answer for oneself, or change it. Nothing is journalled."""
    access.require(by, access.WORK)
    with transaction.atomic():
        CannedAnswer.objects.update_or_create(
            account=by.key, code=code, language=language, defaults={"text": read_answer(text)}
        )


def drop_answer(*, code: str, language: str, by: Actor) -> None:
    """Drop one of one's own answers."""
    access.require(by, access.WORK)
    CannedAnswer.objects.filter(account=by.key, code=code, language=language).delete()
