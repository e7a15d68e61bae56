"""Wagtail's pages at `/cms/`, behind the staff door: its addresses, and what each may load.

Wagtail asks its permissions of `access.policies`; whether someone may enter at all is asked here,
for Wagtail would send them to sign in, where they are already.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, Final, cast

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods
from wagtail.admin import urls as library

from balise.awareness.publications import access
from balise.awareness.publications.rules import watching
from balise.awareness.publications.web.media import kept
from balise.foundation.accounts import visits
from balise.foundation.accounts.web import entrance
from balise.foundation.files.uploads import takes_plain_files
from balise.foundation.web.doors import Request, View, staff

# What Wagtail's views take for granted of a request: its own pages always send it so.
#
# Each view is named as in Wagtail's URL conf, with its namespaces. A new version that no longer
# needs this, or needs more, is told by `tests/test_cms_addresses.py`.


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


type Policy = dict[str, Any]

# Ours, and what Wagtail's pages load. No nonce: with one, a browser forgets 'unsafe-inline'.
POLICY: Final[Policy] = {
    **settings.SECURE_CSP,
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "blob:"],  # a picture before it is sent
    "frame-src": ["'self'"],  # a preview
    "frame-ancestors": ["'self'"],
}
# The editor of texts writes two <style> of its own.
EDITOR: Final[Policy] = {**POLICY, "style-src-elem": ["'self'", "'unsafe-inline'"]}
# The page of a picture tries a handler that is `return;`.
PICTURE: Final[Policy] = {
    **POLICY,
    "script-src-attr": [
        "'unsafe-hashes'",
        "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='",
    ],
}
POLICIES: Final[Mapping[str, Policy]] = {
    "wagtailadmin_pages:add": EDITOR,
    "wagtailadmin_pages:edit": EDITOR,
    "wagtailimages:edit": PICTURE,
}

# Accounts, passwords, sites, collections, what reviews are, restrictions: the house's own, or
# not used.
CLOSED: Final = (
    "wagtailadmin_block_preview",
    "wagtailadmin_collections:",
    "wagtailadmin_error_test",
    "wagtailadmin_login",
    "wagtailadmin_pages:set_privacy",
    "wagtailadmin_password_reset",
    "wagtailadmin_workflows:",
    "wagtaildocs:add_multiple",
    "wagtaildocs:delete_multiple",
    "wagtaildocs:edit_multiple",
    "wagtailimages:add_multiple",
    "wagtailimages:delete_multiple",
    "wagtailimages:edit_multiple",
    "wagtailimages:url_generator",
    "wagtailsites:",
)
# No page of Wagtail sends another method; its views would delete by one without their own checks.
_AS_A_BROWSER: Final = require_http_methods(["GET", "HEAD", "OPTIONS", "POST"])
UNATTENDED: Final = "wagtailadmin_editing_sessions:"  # an open editor calls every ten seconds
TAKE_PICTURES: Final = ("wagtailimages:", "wagtailimages_chooser:")
TAKE_FILMS: Final = ("wagtaildocs:", "wagtaildocs_chooser:")
_FRAMED: Final = ("; frame-ancestors 'none'", "; frame-ancestors 'self'")


def _draw(view: View, name: str) -> View:
    """Return a view of Wagtail behind our door; `name` is its own, with its namespaces."""
    if name == "wagtailadmin_logout":
        return cast("View", entrance.sign_out)
    if name == "wagtailadmin_account":
        return staff(_own_account)
    if name.startswith(CLOSED):
        return staff(_closed)

    @wraps(view)
    def drawn(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        access.require(request.actor, access.WRITE)
        check_asked(request, name, kwargs)
        return _framed(view(request, *args, **kwargs))

    if name.startswith(TAKE_PICTURES):
        drawn = takes_plain_files(drawn)
    if name.startswith(TAKE_FILMS):
        drawn = takes_plain_files(drawn, most=watching.MOST)
    if name.startswith(UNATTENDED):
        drawn = visits.unattended(drawn)
    return staff(_AS_A_BROWSER(csp_override(POLICIES.get(name, POLICY))(drawn)))


def _own_account(request: Request, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Lead to our own page of an account: Wagtail's menu names one."""
    access.require(request.actor, access.WRITE)
    return HttpResponseRedirect(reverse("mfa_index"))


def _closed(_request: Request, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Answer that there is no such page; templates of Wagtail still name it."""
    raise Http404


def _framed(answer: HttpResponse) -> HttpResponse:
    """Let our own page frame a preview, which was drawn as a public page with its policy."""
    policy = answer.headers.get("Content-Security-Policy")
    if policy is not None:
        answer.headers["Content-Security-Policy"] = policy.replace(*_FRAMED)
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _behind(
    patterns: Iterable[URLPattern | URLResolver], within: str = ""
) -> Sequence[URLPattern | URLResolver]:
    """Put Wagtail's views behind our door, keeping their addresses and names."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            space = f"{within}{entry.namespace}:" if entry.namespace else within
            _behind(cast("Any", entry).url_patterns, space)
        else:
            entry.callback = _draw(entry.callback, f"{within}{entry.name or ''}")
    return list(patterns)


# What its pages show of files comes first: of drafts too.
urlpatterns = [path("media/<path:name>", kept), *_behind(library.urlpatterns)]
