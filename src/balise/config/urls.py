"""One address tree for each door; `BALISE_DOORS` says which are mounted."""

from collections.abc import Iterator
from importlib import import_module

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import override
from django.views.decorators.csp import csp_override

from balise.config import api as partners
from balise.config.modules import modules
from balise.foundation.accounts import urls as accounts
from balise.foundation.modules import Mount
from balise.foundation.web import urls as web
from balise.foundation.web.doors import STAFF_PATHS, policy_with

type Tree = list[URLPattern | URLResolver]


def behind(door: str, *, plain: bool = False) -> Iterator[URLPattern | URLResolver]:
    """Yield what the modules hang behind a door, in their order; or what has no language."""
    for name, module in modules().items():
        for mount in (each for each in getattr(module, door) if each.plain == plain):
            if mount.kept and (door != "public" or mount.plain):
                raise ValueError(f"{name}: only pages of the public door may be kept")
            listed = getattr(import_module(f"{name}.urls"), mount.listed or door)
            for page in listed:
                _open(page, mount)
            if mount.namespace:
                yield path(mount.at, include((listed, mount.namespace)))
            else:
                yield from listed


def _open(page: URLPattern, mount: Mount) -> None:
    """Add what the module says of this page to its policy."""
    if more := mount.sources.get(page.name or ""):
        page.callback = csp_override(policy_with(more))(page.callback)


def kept() -> dict[str, int]:
    """Return the paths of the pages of which copies may be kept, and for how many seconds."""
    found = {}
    for module in modules().values():
        for mount in module.public:
            space = f"{mount.namespace}:" if mount.namespace else ""
            for page, seconds in mount.kept.items():
                for language, _name in settings.LANGUAGES:
                    with override(language):
                        found[reverse(f"{space}{page}")] = seconds
    return found


def _areas() -> Iterator[URLResolver]:
    """Yield what libraries draw behind the staff door, which their `urlpatterns` stand behind."""
    for module in modules().values():
        for at, drawn in module.areas.items():
            if f"/{at}" not in STAFF_PATHS:
                raise ValueError(f"{at} is no address of the staff door")
            yield path(at, include(drawn))


public: Tree = list(behind("public"))
staff: Tree = list(behind("staff"))
api: Tree = partners.patterns

urlpatterns: Tree = [*web.outside_languages]
if "public" in settings.DOORS:
    urlpatterns += [*behind("public", plain=True), *i18n_patterns(*public)]
if "staff" in settings.DOORS:
    urlpatterns += [
        path("staff/", include(accounts.entrance)),
        path("staff/", include((staff, "staff"))),
        *_areas(),
    ]
if "api" in settings.DOORS:
    urlpatterns += [path("api/v1/", include((api, "api")))]

handler400 = "balise.foundation.web.errors.bad_request"
handler403 = "balise.foundation.web.errors.not_allowed"
handler404 = "balise.foundation.web.errors.not_found"
handler500 = "balise.foundation.web.errors.server_error"
