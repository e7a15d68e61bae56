"""What the living page of the design shows: every piece, once in light and once in dark."""

from django import forms
from django.utils.translation import gettext_lazy as _

from balise.foundation.web import palette
from balise.foundation.web.components.drawings import ICONS

PICTURES = ("calm", "found", "rest", "lost")


class SampleForm(forms.Form):
    """One field of each kind, some of them wrong."""

    address = forms.CharField(
        label=_("Address of the page"), help_text=_("Copy it from the top of your browser.")
    )
    where = forms.ChoiceField(
        label=_("Where did you see it?"),
        choices=[("", "—"), ("web", _("On a website")), ("app", _("In an app"))],
        required=False,
    )
    age = forms.ChoiceField(
        label=_("Your age"),
        help_text=_("You do not have to answer."),
        widget=forms.RadioSelect,
        choices=[("13", _("Under 13")), ("17", _("13 to 17")), ("18", _("18 and over"))],
    )
    agrees = forms.BooleanField(label=_("The helpline may call me back"), required=False)
    words = forms.CharField(label=_("In your words"), widget=forms.Textarea, required=False)


def contrasts(theme: str) -> list[tuple[palette.Pair, str, str, float]]:
    """Return each pair of a theme with its two colours and their contrast."""
    tokens = palette.themes()[theme]
    return [
        (pair, tokens[pair.front], tokens[pair.ground], palette.ratio(*_both(pair, tokens)))
        for pair in palette.pairs()
    ]


def samples(line: str) -> dict[str, object]:
    """Return what the page needs to show one line's colours in both lights."""
    return {
        "line": line,
        "lines": palette.LINES,
        "views": [
            (theme, SampleForm({"address": ""}, prefix=theme), contrasts(theme))
            for theme in ("light", "dark")
        ],
        "icons": sorted(ICONS),
        "pictures": PICTURES,
        "points": [(_("A child is in it"), 60), (_("Reported by a minor"), 15), (_("New"), 5)],
        "pairs": [(_("Received"), "3 mars 2026"), (_("Hosting country"), "NL"), (_("Network"), "")],
    }


def _both(pair: palette.Pair, tokens: palette.Theme) -> tuple[str, str]:
    return tokens[pair.front], tokens[pair.ground]
