"""Referrals and files behind the staff door; what a receiver is told behind the public one."""

from django.urls import path

from balise.helpline.cases.web import duties, entries, files, partners, received as desk, sent

staff = [
    path("referrals/", desk.referrals, name="referrals"),
    path("referrals/<uuid:referral_id>/", desk.referral, name="referral"),
    path("referrals/<uuid:referral_id>/take/", desk.take, name="take"),
    path("referrals/<uuid:referral_id>/open/", desk.open_words, name="open"),
    path("referrals/<uuid:referral_id>/close/", desk.close, name="close"),
    path("referrals/<uuid:referral_id>/make-file/", desk.make_file, name="make-file"),
    path("referrals/<uuid:referral_id>/give-back/", desk.give_back, name="give-back"),
]
case_files = [
    path("", files.cases, name="cases"),
    path("open/", files.open_case, name="open"),
    path("with-code/", files.open_with_code, name="open-with-code"),
    path("glass/<uuid:glass_id>/", files.see_glass, name="see-glass"),
    path("receivers/", sent.directory, name="directory"),
    path("receivers/<slug:receiver>/", sent.fill_in, name="fill-in"),
    path("receivers/<slug:receiver>/<slug:territory>/", sent.fill_in, name="fill-in"),
    path("duties/<uuid:duty_id>/", duties.duty, name="duty"),
    path("duties/<uuid:duty_id>/sign/", duties.sign, name="sign"),
    path("sent/<uuid:referral_id>/", sent.sent, name="sent"),
    path("sent/<uuid:referral_id>/answer/", sent.note_answer, name="note-answer"),
    path("sent/<uuid:referral_id>/link/", sent.renew, name="renew"),
    path("sent/<uuid:referral_id>/withdraw/", sent.withdraw, name="withdraw"),
    path("<uuid:case_id>/", files.case, name="case"),
    path("<uuid:case_id>/contacts/", files.contacts, name="contacts"),
    path("<uuid:case_id>/must-i-report/", duties.ask, name="ask"),
    path("<uuid:case_id>/complaint/", duties.complaint, name="complaint"),
    path("<uuid:case_id>/tell/", sent.choose, name="choose"),
    path("<uuid:case_id>/tell/<slug:receiver>/", sent.tell, name="tell"),
    path("<uuid:case_id>/call/", files.call, name="call"),
    path("<uuid:case_id>/move/", files.move, name="move"),
    path("<uuid:case_id>/colleague/", files.add_colleague, name="add-colleague"),
    path("<uuid:case_id>/leave/", files.leave, name="leave"),
    path("<uuid:case_id>/code/", files.make_code, name="make-code"),
    path("<uuid:case_id>/break-glass/", files.break_glass, name="break-glass"),
    path("<uuid:case_id>/add/<str:section>/", entries.new, name="new-entry"),
    path("entries/<uuid:entry_id>/", entries.entry, name="entry"),
    path("entries/<uuid:entry_id>/settle/", entries.settle, name="settle"),
    path("entries/<uuid:entry_id>/copy/", entries.copy, name="copy"),
    path("entries/<uuid:entry_id>/take-out/", entries.take_out, name="take-out"),
    path("entries/<uuid:entry_id>/document/", entries.document, name="document"),
]
public = [path("partner/<str:token>/", partners.referral, name="referral")]
