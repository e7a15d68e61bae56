"""The addresses of this module, by door."""

from django.urls import path

from balise.steering.press.web import files, staff as desk

app_name = "press"
staff = [
    path("", desk.items, name="list"),
    path("add/", desk.add, name="add"),
    path("headings/", desk.headings, name="headings"),
    path("groups/", files.groups, name="groups"),
    path("import/", files.bring, name="bring"),
    path("import/<uuid:brought_id>/", files.file, name="file"),
    path("<uuid:item_id>/", desk.item, name="item"),
    path("<uuid:item_id>/change/", desk.change, name="change"),
    path("<uuid:item_id>/ungroup/", files.ungroup, name="ungroup"),
]
