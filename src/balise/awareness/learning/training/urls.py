"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.learning.training.web import (
    public as door,
    staff as desk,
    staff as training_staff,
)

app_name = "training"
public = [
    path("training/", door.module, name="module"),
    path("training/begin/", door.begin, name="begin"),
    path("training/before/<int:nth>/", door.before, name="before"),
    path("training/before/skip/", door.skip, name="skip"),
    path("training/lessons/<slug:code>/", door.lesson, name="lesson"),
    path("training/test/<int:nth>/", door.test, name="test"),
    path("training/test/again/", door.again, name="again"),
    path("training/end/", door.end, name="end"),
    path("training/certificate/", door.certificate, name="certificate"),
    path("training/certificate/<str:token>/", door.certified, name="certified"),
    path("training/badge/", door.badge, name="ask"),
    path("training/diploma.pdf", door.diploma, name="diploma"),
    path("training/session/<str:token>/", training_staff.session, name="session"),
    path("training/keep/", door.keep, name="keep"),
    path("training/kept/<str:token>/", door.kept, name="kept"),
    path("training/resume/", door.resume, name="resume"),
    path("badges/verify/", training_staff.verify, name="verify"),
    path("badges/verify/<str:token>/", training_staff.verified, name="verified"),
    path("badges/<uuid:badge>/", training_staff.one, name="badge"),
    path("badges/<uuid:badge>/badge.svg", training_staff.picture, name="picture"),
    path("badges/<uuid:badge>/badge.json", training_staff.credential, name="credential"),
]
plain = [
    path("badges/revoked.json", training_staff.standing, name="badges-revoked"),
    path("badges/did.json", training_staff.keys, name="badges-keys"),
]
staff = [
    path("", desk.board, name="board"),
    path("badges/<uuid:badge>/", desk.revoke, name="revoke"),
]
