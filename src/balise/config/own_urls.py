"""The addresses of the app's own origin: what its scripts ask for, and what the release names."""

from django.urls import URLPattern, URLResolver, path

from balise.config.urls import behind
from balise.foundation.web import csp_reports, pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("exit/", pages.leave, name="exit"),
    path("csp/", csp_reports.take, name="csp"),
    *behind("own", plain=True),
    *behind("own"),
]

handler400 = "balise.foundation.web.own.bad_request"
handler403 = "balise.foundation.web.own.not_allowed"
handler404 = "balise.foundation.web.own.not_found"
handler500 = "balise.foundation.web.own.server_error"
