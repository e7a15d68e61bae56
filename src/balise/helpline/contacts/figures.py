"""The figures of contacts, in words."""

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from balise.foundation.statistics.boards import Figure, Form
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.rules import Channel as ContactChannel

_CONTACTS = ngettext_lazy("%(many)s contact", "%(many)s contacts", "count")
_TOPICS = ngettext_lazy("%(many)s topic", "%(many)s topics", "count")


def _contact_kinds() -> dict[str, object]:
    return {kind.code: kind.label for kind in contacts.contact_kinds()}


def _places() -> dict[str, object]:
    return dict(contacts.form().choices("places"))


def _topics() -> dict[str, object]:
    return {topic.code: topic.label for topic in contacts.topics().topics}


FIGURES = (
    Figure(
        board="helpline",
        code="contacts",
        measure="helpline.contacts.wrapped",
        title=_("Contacts over time"),
        counted=_CONTACTS,
        form=Form.DAYS,
        is_key=True,
    ),
    Figure(
        board="helpline",
        code="contact-channels",
        measure="helpline.contacts.wrapped",
        title=_("Contacts by channel"),
        counted=_CONTACTS,
        form=Form.CODES,
        by="channel",
        labels=lambda: dict(ContactChannel.choices),
    ),
    Figure(
        board="helpline",
        code="contact-types",
        measure="helpline.contacts.wrapped",
        title=_("Contacts by type"),
        counted=_CONTACTS,
        form=Form.CODES,
        by="kind",
        labels=_contact_kinds,
    ),
    Figure(
        board="helpline",
        code="contact-places",
        measure="helpline.contacts.wrapped",
        title=_("Place"),
        counted=_CONTACTS,
        form=Form.CODES,
        by="place",
        labels=_places,
    ),
    Figure(
        board="helpline",
        code="topics",
        measure="helpline.topics.met",
        title=_("Contact topics"),
        counted=_TOPICS,
        form=Form.CODES,
        by="topic",
        labels=_topics,
    ),
)
