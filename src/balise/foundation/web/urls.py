"""The pages that belong to the house and to no line."""

from django.urls import URLPattern, URLResolver, path

from balise.foundation.web import csp_reports, desk, pages

outside_languages: list[URLPattern | URLResolver] = [
    path("", pages.threshold, name="threshold"),
    path("exit/", pages.leave, name="exit"),
    path("csp/", csp_reports.take, name="csp"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon, name="favicon"),
]
public: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("leaving/", pages.leaving, name="leaving"),
    path("privacy/", pages.privacy, name="privacy"),
    path("privacy/young/", pages.privacy_young, name="privacy-young"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("legal/", pages.legal, name="legal"),
]
staff: list[URLPattern | URLResolver] = [
    path("", desk.home, name="home"),
    path("search/", desk.search, name="search"),
    path("display/", desk.display, name="display"),
    path("design/", desk.design, name="design"),
]
