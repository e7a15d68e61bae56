"""System checks of the mailbox and the messaging accounts."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from balise.foundation.mail.receiving import InboxUrlFaulty, read_inbox_url
from balise.foundation.url import is_this_machine


@register()
def letters_can_come_and_leave(**_options: Any) -> list[CheckMessage]:
    """E441: the mailbox. E442: the sender. E443: an account."""
    found: list[CheckMessage] = []
    if settings.HELPLINE_INBOX:
        try:
            read_inbox_url(settings.HELPLINE_INBOX)
        except InboxUrlFaulty as fault:
            hint = "Write BALISE_HELPLINE_INBOX as imaps://user:password@host/INBOX."
            found.append(Error(f"BALISE_HELPLINE_INBOX: {fault}.", hint=hint, id="balise.E441"))
    try:
        validate_email(settings.HELPLINE_SENDER)
    except ValidationError:
        hint = "Write BALISE_HELPLINE_SENDER as name@centre.example."
        found.append(Error("BALISE_HELPLINE_SENDER is no address.", hint=hint, id="balise.E442"))
    for name, address in settings.MESSAGING_ADDRESSES.items():
        url = urlsplit(address)
        if not url.hostname or (url.scheme != "https" and not is_this_machine(url.hostname)):
            words = f"BALISE_MESSAGING_ADDRESSES: {name} is sent nowhere, or in clear."
            found.append(Error(words, hint="Write https://…", id="balise.E443"))
    return found
