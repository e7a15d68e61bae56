"""`balise pbx`: listen to the telephone exchange, over AMI, ARI or both."""

import signal
import sys
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from balise.foundation import patience
from balise.helpline.telephony.management.lines.ami import AmiLine
from balise.helpline.telephony.management.lines.ari import AriLine
from balise.helpline.telephony.management.lines.calling import Line, follow
from balise.helpline.telephony.rules.lines import ExchangeUrlFaulty, read_ami_url, read_ari_url


class Command(BaseCommand):
    help = "Listen to the exchange (BALISE_AMI, BALISE_ARI) until told to stop. SIGTERM stops it."

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        patience.wait_as(patience.WORKER)
        stop = threading.Event()
        lines = lines_of_settings()
        if not lines:
            self.stdout.write("neither BALISE_AMI nor BALISE_ARI is set: nothing is listened to")
            return
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_signal: stop.set())
        threads = [
            threading.Thread(target=follow, args=(line,), kwargs={"stop": stop}) for line in lines
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        sys.stdout.flush()


def lines_of_settings() -> list[Line]:
    """Return the lines that the settings name."""
    try:
        lines: list[Line] = []
        if settings.AMI:
            lines.append(AmiLine(read_ami_url(settings.AMI)))
        if settings.ARI:
            lines.append(AriLine(read_ari_url(settings.ARI)))
    except ExchangeUrlFaulty as fault:
        raise CommandError(str(fault), returncode=2) from None
    return lines
