"""What someone wrote, with the words of danger marked and the rule that found them."""

from django.conf import settings
from django.template import Library
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balise.helpline.queue.rules.danger_words import read
from balise.helpline.queue.rules.danger_words.matching import pieces

register = Library()


@register.simple_tag
def told(text: str) -> SafeString:
    """Return a text with the words of danger marked, and the rule in plain words where one found.

    For staff alone: who wrote it reads no word of any list.
    """
    found = read(text, country=settings.COUNTRY)
    words = [
        (format_html("<mark>{}</mark>", linebreaksbr(one)) if is_told else linebreaksbr(one),)
        for one, is_told in pieces(text, found)
    ]
    marked = format_html("<bdi>{}</bdi>", format_html_join("", "{}", words))
    if found is None:
        return marked
    rule = _("Word list: %(rule)s") % {"rule": found.rule}
    return format_html('{} <span class="hint" data-told>{}</span>', marked, rule)
