"""The reports behind each of the three doors."""

from django.urls import path

from balise.hotline.reports.web import following
from balise.hotline.reports.web import public as report

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
    path("follow/certificate.pdf", following.certificate, name="certificate"),
    path("certificate/", following.check_certificate, name="check-certificate"),
]
