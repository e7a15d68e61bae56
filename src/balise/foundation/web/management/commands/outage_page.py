"""`balise outage_page > 503.html`: the page that a proxy shows when all of Balise is down."""

import re
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from balise.foundation.web.errors import OUT_OF_SERVICE, page

# What a style sheet would fetch from us: the fonts, and the wave under the header.
_FETCHED = re.compile(r"@font-face\s*\{[^}]*\}|[\w-]*mask: url[^;]*;")
STYLES = ("tokens.css", "pieces.css", "public.css")


class Command(BaseCommand):
    help = "Print a page that stands alone: words, numbers, style and the way out in one file."

    def handle(self, **options: Any) -> None:
        folder = files("balise.foundation.web").joinpath("static/balise")
        style = "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in STYLES)
        style = _FETCHED.sub("", style)
        script = folder.joinpath("exit.js").read_text(encoding="utf-8")
        context = {"inline_style": style, "inline_script": script}
        with translation.override(settings.LANGUAGE_CODE):
            self.stdout.write(page(OUT_OF_SERVICE, alone=True, context=context))
