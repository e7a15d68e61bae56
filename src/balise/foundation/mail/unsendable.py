"""The mailer of a process whose `BALISE_MAIL` is invalid: it refuses every mail, for now."""

from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError(f"BALISE_MAIL is faulty: {len(email_messages)} not sent")
