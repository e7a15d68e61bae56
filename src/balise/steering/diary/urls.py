"""The addresses of this module, by door."""

from django.urls import path

from balise.steering.diary.web import staff as desk

app_name = "diary"
staff = [
    path("", desk.entries, name="list"),
    path("add/", desk.add, name="add"),
    path("calendar.ics", desk.calendar, name="calendar"),
    path("<uuid:entry_id>/", desk.entry, name="entry"),
    path("<uuid:entry_id>/change/", desk.change, name="change"),
]
