"""Dossiers, behind the staff door."""

from django.urls import path

from balise.takedown.onward.dossiers.web import staff as desk, steps

app_name = "dossiers"
staff = [
    path("", desk.dossiers, name="dossiers"),
    path("<uuid:dossier_id>/", desk.dossier, name="dossier"),
    path("<uuid:dossier_id>/approve/", steps.approve, name="approve"),
    path("<uuid:dossier_id>/approve-alone/", steps.approve_alone, name="approve-alone"),
    path("<uuid:dossier_id>/read/", steps.note_reading, name="note-reading"),
    path("<uuid:dossier_id>/withdraw/", steps.withdraw, name="withdraw"),
    path("<uuid:dossier_id>/paper/", steps.paper, name="paper"),
    path("<uuid:dossier_id>/package/", steps.download, name="download"),
    path("<uuid:dossier_id>/hand-over/", steps.hand_over, name="hand-over"),
    path("<uuid:dossier_id>/acknowledged/", steps.acknowledge, name="acknowledge"),
    path("<uuid:dossier_id>/answer/", steps.answer, name="answer"),
    path("<uuid:dossier_id>/refusal/", steps.refusal, name="refusal"),
    path("<uuid:dossier_id>/hold/", steps.hold, name="hold"),
    path("<uuid:dossier_id>/lift/", steps.lift, name="lift"),
]
