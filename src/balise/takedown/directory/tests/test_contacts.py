"""A contact is one address that one person wrote down, and another checked."""

import pytest

from balise.takedown.directory.rules.contacts import (
    ContactKind,
    ContactRefused,
    DomainRefused,
    SameHands,
    check_other_hands,
    read_contact,
    read_domain,
)


class TestReadContact:
    def test_reads_a_mail_address_in_lower_case(self) -> None:
        assert read_contact(ContactKind.MAIL, " Abuse@Site.Example ") == "abuse@site.example"

    def test_reads_the_address_of_a_form(self) -> None:
        form = read_contact(ContactKind.FORM, "site.example/report#form")
        assert form == "https://site.example/report"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "abuse",
            "Abuse <abuse@site.example>",
            "a@site.example, b@site.example",
            "a@site.example\nBcc: b@site.example",
            "é@site.example",
            "a" * 250 + "@site.example",
        ],
    )
    def test_refuses_what_is_not_one_plain_address(self, text: str) -> None:
        with pytest.raises(ContactRefused):
            read_contact(ContactKind.MAIL, text)

    @pytest.mark.parametrize(
        "text", ["http://site.example/", "javascript:alert(1)", "https://10.0.0.1/", "form"]
    )
    def test_refuses_a_form_that_is_not_on_the_public_web(self, text: str) -> None:
        with pytest.raises(ContactRefused):
            read_contact(ContactKind.FORM, text)


class TestReadDomain:
    def test_is_the_registrable_domain(self) -> None:
        assert read_domain("https://www.Site.example/page") == "site.example"

    @pytest.mark.parametrize("text", ["8.8.8.8", "not a domain", ""])
    def test_refuses_what_is_no_domain(self, text: str) -> None:
        with pytest.raises(DomainRefused):
            read_domain(text)


class TestCheckOtherHands:
    def test_refuses_one_person_twice(self) -> None:
        with pytest.raises(SameHands):
            check_other_hands(proposed_by="ann", approved_by="ann")

    def test_lets_two_people_and_the_system_through(self) -> None:
        check_other_hands(proposed_by="ann", approved_by="bob")
        check_other_hands(proposed_by="", approved_by="")
