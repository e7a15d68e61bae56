"""A listener's own ready answers. Nothing is journalled: they are words for anyone."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.helpline.contacts import access
from balise.helpline.contacts.models import CannedAnswer
from balise.helpline.contacts.rules.canned import NameWrong, read_answer, read_name


def add_answer(*, name: str, language: str, text: str, by: Actor) -> str:
    """Save an answer for oneself and return its code; refuses (NameWrong) a name one has."""
    access.require(by, access.WORK)
    code, words = read_name(name), read_answer(text)
    try:
        with transaction.atomic():
            CannedAnswer.objects.create(account=by.key, code=code, language=language, text=words)
    except IntegrityError:
        raise NameWrong(_("You already have an answer with this name: choose another.")) from None
    return code


def change_answer(*, code: str, language: str, text: str, by: Actor) -> None:
    """Change one of one's own answers. Raises NotHere."""
    access.require(by, access.WORK)
    with transaction.atomic():
        own = CannedAnswer.objects.select_for_update()
        one = find(own, account=by.key, code=code, language=language)
        one.text = read_answer(text)
        one.save(update_fields=("text",))


def drop_answer(*, code: str, language: str, by: Actor) -> None:
    """Delete one of one's own answers."""
    access.require(by, access.WORK)
    CannedAnswer.objects.filter(account=by.key, code=code, language=language).delete()
