"""CyberTips: written in order, read without danger, checked to the letter."""

from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from balise.foundation.strict_xml import Node, XmlUnreadable, read
from balise.takedown.law.rules import all_offences, offence_on
from balise.takedown.onward.cybertips.rules.checking import errors_of
from balise.takedown.onward.cybertips.rules.schema import (
    DOCUMENTS,
    FILE_DETAILS,
    INCIDENT_TYPES,
    REPORT,
)
from balise.takedown.onward.cybertips.rules.shapes import Element
from balise.takedown.onward.cybertips.rules.tips import (
    NotForNcmec,
    TipFaulty,
    incident_of,
    report_of,
    written,
)
from balise.takedown.onward.cybertips.tests.makers import (
    Centre,
    make_file,
    make_full_report,
    make_report,
)
from balise.takedown.onward.dossiers.tests.makers import (
    ADDRESS,
    MOMENT,
    make_facts,
    make_full_facts,
)

LEAST = b"""<?xml version="1.0" encoding="UTF-8"?>
<report xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xsi:noNamespaceSchemaLocation="https://report.cybertip.org/ispws/xsd">
  <incidentSummary>
    <incidentType>Child Sex Tourism</incidentType>
    <incidentDateTime>2026-10-15T08:00:00-07:00</incidentDateTime>
  </incidentSummary>
  <reporter>
    <reportingPerson>
      <email>a@courriel.example</email>
    </reportingPerson>
  </reporter>
</report>
"""


def places_of(element: Element, path: str = "") -> Iterator[str]:
    """Yield the path of each element and attribute that a schema knows."""
    here = f"{path}/{element.name}"
    yield here
    yield from (f"{here}/@{one.name}" for one in element.holds.attributes)
    for child in element.holds.children:
        yield from places_of(child, here)


def found_in(node: Node, path: str = "") -> Iterator[str]:
    """Yield the path of each element and attribute that a document has."""
    here = f"{path}/{node.name}"
    yield here
    yield from (f"{here}/@{name}" for name in node.attributes)
    for child in node.children:
        yield from found_in(child, here)


def with_text(path: str, text: str) -> bytes:
    """Return LEAST with the text of one element replaced, by its name."""
    begin, end = f"<{path}>".encode(), f"</{path}>".encode()
    before, rest = LEAST.split(begin, 1)
    return before + begin + text.encode() + end + rest.split(end, 1)[1]


class TestExport:
    @pytest.mark.parametrize(
        ("document", "octets"), [(REPORT, make_full_report()), (FILE_DETAILS, make_file())]
    )
    def test_populates_every_element_and_attribute(self, document: Element, octets: bytes) -> None:
        assert set(places_of(document)) - set(found_in(read(octets))) == set()
        assert errors_of(octets) == []

    def test_of_what_a_hotline_knows_is_valid(self) -> None:
        for facts in (make_full_facts(), make_full_facts(accounts=(), items=(), urgent=False)):
            assert errors_of(make_report(facts)) == []

    def test_tells_what_the_dossier_tells(self) -> None:
        text = make_report(agency="PHAROS", case_number="P-1").decode()
        assert f"<url>{ADDRESS}</url>" in text
        assert INCIDENT_TYPES[0] in text
        assert "<caseNumber>P-1</caseNumber>" in text
        assert "someone may be in danger" in text
        assert "SHA256 " + "ab" * 32 in text

    def test_names_no_reporter(self) -> None:
        root = read(make_report())
        (person,) = (
            one
            for reporter in root.children
            if reporter.name == "reporter"
            for one in reporter.children
            if one.name == "reportingPerson"
        )
        assert [child.name for child in person.children] == ["email", "address"]

    def test_is_for_offences_against_children(self) -> None:
        facts = make_facts()
        offence = offence_on(facts.offence, on=facts.facts_on, country="fr")
        with pytest.raises(NotForNcmec):
            report_of(facts, offence=offence, centre=Centre(), country="fr")
        children = [one for one in all_offences("fr") if one.exploitation]
        assert children
        assert all(incident_of(one)[0] in INCIDENT_TYPES for one in children)

    @pytest.mark.parametrize(
        "known",
        [
            {"incidentSummery": {}},
            {"incidentSummary": {"@wrong": "x"}},
            {"incidentSummary": "words"},
            {"additionalInfo": object()},
        ],
    )
    def test_refuses_what_the_schema_lacks(self, known: dict[str, object]) -> None:
        with pytest.raises(TipFaulty):
            written(REPORT, known)  # type: ignore[arg-type]

    @given(text=st.text(min_size=1).filter(str.strip))
    def test_writes_any_words_as_they_are(self, text: str) -> None:
        octets = make_report(more={"additionalInfo": f"a{text}"})
        assert errors_of(octets) == []
        root = read(octets)
        (found,) = (child.text for child in root.children if child.name == "additionalInfo")
        assert found.startswith("a")


class TestCheck:
    def test_takes_the_least_that_there_can_be(self) -> None:
        assert errors_of(LEAST) == []

    @pytest.mark.parametrize(
        ("octets", "expected"),
        [
            (
                with_text("incidentType", "Child sex tourism"),
                "/report/incidentSummary/incidentType",
            ),
            (with_text("incidentType", " Child Sex Tourism"), "is none of"),
            (with_text("incidentType", ""), "it is empty"),
            (with_text("incidentDateTime", "2026-10-15T08:00:00"), "a date and time with its zone"),
            (with_text("incidentDateTime", "2026-13-15T08:00:00Z"), "a date and time"),
            (with_text("email", "x" * 256), "256 characters; 255 are the most"),
            (LEAST.replace(b"incidentType", b"incidentKind"), "there is no such element here"),
            (LEAST.replace(b"<email>", b'<email kind="x">'), "/@kind: there is no such attribute"),
            (LEAST.replace(b"<email>", b'<email type="Office">'), "/@type: 'Office' is none of"),
            (LEAST.replace(b"<reporter>", b"<reporter>words"), "text where elements belong"),
            (LEAST.replace(b"<reporter>", b"<reporter><a/>"), "there is no such element here"),
            (with_text("email", "<b/>"), "nothing may stand in a text"),
            (b"<tip/>", "the root is none of fileDetails or report"),
        ],
    )
    def test_says_what_is_wrong_and_where(self, octets: bytes, expected: str) -> None:
        found = errors_of(octets)
        assert found
        assert any(expected in each for each in found), found
        assert all(each.startswith("line ") for each in found)

    def test_says_the_line(self) -> None:
        (found,) = errors_of(with_text("incidentType", "Nothing"))
        assert found.startswith("line 5, /report/incidentSummary/incidentType: 'Nothing'")

    def test_asks_for_what_must_be_there(self) -> None:
        found = errors_of(b"<report/>")
        assert found == [
            "line 1, /report: incidentSummary is missing",
            "line 1, /report: reporter is missing",
        ]

    def test_asks_for_the_order(self) -> None:
        summary = LEAST[LEAST.index(b"  <incidentSummary>") : LEAST.index(b"  <reporter>")]
        moved = LEAST.replace(summary, b"").replace(b"</report>", summary + b"</report>")
        (found,) = errors_of(moved)
        assert "incidentSummary must come before reporter" in found

    def test_counts(self) -> None:
        twice = LEAST.replace(
            b"</report>", b"<additionalInfo>a</additionalInfo>" * 2 + b"</report>"
        )
        (found,) = errors_of(twice)
        assert "additionalInfo may come 1 time at most, not 2" in found

    @pytest.mark.parametrize(
        ("inside", "is_good"),
        [
            ("<webPageIncident/>", True),
            ("", False),
            ("<webPageIncident/><emailIncident/>", False),
            ("<webPageIncident/><webPageIncident/>", False),
            ("<webIncident/>", False),
        ],
    )
    def test_asks_for_one_incident_in_each(self, inside: str, *, is_good: bool) -> None:
        details = f"<internetDetails>{inside}</internetDetails><reporter>".encode()
        assert (errors_of(LEAST.replace(b"<reporter>", details)) == []) is is_good

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"fileRelevance": "Supplemental Reported"}, "industryClassification"),
            ({"fileId": "12"}, "is not of the form"),
            ({"reportId": 0}, "is not 1 or more"),
            ({"industryClassification": "C1"}, "is none of A1"),
            ({"ipCaptureEvent": {"ipAddress": "192.0.2.1", "port": 70_000}}, "1 to 65535"),
            ({"ipCaptureEvent": {"port": 1}}, "ipAddress is missing"),
            ({"details": [{}]}, "nameValuePair is missing"),
            ({"originalFileHash": [{"#": "ab"}]}, "the attribute hashType is missing"),
            ({"publiclyAvailable": "yes"}, "is not true or false"),
        ],
    )
    def test_holds_a_file_to_its_rules(self, more: dict[str, object], says: str) -> None:
        found = errors_of(make_file(**more))
        assert any(says in each for each in found), found

    def test_a_supplemental_file_is_no_meme_and_has_no_class(self) -> None:
        assert len(errors_of(make_file(fileRelevance="Supplemental Reported"))) == 2
        bare = make_file(
            fileRelevance="Supplemental Reported",
            fileAnnotations=None,
            industryClassification=None,
        )
        assert errors_of(bare) == []

    @given(octets=st.binary(max_size=200))
    def test_any_bytes_are_told(self, octets: bytes) -> None:
        assert errors_of(octets)

    @given(name=st.sampled_from(sorted({path for path in places_of(REPORT) if "@" not in path})))
    def test_no_element_of_the_schema_may_be_taken_for_another(self, name: str) -> None:
        last = name.rpartition("/")[2]
        octets = make_full_report().replace(f"<{last}".encode(), f"<x{last}".encode())
        octets = octets.replace(f"</{last}".encode(), f"</x{last}".encode())
        assert errors_of(octets)


class TestReading:
    def test_expands_no_entity(self) -> None:
        laughs = (
            b'<?xml version="1.0"?><!DOCTYPE report [<!ENTITY a "ha">'
            b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
            b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><report>&c;</report>'
        )
        (found,) = errors_of(laughs)
        assert "document type is refused" in found

    @pytest.mark.parametrize(
        "outside",
        [
            b'<!DOCTYPE report [<!ENTITY x SYSTEM "file:///etc/passwd">]><report>&x;</report>',
            b'<!DOCTYPE report SYSTEM "http://127.0.0.1:1/x.dtd"><report/>',
            b'<!DOCTYPE report [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]><report/>',
            b"<!DOCTYPE report><report/>",
        ],
    )
    def test_opens_nothing_outside(self, outside: bytes) -> None:
        with pytest.raises(XmlUnreadable, match="document type"):
            read(outside)

    def test_is_patient_with_neither_depth_nor_length(self) -> None:
        with pytest.raises(XmlUnreadable, match="more elements"):
            read(b"<report>" * 50)
        with pytest.raises(XmlUnreadable, match="more elements"):
            read(b"<report>" + b"<a/>" * 100_001 + b"</report>")
        with pytest.raises(XmlUnreadable, match="5 MB"):
            read(b" " * 5_000_001)

    def test_says_where_it_is_not_well_formed(self) -> None:
        with pytest.raises(XmlUnreadable, match="line 2"):
            read(b"<report>\n<a></report>")

    def test_takes_other_encodings_and_comments(self) -> None:
        text = '<?xml version="1.0" encoding="ISO-8859-1"?><!-- é --><report>é</report>'
        assert read(text.encode("latin-1")).text == "é"

    def test_refuses_an_encoding_that_is_none(self) -> None:
        with pytest.raises(XmlUnreadable):
            read(b'<?xml version="1.0" encoding="nonsense"?><report/>')


def test_a_moment_is_written_in_utc() -> None:
    assert b"2026-10-02T08:30:00Z" in make_report(make_full_facts())
    assert MOMENT.tzinfo is not None
    assert set(DOCUMENTS) == {"report", "fileDetails"}
