"""What the head of each page of the app says of its looks."""

import json

from django.conf import settings
from django.template import Library
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from balise.helpline.app.rules.looks import icon, looks as of_country

register = Library()


@register.simple_tag
def looks(code: str = "") -> SafeString:
    """Return the manifest of one look, that of the centre if none is named, and all their names.

    `app/look.js` puts another in its place where this device chose one.
    """
    found = of_country(settings.COUNTRY)
    shown = code or found[0].code
    known = {
        each.code: {
            "name": str(each.name),
            "icon": static(icon(each.code)),
            "manifest": reverse("app:manifest", args=[each.code]),
        }
        for each in found
    }
    return format_html(
        '<link rel="manifest" href="{}"><link rel="apple-touch-icon" href="{}">'
        '<meta name="app-looks" content="{}" data-shown="{}">',
        known[shown]["manifest"],
        static(icon(shown, 192)),
        json.dumps(known, ensure_ascii=False, separators=(",", ":")),
        code,
    )
