"""What is asked about the button: its platform, a site that shows it, a last day."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balise.foundation.clock import today
from balise.foundation.web.fields import DayField
from balise.helpline.app.rules.platforms import platforms
from balise.helpline.app.rules.sites import LONGEST_ADDRESS, LONGEST_NAME


def _platforms() -> list[tuple[str, Any]]:
    return [("", "–"), *platforms(settings.COUNTRY).items()]


class PlatformForm(forms.Form):
    """The platform that a button is made for."""

    platform = forms.ChoiceField(label=_("Platform"), choices=_platforms)


class SiteForm(forms.Form):
    """A site that shows the button."""

    name = forms.CharField(
        label=pgettext_lazy("button", "Name of the site"), max_length=LONGEST_NAME
    )
    address = forms.URLField(
        label=pgettext_lazy("button", "Address of the site"),
        max_length=LONGEST_ADDRESS,
        assume_scheme="https",
    )
    platform = forms.ChoiceField(label=_("Platform"), choices=_platforms)
    since = DayField(label=pgettext_lazy("button", "Shown since"), initial=today)


class EndForm(forms.Form):
    """The last day of a site."""

    until = DayField(label=pgettext_lazy("button", "Last day"), initial=today)
