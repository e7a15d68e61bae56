"""What the OpenAPI document says is what happens: requests made from it, lawful and not."""

from http import HTTPMethod
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from balise.foundation.accounts.tests.makers import make_partner, make_token
from balise.hotline.matching.banks import access as banks
from balise.hotline.matching.exchange import access as hashes
from balise.hotline.reports import access

# Loaded by this file alone: with it every run began half a second of a processor later.
pytest_plugins = ["schemathesis.pytest.plugin"]

CONFIG = SchemathesisConfig.from_dict(
    {
        # Every request here carries the token: one made without it would be lawful when it leaves.
        "generation": {"with-security-parameters": False},
        "checks": {
            # Beyond what a schema says: a body of more than a megabyte is not read at all.
            "negative_data_rejection": {"expected-statuses": [400, 401, 404, 405, 413, 415, 422]},
        },
    }
)
# A schema cannot say what is an address; and every request here carries the token.
BEYOND_A_SCHEMA = [positive_data_acceptance, ignored_auth]
document = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", get_wsgi_application(), config=CONFIG
)


@pytest.fixture
def token(transactional_db: None) -> str:
    """Make a token that may do all that a partner's may."""
    reports = (access.SUBMIT, access.FOLLOW_OWN, access.FINGERPRINT)
    scopes = (*reports, banks.LOOK_UP, hashes.PULL, hashes.ASK)
    _, text = make_token(*scopes, partner=make_partner())
    return text


@document.parametrize()
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_document_is_true(case: Any, token: str) -> None:
    cache.clear()
    case.call_and_validate(
        headers={"Authorization": f"Bearer {token}"}, excluded_checks=BEYOND_A_SCHEMA
    )


def test_every_operation_is_tried() -> None:
    found = [one.ok() for one in document.get_all_operations() if isinstance(one, Ok)]
    tried = {(one.method.upper(), one.path) for one in found}

    assert tried == {
        (HTTPMethod.POST, "/api/v1/hotline/reports"),
        (HTTPMethod.GET, "/api/v1/hotline/reports"),
        (HTTPMethod.GET, "/api/v1/hotline/reports/{report_id}"),
        (HTTPMethod.POST, "/api/v1/matching/look-up/"),
        (HTTPMethod.GET, "/api/v1/hotline/hashes/entries"),
        (HTTPMethod.GET, "/api/v1/hotline/hashes/keys"),
        (HTTPMethod.GET, "/api/v1/hotline/hashes/withdrawn"),
        (HTTPMethod.POST, "/api/v1/hotline/hashes/answers"),
        (HTTPMethod.POST, "/api/v1/hotline/hashes/questions"),
    }
