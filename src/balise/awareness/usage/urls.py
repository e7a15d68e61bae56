"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.usage.web import public as door, staff as desk

app_name = "usage"
public = [
    path("how-use-is-counted/", door.method, name="method"),
]
plain = [
    path("r/<slug:code>", door.follow, name="follow"),
]
staff = [
    path("", desk.board, name="board"),
    path("export/", desk.export, name="export"),
    path("links/", desk.links, name="links"),
    path("links/<uuid:link_id>/close/", desk.close, name="close"),
    path("links/<uuid:link_id>/code.svg", desk.code, {"form": "svg"}, name="code_svg"),
    path("links/<uuid:link_id>/code.png", desk.code, {"form": "png"}, name="code_png"),
]
