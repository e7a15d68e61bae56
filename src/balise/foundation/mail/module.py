"""The card of this module: what the rest of Balise reads of it."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.utils.module_loading import import_string

from balise.foundation.mail.mailers import MailUrlFaulty, goes_out_in_clear, read_mail_url
from balise.foundation.modules import Module

MODULE = Module()


# System checks of how mail is sent, told before the first request.


_FORMS = (
    "Write BALISE_MAIL as smtp://user:password@host:587?tls=starttls, with tls=implicit, or as "
    "anymail+PROVIDER://?option=value."
)


@register()
def mail_can_be_sent(**_options: Any) -> list[CheckMessage]:
    """E121: no mail server. E122: mail would go out in clear. E123: no sender."""
    messages: list[CheckMessage] = []
    try:
        mailer = read_mail_url(settings.MAIL_URL)
        # Made, not used: a provider's missing option shows here.
        import_string(mailer["BACKEND"])(alias="default", **mailer["OPTIONS"])
        if goes_out_in_clear(settings.MAIL_URL):
            hint = "Add ?tls=starttls or ?tls=implicit to BALISE_MAIL."
            found = "Mail would leave this machine without TLS."
            messages.append(Error(found, hint=hint, id="balise.E122"))
    except (MailUrlFaulty, ImproperlyConfigured) as error:
        # A provider's own words may repeat an option, hence a secret; ours do not.
        reason = str(error) if isinstance(error, MailUrlFaulty) else "an option is wrong or missing"
        messages.append(Error(f"BALISE_MAIL: {reason}.", hint=_FORMS, id="balise.E121"))
    try:
        validate_email(settings.MAIL_SENDER)
    except ValidationError:
        hint = "Write BALISE_MAIL_SENDER as a plain address: balise@centre.example."
        messages.append(Error("BALISE_MAIL_SENDER is no address.", hint=hint, id="balise.E123"))
    return messages
