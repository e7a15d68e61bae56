"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.places.fieldwork.web import staff as desk, staff as fieldwork_staff, workshop

app_name = "fieldwork"
public = [
    # A folder of its own: its worker has it as scope, and nothing beside it.
    path("workshop/", workshop.declare, name="declare"),
    path("workshop/send/", workshop.send, name="send"),
    path("workshop/code/<str:kit>.svg", workshop.code, name="code"),
    path("workshop/worker.js", workshop.worker, name="worker"),
    path("school-visit/", fieldwork_staff.ask, name="ask"),
    path("after-visit/<str:token>/", fieldwork_staff.after, name="after"),
]
staff = [
    path("", desk.requests, name="requests"),
    path("calendar/", desk.calendar, name="calendar"),
    path("new/", desk.new, name="new"),
    path("interventions/<uuid:intervention_id>/", desk.intervention, name="intervention"),
    path("interventions/<uuid:intervention_id>/plan/", desk.plan, name="plan"),
    path("interventions/<uuid:intervention_id>/met/", desk.met, name="met"),
    path("interventions/<uuid:intervention_id>/close/", desk.close, name="close"),
    path("workshops/", desk.workshops, name="workshops"),
    path("workshops/<uuid:workshop_id>/", desk.workshop, name="workshop"),
    path("workshops/<uuid:workshop_id>/void/", desk.void, name="void"),
    path("figures/", desk.figures, name="figures"),
]
