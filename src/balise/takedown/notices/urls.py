"""Notices: what a mail of ours leads to, and the desk behind the staff door."""

from django.urls import path

from balise.takedown.notices.web import (
    answers,
    documents,
    public as pages,
    recipients,
    staff as desk,
    steps,
)

app_name = "notices"
public = [
    path("notice/<str:token>/", pages.answer, name="answer"),
    path("contest/<str:token>/", pages.contest, name="contest"),
]
staff = [
    path("", desk.notices, name="notices"),
    path("answers/", answers.answers, name="answers"),
    path("answers/<uuid:answer_id>/", answers.answer, name="answer"),
    path("answers/<uuid:answer_id>/attach/", answers.attach, name="attach"),
    path("contests/", answers.contests, name="contests"),
    path("contests/<uuid:contest_id>/", answers.contest, name="contest"),
    path("recipients/", recipients.recipients, name="recipients"),
    path("recipients/<uuid:contact_id>/", recipients.customs, name="customs"),
    path("mails/<uuid:mailing_id>/again/", steps.send_mail_again, name="send-mail-again"),
    path("told/<uuid:told_id>/", steps.retraction_told, name="retraction-told"),
    path("<uuid:notice_id>/", desk.notice, name="notice"),
    path("<uuid:notice_id>/documents/", documents.documents, name="documents"),
    path("<uuid:notice_id>/documents/<slug:kind>/", documents.document, name="document"),
    path("<uuid:notice_id>/completeness/", documents.completeness, name="completeness"),
    path("<uuid:notice_id>/send/", desk.send, name="send"),
    path("<uuid:notice_id>/sent-by-hand/", desk.sent_by_hand, name="sent-by-hand"),
    path("<uuid:notice_id>/withdraw/", desk.withdraw, name="withdraw"),
    path("<uuid:notice_id>/outcome/", desk.outcome, name="outcome"),
    path("<uuid:notice_id>/plea/", steps.plea, name="plea"),
    path("<uuid:notice_id>/reply/", steps.reply, name="reply"),
    path("<uuid:notice_id>/hold/", steps.hold, name="hold"),
    path("<uuid:notice_id>/lift/", steps.lift, name="lift"),
    path("<uuid:notice_id>/climb/", steps.climb, name="climb"),
    path("<uuid:notice_id>/know/", steps.know, name="know"),
    path("<uuid:notice_id>/stay/", steps.stay, name="stay"),
    path("<uuid:notice_id>/leave/", steps.leave, name="leave"),
    path("<uuid:notice_id>/object/", steps.object_to, name="object"),
]
