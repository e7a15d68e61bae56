"""Translations: begun from a page, linked to it, and said to be as new as it is."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from balise.awareness.publications import access, events
from balise.awareness.publications.access.rows import person_of, row_of
from balise.awareness.publications.models import Text, Translation
from balise.foundation.actors import Actor
from balise.foundation.finding import find, there
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused


class Translated(Refused):
    """A page is one in another language already, or cannot be."""

    code = "translated"


@transaction.atomic
def begin_translation(*, by: Actor, page: int, language: str) -> int:
    """Copy a page into another language, as a draft to be translated; returns its id.

    Raises NotHere for a page or language that there is not, Translated where it has one.
    """
    access.require(by, access.WRITE)
    original, locale = there(row_of(page)), find(Locale, language_code=language)
    if original.has_translation(locale):
        raise Translated(_("This page is already in this language."))
    copy = original.copy_for_translation(locale)
    copy.owner = person_of(by)
    copy.save(update_fields=["owner"])
    Translation.note(copy, original)
    return int(copy.pk)


@transaction.atomic
def link_translation(*, by: Actor, page: int, original: int) -> None:
    """Make a page the translation of another one, as it is now.

    Raises NotHere, or Translated: both have the same language or type, or one is linked already.
    """
    access.require(by, access.WRITE)
    row, first = there(row_of(page)), there(row_of(original))
    alone = row.get_translations().count() == 0
    if type(row) is not type(first) or not alone or first.has_translation(row.locale):
        raise Translated(_("These pages cannot be linked: one is linked already, or another type."))
    row.translation_key = first.translation_key
    row.save(update_fields=["translation_key"])
    Translation.note(row, first)
    _tell(row, events.TranslationChecked, by)


@transaction.atomic
def confirm_translation(*, by: Actor, page: int) -> None:
    """Note that a translation says what its original says now. Raises NotHere."""
    access.require(by, access.WRITE)
    made = find(Translation.objects.select_for_update(), pk=page)
    row = there(row_of(page))
    Translation.note(row, there(row_of(made.original_id)))
    _tell(row, events.TranslationChecked, by)


def _tell(page: Text, kind: type[events.TranslationChecked], by: Actor) -> None:
    language = Code(page.locale.language_code)
    record(kind(subject=page.translation_key, page=page.pk, language=language), by=by)
