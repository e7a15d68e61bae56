"""The directory, behind the staff door."""

from django.urls import path

from balise.takedown.directory.web import entries, forms

app_name = "directory"
staff = [
    path("", entries.entries, name="entries"),
    path("whom/", entries.whom, name="whom"),
    path("to-confirm/", entries.to_confirm, name="to-confirm"),
    path("add/", entries.add, name="add"),
    path("<uuid:organisation_id>/", entries.entry, name="entry"),
    path("<uuid:organisation_id>/change/", entries.change, name="change"),
    path("<uuid:organisation_id>/confirm/", entries.confirm, name="confirm-entry"),
    path("<uuid:organisation_id>/<uuid:contact_id>/", forms.contact, name="contact"),
    path("<uuid:organisation_id>/<uuid:contact_id>/approve/", forms.approve, name="approve"),
    path("<uuid:organisation_id>/<uuid:contact_id>/confirm/", forms.confirm, name="confirm"),
    path("<uuid:organisation_id>/<uuid:contact_id>/block/", forms.block, name="block"),
]
