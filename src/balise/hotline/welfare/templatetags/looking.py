"""What the pages that show something name: a button to hold, and sums of a day."""

from collections.abc import Iterable
from datetime import timedelta

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from balise.foundation.web.components.drawings import icon
from balise.hotline.welfare.queries import Amount

register = Library()


@register.simple_tag
def hold_button(veil: object, label: str) -> SafeString:
    """Return the button that shows what is under a veil for as long as it is held down.

    Without script there is neither veil nor button: the page covers itself after a moment.
    """
    return format_html(
        '<button class="button button-quiet hold" type="button" data-hold="veil-{}"'
        ' aria-pressed="false">{}<span>{}</span></button>',
        veil,
        icon("eye"),
        label,
    )


@register.filter
def time_of(amounts: Iterable[Amount]) -> timedelta:
    """Return the time of all severities together."""
    return sum((one.time for one in amounts), timedelta())


@register.filter
def items_of(amounts: Iterable[Amount]) -> int:
    """Return the contents of all severities together."""
    return sum(one.items for one in amounts)
