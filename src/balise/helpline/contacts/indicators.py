"""The figures of contacts with the helpline that a committee speaks of, defined."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.foundation.statistics.indicators import Counts, Flow, Indicator
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.rules import Channel

_WRAPPED = "helpline.contacts.wrapped"
_CONTACTS = npgettext_lazy("figures", "%(many)s contact", "%(many)s contacts", "count")


def _topics() -> Mapping[str, object]:
    return {topic.code: topic.label for topic in contacts.topics().topics}


INDICATORS = (
    Indicator(
        code="HEL-CON",
        line="helpline",
        name=_("Contacts handled"),
        definition=_(
            "A call, chat or message that a listener took and whose record is complete "
            "counts once, on the day it is completed. A call that nobody took is not in "
            "it: it is in the calls offered. One person who comes back counts again."
        ),
        unit=_CONTACTS,
        source=Flow(Counts(_WRAPPED)),
        owner=_("Helpline: records of contacts"),
        by="channel",
        labels=lambda: dict(Channel.choices),
    ),
    Indicator(
        code="HEL-TOPIC",
        line="helpline",
        name=_("Contacts by topic"),
        definition=_(
            "Each topic of a contact counts once. A contact has one topic or several, so "
            "the topics add up to more than the contacts."
        ),
        unit=ngettext_lazy("%(many)s topic", "%(many)s topics", "count"),
        source=Flow(Counts("helpline.topics.met"), overlaps=True),
        owner=_("Helpline: records of contacts"),
        by="topic",
        labels=_topics,
        is_public=False,
    ),
)
