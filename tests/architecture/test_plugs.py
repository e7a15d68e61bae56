"""Nothing that has to be plugged in is left hanging."""

import pytest

from balise.foundation.ports import PORTS


@pytest.mark.parametrize("port", PORTS, ids=lambda port: port.name)
def test_a_port_is_plugged(port: object) -> None:
    assert getattr(port, "is_plugged", False)
