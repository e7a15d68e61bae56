"""Wagtail's log of pages, told to the journal."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, PageLogEntry
from wagtail.models.pages import PageLogEntryManager

from balise.awareness.publications import events, rules
from balise.awareness.publications.models.exchanged import withdraw
from balise.awareness.publications.models.published import Address
from balise.foundation.accounts.queries import actor_of
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


class _Told(PageLogEntryManager):
    """Wagtail's log of pages, told to the journal as it is written."""

    @transaction.atomic
    def log_action(self, instance: Page, action: str, **kwargs: Any) -> Any:
        """Write the entry, and the fact where it is one that the journal keeps."""
        entry = super().log_action(instance, action, **kwargs)
        kind = next((event for names, event in _FACTS if action in names), None)
        if kind is not None:
            user = kwargs.get("user")
            record(
                kind(
                    subject=instance.translation_key,
                    page=instance.pk,
                    language=Code(instance.locale.language_code),
                ),
                by=actor_of(user) if user else SYSTEM,
            )
        if kind is events.PageUnpublished:  # nobody reads it from this moment
            withdraw([instance.pk])
        if action == rules.DELETED:
            Address.objects.filter(page_id=instance.pk).delete()
        return entry


_FACTS = (
    (rules.PUBLISHED, events.PagePublished),
    (rules.SCHEDULED, events.PageScheduled),
    (rules.UNPUBLISHED, events.PageUnpublished),
)


class ToldEntry(PageLogEntry):
    """An entry of Wagtail's log; whoever publishes, by whichever way, is in the journal too."""

    objects = _Told()

    class Meta:
        proxy = True

    @classmethod
    def register(cls, registry: LogActionRegistry) -> None:
        """Take the place of Wagtail's own entries about pages."""
        registry.log_entry_models.discard(PageLogEntry)
        registry.register_model(Page, cls)
