"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.activities.charter.web import (
    bank as bank_desk,
    challenges,
    papers,
    public as door,
    staff as desk,
)

app_name = "charter"
public = [
    path("charter/", door.start, name="start"),
    path("charter/make/", door.make, name="make"),
    path("charter/steps/<slug:step>/", door.blank, name="blank"),
    path("charter/open/", door.open_file, name="open"),
    path("charter/file/", door.file, name="file"),
    path("charter/count/", door.count, name="count"),
    path("charter/code/", papers.open_code, name="code"),
    path("charter/paper/", papers.paper, name="paper"),
    path("charter/calendar/", papers.calendar, name="calendar"),
    path("charter/challenges/", challenges.ask, name="challenges"),
    path("charter/challenges/<str:token>/", challenges.challenged, name="challenged"),
]
staff = [
    path("", desk.board, name="board"),
    path("practices/", bank_desk.practices, name="practices"),
    path("practices/add/", bank_desk.add, name="add"),
    path("practices/<slug:code>/", bank_desk.practice, name="practice"),
    path("practices/<slug:code>/withdraw/", bank_desk.withdraw, name="withdraw"),
    path("practices/<slug:code>/restore/", bank_desk.restore, name="restore"),
]
