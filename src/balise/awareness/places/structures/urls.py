"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.places.structures.web import confirming, forms, near, staff as desk

app_name = "structures"
public = [
    path("near-me/", near.near, name="near"),
    path("near-me/<uuid:structure_id>/", near.structure, name="structure"),
    path("our-organisation/<str:token>/", confirming.confirm, name="confirm"),
]
staff = [
    path("", desk.listed, name="listed"),
    path("add/", desk.add, name="add"),
    path("due/", desk.due, name="due"),
    path("coverage/", desk.coverage, name="coverage"),
    path("files/", forms.bring_in, name="bring_in"),
    path("files/confirm/", forms.confirm, name="confirm"),
    path("files/export/", forms.write_out, name="write_out"),
    path("<uuid:structure_id>/", desk.one, name="one"),
    path("<uuid:structure_id>/change/", desk.change, name="change"),
    path("<uuid:structure_id>/sign/", desk.sign, name="sign"),
    path("<uuid:structure_id>/attest/", desk.attest, name="attest"),
    path("<uuid:structure_id>/close/", desk.close, name="close"),
    path("<uuid:structure_id>/merge/", desk.merge, name="merge"),
    path("<uuid:structure_id>/people/", desk.sealed, name="sealed"),
    path("<uuid:structure_id>/people/add/", desk.add_contact, name="add_contact"),
    path(
        "<uuid:structure_id>/people/<uuid:contact_id>/remove/",
        desk.remove_contact,
        name="remove_contact",
    ),
    path(
        "<uuid:structure_id>/corrections/<uuid:correction_id>/settle/", desk.settle, name="settle"
    ),
    path("<uuid:structure_id>/code/renew/", desk.renew_code, name="renew_code"),
    path("<uuid:structure_id>/code.svg", desk.code, name="code"),
]
