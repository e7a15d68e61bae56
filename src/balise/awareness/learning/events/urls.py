"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.learning.events.web import (
    public as door,
    public as events_public,
    staff as desk,
)

app_name = "events"
public = [
    path("events/", door.coming, name="coming"),
    path("events.ics", door.feed, name="feed"),
    path("events/<uuid:event_id>/", door.event, name="event"),
    path("events/<uuid:event_id>/event.ics", door.one, name="one"),
    path("events/<uuid:event_id>/register/", door.register, name="register"),
    path("events/<uuid:event_id>/registered/", door.registered, name="registered"),
    path("my-event/<str:token>/", events_public.mine, name="mine"),
    path("my-event/<str:token>/certificate/", events_public.attested, name="certificate"),
]
staff = [
    path("", desk.every, name="list"),
    path("add/", desk.add, name="add"),
    path("<uuid:event_id>/", desk.event, name="event"),
    path("<uuid:event_id>/change/", desk.change, name="change"),
    path("<uuid:event_id>/publish/", desk.publish, name="publish"),
    path("<uuid:event_id>/cancel/", desk.cancel, name="cancel"),
    path("<uuid:event_id>/replay/", desk.link_replay, name="replay"),
    path("<uuid:event_id>/registered/", desk.registered, name="people"),
    path("<uuid:event_id>/attendance/", events_public.attendance, name="attendance"),
    path("<uuid:event_id>/codes/", events_public.codes, name="codes"),
    path("<uuid:event_id>/heads/", events_public.heads, name="heads"),
]
