"""The directory, behind the staff door."""

from django.urls import path

from balise.takedown.directory.web import staff as desk

app_name = "directory"
staff = [
    path("", desk.hosts, name="hosts"),
    path("<uuid:host_id>/", desk.host, name="host"),
    path("<uuid:host_id>/<uuid:contact_id>/approve/", desk.approve, name="approve"),
    path("<uuid:host_id>/<uuid:contact_id>/block/", desk.block, name="block"),
]
