"""Calls behind the staff door; their events behind the API's."""

from django.urls import path

from balise.helpline.telephony.web import api
from balise.helpline.telephony.web import staff as desk

app_name = "telephony"
staff = [
    path("calls/", desk.calls, name="calls"),
    path("call-backs/", desk.call_backs, name="call-backs"),
    path("call-backs/<uuid:call_back_id>/open/", desk.open_call_back, name="open"),
    path("call-backs/<uuid:call_back_id>/dial/", desk.dial, name="dial"),
    path("call-backs/<uuid:call_back_id>/attempt/", desk.attempt, name="attempt"),
    path("call-backs/<uuid:call_back_id>/withdraw/", desk.withdraw, name="withdraw"),
]
hooks = [path("telephony/events/", api.events, name="telephony-events")]
