"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.sid.web import public as door, staff as desk

app_name = "sid"
public = [
    path("safer-internet-day/", door.day, name="day"),
    path("safer-internet-day/declare/", door.declare, name="declare"),
    path("safer-internet-day/declared/", door.declared, name="declared"),
    path("safer-internet-day/activity/<str:token>/", door.own, name="own"),
    path("safer-internet-day/press/<str:token>/", door.press_before, name="press_before"),
    path("safer-internet-day/<int:year>/", door.of_year, name="of_year"),
    path("safer-internet-day/<int:year>/press/", door.press, name="press"),
    path("safer-internet-day/<int:year>/press.pdf", door.press_paper, name="press_paper"),
    path("safer-internet-day/<int:year>/report/", door.report, name="report"),
    path("safer-internet-day/<int:year>/report.pdf", door.report_paper, name="report_paper"),
]
staff = [
    path("", desk.editions, name="editions"),
    path("<uuid:edition_id>/", desk.edition, name="edition"),
    path("<uuid:edition_id>/wall/", desk.wall, name="wall"),
    path("<uuid:edition_id>/activities/", desk.activities, name="activities"),
    path("<uuid:edition_id>/report/", desk.report, name="report"),
    path("<uuid:edition_id>/report/publish/", desk.publish, name="publish"),
    path("activity/<uuid:activity_id>/show/", desk.show, name="show"),
    path("activity/<uuid:activity_id>/refuse/", desk.refuse, name="refuse"),
    path("activity/<uuid:activity_id>/void/", desk.void, name="void"),
]
