"""The figures behind the staff door."""

from django.urls import path

from balise.steering.web import staff as desk

app_name = "steering"
staff = [
    path("", desk.figures, name="figures"),
    path("<slug:board_code>/", desk.figures, name="board"),
    path("<slug:board_code>/export/", desk.export, name="export"),
]
