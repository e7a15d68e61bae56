"""The addresses of this module, by door."""

from django.urls import path

from balise.steering.committee.web import staff as door

app_name = "committee"
staff = [
    path("", door.committee, name="committee"),
    path("seats/<uuid:member_id>/end/", door.unseat, name="unseat"),
    path("items/<uuid:item_id>/", door.minutes, name="minutes"),
    path("decisions/<uuid:decision_id>/", door.decision, name="decision"),
    path("<uuid:meeting_id>/", door.meeting, name="meeting"),
]
