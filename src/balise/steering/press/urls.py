"""The addresses of this module, by door."""

from django.urls import path

from balise.steering.press.web import forms, staff as desk

app_name = "press"
staff = [
    path("", desk.items, name="list"),
    path("add/", desk.add, name="add"),
    path("headings/", desk.headings, name="headings"),
    path("groups/", forms.groups, name="groups"),
    path("import/", forms.bring, name="bring"),
    path("import/<uuid:brought_id>/", forms.file, name="file"),
    path("<uuid:item_id>/", desk.item, name="item"),
    path("<uuid:item_id>/change/", desk.change, name="change"),
    path("<uuid:item_id>/ungroup/", forms.ungroup, name="ungroup"),
]
