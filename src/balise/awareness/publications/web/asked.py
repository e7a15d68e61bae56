"""What Wagtail's views take for granted of a request: its own pages always send it so.

Each view is named as in Wagtail's URL conf, with its namespaces. A new version that no longer needs
this, or needs more, is told by `tests/test_cms_addresses.py`.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest

# Fields that a form of Wagtail's always has: it looks into them before it has looked at them.
_SENT: Final[Mapping[str, tuple[str, ...]]] = {
    "wagtailadmin_choose_page_external_link": ("external-link-chooser-url",),
    "wagtailadmin_pages:copy": ("new_parent_page",),
}
# The id, in the address or behind its `?`, is read as a number.
_NUMBERED: Final = (":chosen", ":find", "chosen_multiple")
_LONGEST: Final = 18  # digits that a database takes for an id


def check_asked(request: HttpRequest, name: str, places: Mapping[str, Any]) -> None:
    """Refuse a form without its fields (400), and a thing by an id that is none (404)."""
    if request.method == "POST":
        missing = [each for each in _SENT.get(name, ()) if each not in request.POST]
        if missing:
            raise BadRequest(", ".join(missing))
    if name.endswith(_NUMBERED):
        ids = [*request.GET.getlist("id"), *([places["pk"]] if "pk" in places else [])]
        if not all(_is_id(str(each)) for each in ids):
            raise Http404


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST
