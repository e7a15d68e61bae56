"""CyberTips, behind the staff door."""

from django.urls import path

from balise.takedown.onward.cybertips.web import staff as desk

app_name = "cybertips"
staff = [
    path("<uuid:dossier_id>/", desk.tip, name="tip"),
    path("<uuid:dossier_id>/document.xml", desk.document, name="document"),
]
