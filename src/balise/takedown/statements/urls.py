"""The yearly report and the statements of reasons, behind the staff door."""

from django.urls import path

from balise.takedown.statements.web import desk, report

app_name = "statements"
staff = [
    path("", desk.overview, name="overview"),
    path("files/<uuid:dump_id>/", desk.dump, name="dump"),
    path("notices/<uuid:notice_id>/", desk.notice, name="notice"),
    path("matches/<uuid:match_id>/confirm/", desk.confirm, name="confirm"),
    path("matches/<uuid:match_id>/reject/", desk.reject, name="reject"),
    path("yearly/", report.show, name="report"),
    path("yearly/file/", report.take, name="take-report"),
]
