"""Call-backs at the public door; calls behind the staff door; their events behind the API's."""

from django.urls import path

from balise.helpline.telephony.web import api, public as pages, staff as desk

app_name = "telephony"
public = [
    path("call-back/", pages.ask, name="ask"),
    path("call-back/adults/", pages.ask_as_adult, name="adults"),
    path("call-back/asked/", pages.asked, name="asked"),
    path("call-back/adults/asked/", pages.asked_as_adult, name="asked-adults"),
]
staff = [
    path("calls/", desk.calls, name="calls"),
    path("call-backs/", desk.call_backs, name="call-backs"),
    path("call-backs/new/", desk.new, name="new"),
    path("call-backs/<uuid:call_back_id>/open/", desk.open_call_back, name="open"),
    path("call-backs/<uuid:call_back_id>/dial/", desk.dial, name="dial"),
    path("call-backs/<uuid:call_back_id>/attempt/", desk.note_attempt, name="attempt"),
    path("call-backs/<uuid:call_back_id>/withdraw/", desk.withdraw, name="withdraw"),
]
machines = [
    (api.exchange_that_signed, path("telephony/events/", api.events, name="telephony-events")),
]
