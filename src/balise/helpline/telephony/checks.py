"""System checks of the addresses of an exchange."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balise.helpline.telephony.rules.lines import ExchangeUrlFaulty, read_ami_url, read_ari_url


@register()
def an_exchange_can_be_reached(**_options: Any) -> list[CheckMessage]:
    """E445: the manager interface. E446: the REST interface."""
    found: list[CheckMessage] = []
    for name, id_, value, read in (
        ("BALISE_AMI", "balise.E445", settings.AMI, read_ami_url),
        ("BALISE_ARI", "balise.E446", settings.ARI, read_ari_url),
    ):
        try:
            if value:
                read(value)
        except ExchangeUrlFaulty as fault:
            hint = "Write amis://user:secret@host/, or https://user:secret@host/ari."
            found.append(Error(f"{name}: {fault}.", hint=hint, id=id_))
    return found
