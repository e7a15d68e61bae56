"""System checks of the country's sending settings and of the mailbox for answers."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balise.foundation.mail.receiving import InboxUrlFaulty, read_inbox_url
from balise.foundation.packs import PackFaulty
from balise.takedown.notices.rules.customs import customs_of


@register()
def notices_can_be_sent_and_answered(**_options: Any) -> list[CheckMessage]:
    """E421: the country's customs. E422: the mailbox that answers come to."""
    messages: list[CheckMessage] = []
    try:
        customs_of(settings.COUNTRY)
    except PackFaulty as fault:
        messages.append(Error(str(fault), id="balise.E421"))
    if settings.NOTICES_INBOX:
        try:
            read_inbox_url(settings.NOTICES_INBOX)
        except InboxUrlFaulty as fault:
            hint = "Write BALISE_INBOX as imaps://user:password@host/INBOX."
            messages.append(Error(f"BALISE_INBOX: {fault}.", hint=hint, id="balise.E422"))
    return messages
