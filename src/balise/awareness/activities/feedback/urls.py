"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.activities.feedback.web import public as door, staff as desk

app_name = "feedback"
public = [
    path("feedback/<slug:slug>/", door.ask, name="ask"),
    path("feedback/<slug:slug>/thanks/", door.thanks, name="thanks"),
    path("feedback/<slug:slug>/code.svg", door.code, name="code"),
]
staff = [path("", desk.board, name="board")]
