"""Content on its way abroad, behind the staff door."""

from django.urls import path

from balise.hotline.abroad.web import staff as desk

app_name = "abroad"
staff = [
    path("contents/<uuid:content_id>/abroad/", desk.hand_over, name="hand-over"),
    path("contents/<uuid:content_id>/iccam/", desk.export, name="export"),
]
