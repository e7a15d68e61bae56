"""The questions afterwards, at the public door; answers, blocks, files behind the staff door."""

from django.urls import path

from balise.helpline.contacts.web import blocks, public as contacts_public, public as pages, reports

app_name = "after"
public = [
    path("after/thanks/", pages.thanks, name="thanks"),
    path("after/<str:token>/", pages.after, name="after"),
]
staff = [
    path("answers/<slug:language>/", contacts_public.answers, name="answers"),
    path("answers/<slug:language>/<slug:code>/", contacts_public.change, name="answer-change"),
    path("answers/<slug:language>/<slug:code>/drop/", contacts_public.drop, name="answer-drop"),
    path("files-for-others/", reports.reports, name="reports"),
    path("files-for-others/insafe/", reports.insafe, name="report-insafe"),
    path("files-for-others/chi/", reports.chi, name="report-chi"),
    path("blocks/", blocks.blocks, name="blocks"),
    path("blocks/<uuid:block_id>/agree/", blocks.agree, name="agree"),
    path("blocks/<uuid:block_id>/lift/", blocks.lift, name="lift"),
]
