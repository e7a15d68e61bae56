"""Partners, an exchange and a gateway, where each door is a process with its own rights alone."""

import json
import subprocess
from pathlib import Path

import httpx
import pytest

from balise.foundation.clock import now
from balise.helpline.telephony.doubles.asterisk import Asterisk, an_asterisk
from balise.helpline.telephony.rules.signing import SIGNATURE, signature
from tests import temporary
from tests.doors import BALISE, SECRET
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.whole, pytest.mark.safety]


def test_the_partners_door_works_with_its_own_rights_alone(
    centre: dict[str, str], tmp_path: Path
) -> None:
    port = temporary.free_port()
    env = {name: value.replace("public", "api") for name, value in centre.items()}
    env |= {"BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}"}
    command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
    with (
        temporary.server(
            command, answers=lambda: temporary.listens(port), log=tmp_path / "log", env=env
        ),
        httpx.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers={"Authorization": f"Bearer {centre['TOKEN']}"},
        ) as partner,
    ):
        reports = "/api/v1/hotline/reports"
        body = {"addresses": ["https://images.example/a", "https://images.example/b"]}
        sent = [
            partner.post(reports, json=body, headers={"Idempotency-Key": "key-0001"})
            for _ in range(2)
        ]
        assert [one.status_code for one in sent] == [201, 200], sent[0].text
        assert partner.get(reports).json()["reports"][0]["id"] == sent[0].json()["id"]
        assert partner.get(f"{reports}/{sent[0].json()['id']}").status_code == 200
        assert partner.get("/api/v1/").status_code == 200
        assert partner.get("/fr/").status_code == 404
        refusal = partner.post(reports, content=b" " * 1_048_577)
        assert refusal.status_code == 413
        assert refusal.headers["Content-Type"] == "application/problem+json"


def signed_post(api: httpx.Client, path: str, source: str, said: dict[str, str]) -> int:
    body = json.dumps(said).encode()
    headers = {"Balise-Source": source, SIGNATURE: signature(SECRET, body=body, at=now())}
    return api.post(path, content=body, headers=headers).status_code


def test_an_exchange_and_a_gateway_tell_at_the_partners_door_with_its_own_rights_alone(
    centre: dict[str, str], tmp_path: Path
) -> None:
    port = temporary.free_port()
    env = {name: value.replace("public", "api") for name, value in centre.items()}
    env |= {
        "BALISE_PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
        "BALISE_TELEPHONY_SECRETS": f"pbx={SECRET}",
        "BALISE_MESSAGING_SECRETS": f"gateway={SECRET}",
    }
    command = [BALISE, "serve", "--address", f"127.0.0.1:{port}"]
    with (
        temporary.server(
            command, answers=lambda: temporary.listens(port), log=tmp_path / "log", env=env
        ),
        httpx.Client(base_url=f"http://127.0.0.1:{port}") as api,
    ):
        for number, event in enumerate(("ringing", "queued", "answered", "ended")):
            said = {"id": f"e{number}", "call": "c", "event": event, "number": "0199000001"}
            said["at"] = now().isoformat()
            assert signed_post(api, "/api/v1/telephony/events/", "pbx", said) == 201
        wrote = {"id": "1", "from": "a", "text": "Bonjour"}
        messages = "/api/v1/messaging/messages/"
        assert signed_post(api, messages, "gateway", wrote) == 201
        assert signed_post(api, messages, "gateway", wrote | {"id": "2"}) == 201


def test_the_exchange_process_works_with_its_own_rights_alone(
    centre: dict[str, str], tmp_path: Path
) -> None:
    env = {name: value.replace("public", "pbx") for name, value in centre.items()}
    with an_asterisk(Asterisk()) as pbx:
        env |= {"BALISE_AMI": f"{pbx.url}?source=asterisk", "BALISE_DOORS": "api"}
        log = tmp_path / "log"
        with temporary.server(
            [BALISE, "pbx"],
            answers=lambda: "CoreShowChannels" in pbx.actions,
            log=log,
            env=env,
        ):
            call, events = pbx.house.join("1.1")
            assert pbx.tell(events)
            assert pbx.tell(pbx.house.answer(call))
            assert pbx.tell(pbx.house.end(call))
            pbx.cut()
            until(lambda: pbx.actions.count("CoreShowChannels") > 1)
        said = log.read_text()
    assert "Error" not in said, said
    rows = subprocess.run(  # noqa: S603 - our own database
        ["psql", "-tA", centre["OWNER_DATABASE"], "-c", CALLS],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    )
    assert rows.stdout.split() == ["ended|t|caller"]


CALLS = (
    "SELECT state, answered_at IS NOT NULL, ended_by FROM helpline_telephony_call "
    "WHERE source = 'asterisk'"
)
