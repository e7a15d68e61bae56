"""The helpline's board: contacts, calls, chats, messages, referrals and files."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from balise.config.figures.cases import CASE_FIGURES
from balise.helpline.cases.rules.received import AgeBand as AgeOfChild
from balise.helpline.cases.rules.received import Outcome
from balise.helpline.channels.rules import Way
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.rules import Channel as ContactChannel
from balise.helpline.telephony.rules.calls import WAITS
from balise.steering.rules.boards import Board, Figure, Form

_CONTACTS = ngettext_lazy("%(many)s contact", "%(many)s contacts", "count")
_CALLS = ngettext_lazy("%(many)s call", "%(many)s calls", "count")
_CHATS = ngettext_lazy("%(many)s chat", "%(many)s chats", "count")
_GIVEN_UP = ngettext_lazy("%(many)s abandoned call", "%(many)s abandoned calls", "count")
_TOPICS = ngettext_lazy("%(many)s topic", "%(many)s topics", "count")
_MESSAGES = ngettext_lazy("%(many)s message", "%(many)s messages", "count")
_REFERRALS = ngettext_lazy("%(many)s referral", "%(many)s referrals", "count")
_TAKEN = ngettext_lazy("%(many)s referral taken", "%(many)s referrals taken", "count")
_CLOSED = ngettext_lazy("%(many)s referral closed", "%(many)s referrals closed", "count")


def _contact_kinds() -> dict[str, object]:
    return {kind.code: kind.label for kind in contacts.contact_kinds()}


def _topics() -> dict[str, object]:
    return {topic.code: topic.label for topic in contacts.topics().topics}


def _places() -> dict[str, object]:
    return dict(contacts.form().choices("places"))


HELPLINE = Board(
    code="helpline",
    line="helpline",
    title=_("Helpline figures"),
    figures=(
        Figure(
            code="contacts",
            measure="helpline.contacts.wrapped",
            title=_("Contacts, day by day"),
            counted=_CONTACTS,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="calls-offered",
            measure="helpline.calls.offered",
            title=_("Calls, day by day"),
            counted=_CALLS,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="chats-offered",
            measure="helpline.chats.offered",
            title=_("Chats, day by day"),
            counted=_CHATS,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="calls-given-up",
            measure="helpline.calls.abandoned",
            title=_("Abandoned calls, by waiting time"),
            counted=_GIVEN_UP,
            form=Form.CODES,
            by="band",
            labels=lambda: dict(WAITS),
            in_given_order=True,
            is_key=True,
        ),
        Figure(
            code="contact-channels",
            measure="helpline.contacts.wrapped",
            title=_("Contacts by channel"),
            counted=_CONTACTS,
            form=Form.CODES,
            by="channel",
            labels=lambda: dict(ContactChannel.choices),
        ),
        Figure(
            code="contact-types",
            measure="helpline.contacts.wrapped",
            title=_("Contacts by type"),
            counted=_CONTACTS,
            form=Form.CODES,
            by="kind",
            labels=_contact_kinds,
        ),
        Figure(
            code="contact-places",
            measure="helpline.contacts.wrapped",
            title=_("Place"),
            counted=_CONTACTS,
            form=Form.CODES,
            by="place",
            labels=_places,
        ),
        Figure(
            code="topics",
            measure="helpline.topics.met",
            title=_("Contact topics"),
            counted=_TOPICS,
            form=Form.CODES,
            by="topic",
            labels=_topics,
        ),
        Figure(
            code="messages",
            measure="helpline.messages.received",
            title=_("Messages by channel"),
            counted=_MESSAGES,
            form=Form.CODES,
            by="way",
            labels=lambda: dict(Way.choices),
        ),
        Figure(
            code="referrals",
            measure="helpline.referrals.received",
            title=_("Referrals, day by day"),
            counted=_REFERRALS,
            form=Form.DAYS,
            is_key=True,
        ),
        Figure(
            code="referral-ages",
            measure="helpline.referrals.received",
            title=_("Referrals by age"),
            counted=_REFERRALS,
            form=Form.CODES,
            by="age_band",
            labels=lambda: dict(AgeOfChild.choices),
            in_given_order=True,
        ),
        Figure(
            code="time-to-listener",
            measure="helpline.referrals.taken",
            title=_("From referral to listener"),
            counted=_TAKEN,
            form=Form.SPANS,
            by="band",
            is_key=True,
        ),
        Figure(
            code="outcomes",
            measure="helpline.referrals.closed",
            title=_("Referral outcomes"),
            counted=_CLOSED,
            form=Form.CODES,
            by="outcome",
            labels=lambda: dict(Outcome.choices),
            is_key=True,
        ),
        *CASE_FIGURES,
    ),
)
