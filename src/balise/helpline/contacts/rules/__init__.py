"""The codes of a contact, and who may change its record, when."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.helpline.contacts.rules.forms import JSON


class Channel(TextChoices):
    """How a contact came, or that we went."""

    CALL = "call", pgettext_lazy("contact", "Call")
    CHAT = "chat", gettext_lazy("Chat")
    E_MAIL = "e_mail", gettext_lazy("E-mail")
    FORM = "form", gettext_lazy("Form")
    MESSAGE = "message", gettext_lazy("Message")
    IN_PERSON = "in_person", gettext_lazy("In person")
    OUTGOING = "outgoing", gettext_lazy("Call from us")


class ContactState(TextChoices):
    """The state of the record of a contact."""

    OPEN = "open", pgettext_lazy("contact", "Open")
    CLOSED = "closed", pgettext_lazy("contact", "Wrapped up")


class Conflict(Refused, code="contact-conflict"):
    """Someone else wrote meanwhile: both texts, field by field, and the version that was saved."""

    def __init__(
        self, *, version: int, yours: Mapping[str, JSON], theirs: Mapping[str, JSON]
    ) -> None:
        self.version, self.yours, self.theirs = version, dict(yours), dict(theirs)
        super().__init__(
            _("This was changed elsewhere at the same time. Both texts are here: choose.")
        )


class ContactClosed(Refused, code="contact-closed"):
    pass


class NotYourContact(Refused, code="not-your-contact"):
    pass


def check_is_open(state: str) -> None:
    """Refuse a change to what is wrapped up."""
    if state == ContactState.CLOSED:
        raise ContactClosed(_("This contact is wrapped up."))


def check_is_yours(*, listener: str, by: str) -> None:
    """Refuse what another listener writes."""
    if listener != by:
        raise NotYourContact(_("Another listener has this contact."))


def differing(
    given: Mapping[str, JSON], kept: Mapping[str, JSON]
) -> tuple[dict[str, JSON], dict[str, JSON]]:
    """Return what was given and what is kept, for the fields in which they differ."""
    codes = [code for code in given if given[code] != kept.get(code)]
    return {code: given[code] for code in codes}, {code: kept.get(code) for code in codes}
