"""The laboratory behind the public door, and for staff."""

from django.urls import path

from balise.hotline.laboratory.web import public as victims, staff as team

app_name = "laboratory"
public = [
    path("lab/", victims.start, name="start"),
    path("lab/young/", victims.young, name="young"),
    path("lab/young/asked/", victims.young_asked, name="young-asked"),
    path("lab/choose/", victims.choose, name="choose"),
    path("lab/send/", victims.send, name="send"),
    path("lab/follow/", victims.follow, name="follow"),
    path("lab/withdraw/", victims.withdraw, name="withdraw"),
    path("lab/links/", victims.links, name="links"),
    path("lab/answer/<uuid:dispute_id>/", victims.answer, name="answer"),
    path("lab/leave/", victims.leave, name="leave"),
    path("lab/code.txt", victims.code_text, name="code-text"),
]
staff = [
    path("lab/", team.disputes, name="disputes"),
    path("lab/<uuid:case_id>/", team.case, name="case"),
    path("lab/<uuid:case_id>/<uuid:item_id>/dispute/", team.dispute, name="dispute"),
    path("lab/<uuid:case_id>/disputes/<uuid:dispute_id>/", team.settle, name="settle"),
]
