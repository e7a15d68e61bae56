"""What was due and not ready, on the home of those who write; several pages at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry, LogFormatter

from balise.awareness.publications import queries
from balise.awareness.publications.rules import HELD


class HeldFormatter(LogFormatter):
    """How the history of a page says it."""

    label = _("Not published at its minute")
    message = _("Not published at its minute: it was not ready.")


@hooks.register("register_log_actions")
def say_held(registry: LogActionRegistry) -> None:
    """Give the log the words of what we write there."""
    registry.register_action(HELD)(HeldFormatter)


class HeldPanel(Component):
    """Pages that were due and not ready, each with what it lacks."""

    name = "held"
    order = 50
    template_name = "publications/editor_parts.html#held"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the pages with their reasons."""
        return {**super().get_context_data(parent_context), "pages": queries.held()}


@hooks.register("construct_homepage_panels")
def show_held(_request: HttpRequest, panels: list[Component]) -> None:
    """Put them first on the home."""
    panels.insert(0, HeldPanel())


@hooks.register("before_bulk_action")
def refuse_unready(
    request: HttpRequest, action: str, pages: Sequence[Any], _library: object
) -> HttpResponse | None:
    """Refuse to publish several pages at once while one of them is not ready."""
    if action != "publish" or request.method != "POST":
        return None
    bare = queries.unready(pages)
    for page, reasons in bare:
        said = {"title": page.title, "why": " ".join(reasons)}
        messages.error(request, gettext("“%(title)s” is not published. %(why)s") % said)
    back: HttpResponseRedirect = redirect("wagtailadmin_home")
    return back if bare else None
