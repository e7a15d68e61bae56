"""One's own day of looking, and the team's weeks."""

from django.urls import path

from balise.hotline.welfare.web import staff as door

app_name = "welfare"
staff = [
    path("my-day/", door.mine, name="mine"),
    path("my-day/break/", door.take_break, name="take-break"),
    path("my-day/break/end/", door.end_break, name="end-break"),
    path("team/", door.team, name="team"),
]
