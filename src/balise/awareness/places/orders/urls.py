"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.places.orders.web import forms, orders as desk, public as door

app_name = "orders"
public = [
    path("order-kits/", door.order, name="order"),
]
staff = [
    path("", forms.stock, name="stock"),
    path("kits/add/", forms.add, name="add"),
    path("kits/<uuid:kit_id>/", forms.kit, name="kit"),
    path("kits/<uuid:kit_id>/offer/", forms.offer, name="offer"),
    path("kits/<uuid:kit_id>/<int:entry_id>/reverse/", forms.reverse, name="reverse"),
    path("asked/", desk.orders, name="orders"),
    path("asked/<uuid:order_id>/", desk.order, name="order"),
    path("deliveries/", desk.deliveries, name="deliveries"),
    path("deliveries/export/", desk.export, name="export"),
    path("areas/", desk.areas, name="areas"),
    path("notes/<uuid:note_id>/", desk.note, name="note"),
    path("notes/<uuid:note_id>/note.pdf", desk.note_pdf, name="note_pdf"),
    path("trace/", forms.trace, name="trace"),
]
