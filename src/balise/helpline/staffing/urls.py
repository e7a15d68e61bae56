"""Staffing behind the staff door."""

from django.urls import path

from balise.helpline.staffing.web import planning

app_name = "staffing"
staff = [
    path("", planning.forecast, name="forecast"),
    path("what-if/", planning.what_if, name="what-if"),
]
