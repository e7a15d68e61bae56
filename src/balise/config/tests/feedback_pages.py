"""The public pages of feedback, with a kit that is public."""

from uuid import uuid4

from balise.awareness.activities.feedback.access import form_token
from balise.awareness.publications.models import Published
from balise.awareness.publications.tests.makers import make_kit
from balise.config.tests.public_ways import Reach

ANSWERS = {"useful-answer": "a", "able-answer": "b", "ages-answer": "c"}


def feedback(page: str = "") -> Reach:
    """Return the way to a page of the questions after a session."""
    return lambda _client: f"/fr/feedback/{Published.objects.get(pk=make_kit()).slug}/{page}"


def answers() -> dict[str, str]:
    """Return what someone sends, in a form of its own."""
    return {"form": form_token(uuid4()), **ANSWERS}
