"""The questions afterwards, at the public door; ready answers behind the staff door."""

from django.urls import path

from balise.helpline.contacts.web import public as pages
from balise.helpline.contacts.web import staff as desk

app_name = "after"
public = [
    path("after/thanks/", pages.thanks, name="thanks"),
    path("after/<str:token>/", pages.after, name="after"),
]
staff = [
    path("answers/<slug:language>/", desk.answers, name="answers"),
    path("answers/<slug:language>/<slug:code>/", desk.change, name="answer-change"),
    path("answers/<slug:language>/<slug:code>/drop/", desk.drop, name="answer-drop"),
]
