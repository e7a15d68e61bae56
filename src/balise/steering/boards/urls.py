"""The figures behind the staff door."""

from django.urls import path, register_converter

from balise.steering.boards.web import figure, staff as desk
from balise.steering.boards.web.addresses import BoardCode

# Other modules of the line have addresses beside the boards.
register_converter(BoardCode, "board")

app_name = "steering"
staff = [
    path("", desk.figures, name="figures"),
    path("figure/<slug:code>/", figure.figure, name="figure"),
    path("figure/<slug:code>/leave/", figure.leave, name="leave"),
    path("<board:board_code>/", desk.figures, name="board"),
    path("<board:board_code>/export/", desk.export, name="export"),
]
