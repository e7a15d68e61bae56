"""Notices: what a mail of ours leads to, and the desk behind the staff door."""

from django.urls import path

from balise.takedown.notices.web import documents
from balise.takedown.notices.web import public as pages
from balise.takedown.notices.web import staff as desk

app_name = "notices"
public = [
    path("notice/<str:token>/", pages.answer, name="answer"),
    path("contest/<str:token>/", pages.contest, name="contest"),
]
staff = [
    path("", desk.notices, name="notices"),
    path("<uuid:notice_id>/", desk.notice, name="notice"),
    path("<uuid:notice_id>/documents/", documents.documents, name="documents"),
    path("<uuid:notice_id>/documents/<slug:kind>/", documents.document, name="document"),
    path("<uuid:notice_id>/completeness/", documents.completeness, name="completeness"),
    path("<uuid:notice_id>/send/", desk.send, name="send"),
    path("<uuid:notice_id>/sent-by-hand/", desk.sent_by_hand, name="sent-by-hand"),
    path("<uuid:notice_id>/withdraw/", desk.withdraw, name="withdraw"),
    path("<uuid:notice_id>/outcome/", desk.outcome, name="outcome"),
]
