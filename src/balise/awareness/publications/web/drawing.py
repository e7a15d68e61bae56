"""What we change in Wagtail's pages: no way leads outside, and no script stands in a page."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, pgettext
from wagtail import hooks
from wagtail.admin import messages, site_summary
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.navigation import get_site_for_user
from wagtail.admin.views import home
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.documents import wagtail_hooks as papers
from wagtail.images import wagtail_hooks as pictures

from balise.awareness.publications import queries


@hooks.register("construct_help_menu")
def no_help_outside(_request: HttpRequest, items: list[Any]) -> None:
    """Empty the menu of help, which leads to other people's sites."""
    items.clear()


@hooks.register("construct_main_menu")
def say_reports_otherwise(_request: HttpRequest, items: list[Any]) -> None:
    """Name Wagtail's reports in another word: in French it is that of a report to the hotline."""
    for item in items:
        if item.name == "reports":
            item.label = pgettext("lists of pages", "Reports")


@hooks.register("register_reports_menu_item")
def file_for_bik() -> MenuItem:
    """Offer the file for the directory of Better Internet for Kids, among the lists of pages."""
    return MenuItem(
        gettext_lazy("File for the BIK directory"),
        reverse("staff:publications:bik-csv"),
        icon_name="download",
    )


class AskMenuItem(SubmitForModerationMenuItem):
    """The button that asks a head of awareness to review a draft."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(parent_context)
        return {**shown, "label": _("Ask for a review")}


@hooks.register("construct_page_action_menu")
def say_review_otherwise(items: list[Any], _request: HttpRequest, _context: Any) -> None:
    """Name what asks for a review in a word that everyone reads in their language."""
    for at, item in enumerate(items):
        if item.name == AskMenuItem.name:
            items[at] = AskMenuItem(order=item.order)


@hooks.register("after_publish_page")
def say_what_moved(request: HttpRequest, page: Any) -> None:
    """Say that links to an address of before lead to the page."""
    for slug in queries.earlier(page.pk):
        messages.info(
            request, _("Links to the earlier address “%(slug)s” lead here.") % {"slug": slug}
        )


@hooks.register("insert_global_admin_js")
def begin_script() -> SafeString:
    """Bring the scripts that begin what `drawn_without_script` wrote, and say what is too large."""
    scripts = ((static(f"publications/{name}.js"),) for name in ("begin", "limits"))
    return format_html_join("", '<script src="{}"></script>', scripts)


def drawn_without_script(
    chooser: BaseChooser,
    name: str,
    value: Any,
    attrs: dict[str, Any] | None = None,
    renderer: Any = None,  # noqa: ARG001 - Django's signature
) -> SafeString:
    """Draw a chooser with what its script needs as data: our policy lets no script stand in a page,
    and a nonce would not reach those that come by AJAX.
    """
    chosen, id_ = chooser.get_value_data(value), (attrs or {})["id"]
    return format_html(
        '{}<template data-begin="{}" data-for="{}" data-options="{}"></template>',
        chooser.render_html(name, chosen, attrs),
        chooser.js_constructor,
        id_,
        json.dumps(chooser.get_js_init_options(id_, name, chosen)),
    )


def named_as_the_centre(user: Any) -> dict[str, Any]:
    """Return what Wagtail asks of a person's site: its own row says “localhost”."""
    return {**get_site_for_user(user), "site_name": str(settings.CENTRE.name)}


BaseChooser.render = drawn_without_script
for each in (site_summary, home, pictures, papers):
    each.get_site_for_user = named_as_the_centre
