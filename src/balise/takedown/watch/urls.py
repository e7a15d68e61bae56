"""The watch, behind the staff door."""

from django.urls import path

from balise.takedown.watch.web import staff as desk

app_name = "watch"
staff = [
    path("", desk.board, name="board"),
    path("removals/", desk.removals, name="removals"),
    path("<slug:line>/<uuid:subject>/look/", desk.look, name="look"),
    path("<slug:line>/<uuid:subject>/stop/", desk.stop, name="stop"),
    path("<slug:line>/<uuid:subject>/leads/", desk.leads, name="leads"),
]
