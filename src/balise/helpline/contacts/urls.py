"""The questions afterwards, at the public door."""

from django.urls import path

from balise.helpline.contacts.web import public as pages

app_name = "after"
public = [
    path("after/thanks/", pages.thanks, name="thanks"),
    path("after/<str:token>/", pages.after, name="after"),
]
