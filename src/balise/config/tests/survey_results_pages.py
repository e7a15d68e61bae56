"""The public pages of survey results, of an edition that the real action published."""

from uuid import uuid4

from django.test import Client

from balise.awareness.surveys.tests.results_makers import make_results
from balise.config.tests.public_ways import Reach


def survey_results(page: str = "") -> Reach:
    """Return the way to a page of results, of a survey of 100 people."""

    def reach(_client: Client) -> str:
        slug = uuid4().hex  # one test may walk several pages
        make_results(slug)
        return f"/fr/surveys/{slug}/results/{page}"

    return reach
