"""Words that answer to danger are signed by a psychologist, or staff read that they are not."""

from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings
from pytest_django.fixtures import Settings

from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.helpline.app.queries import words
from balise.helpline.app.rules.leaflets import leaflets
from balise.helpline.app.rules.plan import faults, plan
from balise.helpline.app.rules.quiz import quiz
from balise.helpline.app.rules.ways import digest, signed_by

PAGE = "/staff/helpline/app/words/"
UNSIGNED = "Aucun psychologue n’a signé ces mots"


def signature() -> str:
    return f"{digest('fr')} A. Test, 2 December 2026"


def test_a_signature_is_of_these_very_words() -> None:
    assert signed_by(signature(), country="fr") == "A. Test, 2 December 2026"
    assert signed_by("A. Test, 2 December 2026", country="fr") == ""
    assert signed_by(f"{'0' * 12} A. Test", country="fr") == ""
    assert signed_by(digest("fr"), country="fr") == ""
    assert signed_by("", country="fr") == ""


def test_the_plan_has_a_version_made_with_an_adult_and_one_for_older() -> None:
    young, older = plan("fr").versions
    assert (young.code, young.with_adult) == ("young", True)
    assert (older.code, older.with_adult) == ("older", False)
    assert young.steps[0].code == "reasons"
    assert "avec un adulte" in str(young.lead)
    for one in (young, older):
        assert [step.code for step in one.steps if not step.asks] == ["numbers", "safe"]
    assert not list(faults(plan("fr")))
    assert plan("lu") == plan("fr")


@override_settings(DEMONSTRATION=False)
def test_in_a_real_centre_the_plan_waits_for_the_signature() -> None:
    assert words.shown_plan() is None
    with override_settings(WORDS_SIGNED=signature()):
        assert words.shown_plan() == plan("fr")
    with override_settings(DEMONSTRATION=True):
        assert words.shown_plan() == plan("fr")


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def real(self, settings: Settings) -> None:
        settings.DEMONSTRATION = False

    def test_only_the_plan_waits_numbers_and_chat_never(self, client: Client) -> None:
        leaflet = client.get("/fr/app/leaflets/dark/").content.decode()
        vault = client.get("/fr/app/vault/").content.decode()
        assert 'href="tel:3114"' in leaflet
        assert "#plan" not in leaflet + vault
        assert "Mes appuis" not in leaflet + vault
        with override_settings(WORDS_SIGNED=signature()):
            assert "/fr/app/vault/#plan" in client.get("/fr/app/leaflets/dark/").content.decode()
            assert "Mes appuis" in client.get("/fr/app/vault/").content.decode()

    def test_staff_read_that_nobody_signed_and_a_child_never_does(self, client: Client) -> None:
        paths = ["app/quiz/", "app/leaflets/", "app/vault/"]
        paths += [f"app/quiz/{one.code}/" for one in quiz("fr").versions]
        paths += [f"app/leaflets/{one.code}/" for one in leaflets("fr")]
        for path in paths:
            page = client.get(f"/en/{path}").content.decode()
            assert "</html>" in page
            assert "psychologist has signed" not in page
            assert UNSIGNED not in page
        sign_in(client, make_account("listener"))
        assert UNSIGNED in client.get(PAGE).content.decode()

    def test_a_signature_is_read_by_staff(self, client: Client) -> None:
        sign_in(client, make_account("helpline_lead"))
        with override_settings(WORDS_SIGNED=signature()):
            page = client.get(PAGE).content.decode()
        assert "Ces mots ont été signés par A. Test, 2 December 2026." in page
        assert UNSIGNED not in page
        assert "Merci de le dire" in page

    def test_its_door_opens_to_who_answers_young_people(self, client: Client) -> None:
        assert client.get(PAGE).status_code == HTTPStatus.FOUND
        sign_in(client, make_account("analyst"))
        assert client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
        sign_in(client, make_account("listener"))
        assert client.get(PAGE).status_code == HTTPStatus.OK
        with pytest.raises(PermissionDenied):
            words.reviewed(seen_by=make_actor("analyst"))
