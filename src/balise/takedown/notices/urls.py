"""Notices, behind the staff door."""

from django.urls import path

from balise.takedown.notices.web import staff as desk

app_name = "notices"
staff = [
    path("", desk.notices, name="notices"),
    path("<uuid:notice_id>/", desk.notice, name="notice"),
    path("<uuid:notice_id>/send/", desk.send, name="send"),
    path("<uuid:notice_id>/sent-by-hand/", desk.sent_by_hand, name="sent-by-hand"),
    path("<uuid:notice_id>/withdraw/", desk.withdraw, name="withdraw"),
    path("<uuid:notice_id>/outcome/", desk.outcome, name="outcome"),
]
