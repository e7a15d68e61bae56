"""Pictures behind the public and the staff door."""

from django.urls import path

from balise.helpline.pictures.web import public as young, sealed, staff as listeners

app_name = "pictures"
public = [
    path("talk/picture/", young.ask, name="ask"),
    path("talk/picture/own/", young.own, name="own"),
    path("talk/picture/send/", young.send, name="send"),
    path("talk/picture/<uuid:picture_id>/keep/", young.keep, name="keep"),
    path("talk/picture/<uuid:picture_id>/back/", young.take_back, name="back"),
]
staff = [
    path("of/<uuid:conversation_id>/", listeners.cards, name="cards"),
    path("closed/", sealed.listing, name="sealed"),
    path("closed/pulse/", sealed.pulse, name="pulse"),
    path("closed/<uuid:picture_id>/", sealed.decide, name="decide"),
    path("closed/<uuid:picture_id>/take/", sealed.take, name="take"),
    path("closed/<uuid:picture_id>/open/", sealed.open_once, name="open"),
    path("closed/<uuid:picture_id>/drawn/", sealed.drawn_once, name="drawn-once"),
    path("closed/<uuid:picture_id>/package/", sealed.pack, name="pack"),
    path("closed/<uuid:picture_id>/settle/", sealed.settle, name="settle"),
    path("<uuid:picture_id>/", listeners.picture, name="picture"),
    path("<uuid:picture_id>/drawn/", listeners.drawn, name="drawn"),
    path("<uuid:picture_id>/seen/", listeners.seen, name="seen"),
    path("<uuid:picture_id>/ask/", listeners.ask, name="ask"),
    path("<uuid:picture_id>/erase/", listeners.take_out, name="take-out"),
    path("<uuid:picture_id>/close/", listeners.seal, name="seal"),
]
