"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.partnership.campaigns.web import staff as desk

app_name = "campaigns"
staff = [
    path("", desk.campaigns, name="list"),
    path("add/", desk.add, name="add"),
    path("<uuid:campaign_id>/", desk.campaign, name="campaign"),
    path("<uuid:campaign_id>/change/", desk.change, name="change"),
    path("<uuid:campaign_id>/<uuid:declared_id>/withdraw/", desk.withdraw, name="withdraw"),
]
