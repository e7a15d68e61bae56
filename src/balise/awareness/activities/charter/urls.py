"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.activities.charter.web import (
    bank_forms,
    challenges,
    public as charter_public,
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
    path("charter/code/", charter_public.open_code, name="code"),
    path("charter/paper/", charter_public.paper, name="paper"),
    path("charter/calendar/", charter_public.calendar, name="calendar"),
    path("charter/challenges/", challenges.ask, name="challenges"),
    path("charter/challenges/<str:token>/", challenges.challenged, name="challenged"),
]
staff = [
    path("", desk.board, name="board"),
    path("practices/", bank_forms.practices, name="practices"),
    path("practices/add/", bank_forms.add, name="add"),
    path("practices/<slug:code>/", bank_forms.practice, name="practice"),
    path("practices/<slug:code>/withdraw/", bank_forms.withdraw, name="withdraw"),
    path("practices/<slug:code>/restore/", bank_forms.restore, name="restore"),
]
