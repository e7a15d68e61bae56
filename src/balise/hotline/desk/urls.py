"""The partners' desk, and their questions, behind the staff door."""

from django.urls import path

from balise.hotline.desk.web import batches, forms, questions

app_name = "desk"
staff = [
    path("", forms.home, name="home"),
    path("list/", forms.take, name="take"),
    path("reports/<uuid:report_id>/", forms.report, name="report"),
    path("new/", forms.new, name="new"),
    path("drafts/<uuid:draft_id>/", forms.draft, name="draft"),
    path("drafts/<uuid:draft_id>/send/", forms.send, name="send-draft"),
    path("drafts/<uuid:draft_id>/drop/", forms.drop, name="drop-draft"),
    path("batches/new/", batches.new, name="new-batch"),
    path("batches/template.<slug:form>", batches.give_template, name="template"),
    path("batches/<uuid:batch_id>/", batches.batch, name="batch"),
    path("batches/<uuid:batch_id>/send/", batches.send, name="send-batch"),
    path("batches/<uuid:batch_id>/to-correct.csv", batches.faulty, name="faulty"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<uuid:report_id>/", questions.question, name="question"),
]
