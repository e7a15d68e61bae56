"""A link of the public door that nobody was given opens nothing, and breaks nothing."""

import re

import pytest
from django.test import Client
from tests.architecture.test_doors import views
from tests.walks import of_each, rolled_back

# What is published has an address of words or numbers, or a short one on a poster: no secret.
SECRET = re.compile(r"<(?:str|uuid):\w+>")
PUBLISHED = ("fr/resources/", "media/", "r/")
LINKS = [
    route
    for route, view in views()
    if view.door == "public" and SECRET.search(route) and not route.startswith(PUBLISHED)
]
FORGED = ("nothing", "a" * 200, "0" * 26, "00000000-0000-4000-8000-000000000000:1:sig")
REFUSING = {404, 405, 410}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "options", "post", "put", "patch", "delete"])
@of_each("route", LINKS, apart=rolled_back)
def test_a_forged_link_is_refused_alike(route: str, method: str) -> None:
    """T006: what a link is forged from does not change the answer."""
    around = re.sub(r"<slug:\w+>", "nothing", route)  # which is no secret
    paths = ["/" + re.sub(r"<\w+:\w+>", forged, around) for forged in FORGED]
    answers = {getattr(Client(), method)(path).status_code for path in paths}
    assert len(answers) == 1
    assert answers <= REFUSING
