"""Who is at the console."""

import pytest
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import make_account, sign_in


@pytest.fixture
def listener(client: Client) -> Account:
    """Someone of the helpline, signed in past the second factor."""
    return sign_in(client, make_account("listener"))
