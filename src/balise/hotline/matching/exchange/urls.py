"""The exchange of hashes, behind the staff door."""

from django.urls import path

from balise.hotline.matching.exchange.web import staff as pages

app_name = "hashes"
staff = [
    path("", pages.exchange, name="exchange"),
    path("partners/<uuid:partner_id>/", pages.partner, name="partner"),
    path("partners/<uuid:partner_id>/reopen/", pages.reopen, name="reopen"),
    path("sources/<slug:code>/", pages.source, name="source"),
    path("sources/<slug:code>/<uuid:page_id>/again/", pages.ask_again, name="ask-again"),
]
