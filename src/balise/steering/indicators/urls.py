"""The addresses of this module, by door."""

from django.urls import path

from balise.steering.indicators.web import staff as desk

app_name = "indicators"
staff = [
    path("", desk.breaks, name="breaks"),
    path("breaks/add/", desk.add, name="add"),
    path("breaks/<uuid:break_id>/", desk.change, name="change"),
    path("breaks/<uuid:break_id>/remove/", desk.remove, name="remove"),
    path("targets/add/", desk.aim, name="aim"),
    path("targets/<uuid:target_id>/remove/", desk.drop, name="drop"),
]
