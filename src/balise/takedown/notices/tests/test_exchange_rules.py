"""XARF and Cloudflare bodies: what a program may count on, and what never leaves."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from balise.takedown.notices.rules import completeness, xarf
from balise.takedown.notices.rules.letters import SeenBy, Sighting

SEEN_AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
CHILD = "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"


def reported(**given: Any) -> xarf.Reported:
    return xarf.Reported(
        **{
            "notice": UUID(int=7),
            "number": "N-1A2B3C4D",
            "type": xarf.CSAM,
            "kind": "baseline",
            "url": "https://images.example/album/1",
            "sighting": Sighting(at=SEEN_AT, by=SeenBy.ANALYST),
            "description": "What is there.",
            "organisation": "Centre Exemple",
            "email": "notifications@centre.example",
            "domain": "centre.example",
            "country": "NL",
            **given,
        }
    )


class TestXarf:
    def test_holds_what_the_schema_asks(self) -> None:
        made = xarf.report(reported())
        assert xarf.faults(made) == ()
        assert made["category"] == "content"
        assert made["domain"] == made["source_identifier"] == "images.example"
        assert made["timestamp"] == "2026-11-03T09:30:00Z"
        assert "dsa:good-faith" in made["tags"]

    def test_never_carries_a_payload(self) -> None:
        made = xarf.report(reported())
        assert "evidence" not in made
        item = {"content_type": "image/png", "payload": "AAAA"}
        assert "a report about children carries no payload" in xarf.faults(
            made | {"evidence": [item]}
        )

    def test_names_exploitation_by_its_form(self) -> None:
        made = xarf.report(reported(type=xarf.CSEM, kind="grooming"))
        assert xarf.faults(made) == ()
        assert made["exploitation_type"] == "grooming"

    def test_takes_an_address_that_is_an_ip(self) -> None:
        made = xarf.report(reported(url="http://[2001:4860::8]/x", country=""))
        assert xarf.faults(made) == ()
        assert made["source_identifier"] == "2001:4860::8"
        assert "domain" not in made

    def test_gives_one_address_one_number_each_time(self) -> None:
        first, again = xarf.report(reported()), xarf.report(reported())
        other = xarf.report(reported(url="https://images.example/album/2"))
        assert first["report_id"] == again["report_id"] != other["report_id"]
        assert UUID(first["report_id"]).version == 4

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"xarf_version": "3.0"}, "xarf_version"),
            ({"report_id": "x"}, "report_id"),
            ({"timestamp": "2026-11-03T09:30:00"}, "timestamp"),
            ({"reporter": {"org": "x"}}, "reporter"),
            ({"reporter": None}, "reporter is missing"),
            ({"sender": {"org": "", "contact": "a@b.example", "domain": "b.example"}}, "sender"),
            ({"sender": {"org": "x", "contact": "nobody", "domain": "b.example"}}, "contact"),
            ({"sender": {"org": "x", "contact": "a@b.example", "domain": "b b"}}, "domain"),
            ({"category": "child"}, "category"),
            ({"url": "somewhere"}, "url"),
            ({"domain": "a b"}, "domain"),
            ({"classification": "A3"}, "classification"),
            ({"detection_method": "guess"}, "detection_method"),
            ({"verification_method": "guess"}, "verification_method"),
            ({"country_code": "nl"}, "country_code"),
            ({"description": "x" * 1001}, "description"),
            ({"tags": ["No Tag"]}, "tags"),
            ({"tags": ["a:b"] * 21}, "tags"),
            ({"hash_values": {"md5": "xyz"}}, "md5"),
            ({"evidence": "x"}, "evidence"),
            ({"evidence": [{}]}, "evidence"),
            ({"evidence": [{"content_type": "a", "payload": "b", "hash": "c"}]}, "hash"),
            ({"_internal": {}}, "_internal"),
        ],
    )
    def test_says_what_is_wrong(self, wrong: dict[str, Any], said: str) -> None:
        assert any(said in fault for fault in xarf.faults(xarf.report(reported()) | wrong))

    @given(st.text(max_size=3_000))
    def test_a_description_always_fits_and_keeps_law_and_good_faith(self, text: str) -> None:
        found = xarf.described(text, "The law.", "In good faith.")
        assert len(found) <= xarf.MAX_DESCRIPTION
        assert found.endswith(" The law. In good faith.")


def asked(keyword: str = CHILD, **given: Any) -> completeness.Reported:
    return completeness.Reported(
        **{
            "keyword": keyword,
            "urls": ("https://images.example/1", "https://images.example/2"),
            "justification": "What is there, and which law it breaks.",
            "comments": "N-1A2B3C4D",
            "organisation": "Centre Exemple",
            "email": "notifications@centre.example",
            "country": "FR",
            **given,
        }
    )


class TestCloudflare:
    @pytest.mark.parametrize(
        ("keyword", "act"),
        [
            (CHILD, "abuse_children"),
            ("KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS", "abuse_children"),
            ("KEYWORD_NON_CONSENSUAL_IMAGE_SHARING", "abuse_ncsei"),
            ("KEYWORD_TERRORIST_CONTENT", "abuse_threat"),
            ("KEYWORD_HATE_SPEECH", "abuse_general"),
            ("", "abuse_general"),
        ],
    )
    def test_takes_the_form_for_the_offence(self, keyword: str, act: str) -> None:
        made = completeness.report(asked(keyword))
        assert made["act"] == act
        assert completeness.faults(made) == ()

    def test_never_tells_the_sites_owner(self) -> None:
        for keyword in (CHILD, "KEYWORD_HATE_SPEECH"):
            assert completeness.report(asked(keyword))["owner_notification"] == "none"

    def test_tells_the_host_without_the_name_that_a_notice_leaves_out(self) -> None:
        made = completeness.report(asked(is_named=False))
        assert made["host_notification"] == made["ncmec_notification"] == "send-anon"
        assert completeness.report(asked())["host_notification"] == "send"

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"act": "abuse_other"}, "act"),
            ({"name": ""}, "name is missing"),
            ({"email2": "x@y.example"}, "email2"),
            ({"urls": "somewhere"}, "urls"),
            ({"justification": ""}, "justification"),
            ({"host_notification": "none"}, "host_notification"),
            ({"owner_notification": "maybe"}, "owner_notification"),
            ({"ncmec_notification": "none"}, "ncmec_notification"),
            ({"act": "abuse_ncsei"}, "ncsei_subject_representation"),
        ],
    )
    def test_says_what_is_wrong(self, wrong: dict[str, Any], said: str) -> None:
        made = completeness.report(asked()) | wrong
        assert any(said in fault for fault in completeness.faults(made))
