"""The addresses of this module, by door."""

from django.urls import path

from balise.steering.readings.web import staff as desk

app_name = "readings"
staff = [
    path("", desk.things, name="list"),
    path("add/", desk.add, name="add"),
    path("import/", desk.bring, name="bring"),
    path("import/<uuid:brought_id>/", desk.file, name="file"),
    path("<uuid:followed_id>/", desk.thing, name="thing"),
    path("<uuid:followed_id>/change/", desk.change, name="change"),
    path("reading/<uuid:reading_id>/", desk.correct, name="correct"),
]
