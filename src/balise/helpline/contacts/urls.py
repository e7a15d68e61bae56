"""The questions afterwards, at the public door; blocks behind the staff door."""

from django.urls import path

from balise.helpline.contacts.web import public as pages
from balise.helpline.contacts.web import staff as desk

app_name = "after"
public = [
    path("after/thanks/", pages.thanks, name="thanks"),
    path("after/<str:token>/", pages.after, name="after"),
]
staff = [
    path("blocks/", desk.blocks, name="blocks"),
    path("blocks/<uuid:block_id>/agree/", desk.agree, name="agree"),
    path("blocks/<uuid:block_id>/lift/", desk.lift, name="lift"),
]
