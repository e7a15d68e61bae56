"""The reports behind each of the three doors."""

from django.urls import path

from balise.hotline.reports.web import (
    closing,
    describing,
    drafting,
    following,
    looking,
    police,
    public as report,
    qualifying,
    removal,
    staff as desk,
    words,
)

app_name = "hotline"
public = [
    path("report/", report.report, name="report"),
    path("report/sent/", report.thanks, name="thanks"),
    path("follow/", following.follow, name="follow"),
    path("follow/message/", following.write, name="write"),
    path("follow/helpline/", following.pass_on, name="pass-on"),
    path("follow/leave/", following.leave, name="leave"),
    path("follow/code.svg", following.code_image, name="code-image"),
    path("follow/code.txt", following.code_text, name="code-text"),
    path("follow/certificate/", following.ask_certificate, name="ask-certificate"),
    path("follow/certificate.pdf", following.certificate, name="certificate"),
    path("certificate/", following.check_certificate, name="check-certificate"),
]
staff = [
    path("words/", words.words, name="words"),
    path("words/<uuid:report_id>/", words.one, name="words-of"),
    path("words/<uuid:report_id>/open/", words.reveal, name="open-words"),
    path("words/<uuid:report_id>/answer/", words.answer, name="answer-words"),
    path("words/<uuid:report_id>/aside/", words.set_aside, name="set-words-aside"),
    path(
        "words/<uuid:report_id>/contents/<uuid:content_id>/reopen/",
        words.reopen,
        name="reopen-by-words",
    ),
    path("queue/", desk.queue, name="queue"),
    path("queue/next/", desk.next_one, name="next"),
    path("queue/close/", closing.ask, name="close-many"),
    path("queue/close/together/", closing.close, name="close-together"),
    path("closings/<uuid:closing_id>/", closing.closing, name="closing"),
    path("closings/<uuid:closing_id>/undo/", closing.undo, name="undo-closing"),
    path("contents/<uuid:content_id>/", desk.content, name="content"),
    path("contents/<uuid:content_id>/claim/", desk.claim, name="claim"),
    path("contents/<uuid:content_id>/release/", desk.release, name="release"),
    path("contents/<uuid:content_id>/reopen/", desk.put_back, name="reopen"),
    path("contents/<uuid:content_id>/open/", looking.reveal, name="reveal"),
    path("contents/<uuid:content_id>/look/", looking.look, name="look"),
    path("contents/<uuid:content_id>/verdict/", desk.assess, name="assess"),
    path("contents/<uuid:content_id>/verdict/draft/", drafting.draft, name="draft-verdict"),
    path("contents/<uuid:content_id>/questions/", qualifying.qualify, name="qualify"),
    path("contents/<uuid:content_id>/items/", describing.describe, name="describe"),
    path(
        "contents/<uuid:content_id>/items/<int:item_id>/withdraw/",
        describing.withdraw,
        name="withdraw-item",
    ),
    path("contents/<uuid:content_id>/notice/", removal.draft, name="draft-notice"),
    path("contents/<uuid:content_id>/trace/", removal.trace, name="trace"),
    path("contents/<uuid:content_id>/watch/", removal.watch, name="watch-content"),
    path("contents/<uuid:content_id>/gone/", removal.gone, name="gone"),
    path("contents/<uuid:content_id>/give-up/", removal.give_up, name="give-up"),
    path("contents/<uuid:content_id>/take-up/", removal.take_up, name="take-up"),
    path("contents/<uuid:content_id>/police/", police.prepare, name="prepare-dossier"),
    path("contents/<uuid:content_id>/reports/<uuid:report_id>/answer/", desk.answer, name="answer"),
    path(
        "contents/<uuid:content_id>/reports/<uuid:report_id>/helpline/",
        desk.hand_over,
        name="hand-over",
    ),
]
