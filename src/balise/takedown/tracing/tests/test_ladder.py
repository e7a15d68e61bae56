"""Who stands on which rung, and what is said when registers and tables disagree or are silent."""

from datetime import UTC, date, datetime

from balise.takedown.tracing.rules.ladder import Registered, Seen, put_together
from balise.takedown.tracing.rules.live import PROBLEMS, LiveTrace, Role, Spot, problem_words
from balise.takedown.tracing.rules.registers import Contact, Problem, Record

MOMENT = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOME = Spot("192.0.2.10", "NL", 64500, "Net by the tables")


def contact(address: str) -> Contact:
    return Contact("mail", address, "RDAP rdap.example")


def holder(name: str, *addresses: str, **given: str) -> Record:
    return Record(name=name, contacts=tuple(map(contact, addresses)), **given)  # type: ignore[arg-type]


def trace(
    registered: Registered | None = None,
    *,
    seen: Seen | None = None,
    spots: tuple[Spot, ...] = (HOME,),
) -> LiveTrace:
    return put_together(
        host="site.example",
        domain="site.example",
        at=MOMENT,
        spots=spots,
        seen=seen or Seen(),
        registered=registered or Registered(),
        data_date=date(2026, 11, 1),
    )


def roles(found: LiveTrace) -> list[Role]:
    return [rung.role for rung in found.ladder]


def test_the_tables_speak_where_the_registers_are_silent() -> None:
    found = trace()
    assert (found.country, found.asn, found.network) == ("NL", 64500, "Net by the tables")
    assert [(rung.role, rung.name, rung.handle) for rung in found.ladder] == [
        (Role.HOST, "Net by the tables", "AS64500")
    ]


def test_the_registers_come_first_and_a_difference_is_said() -> None:
    found = trace(Registered(network=holder("Host", country="FR"), system=holder("Net")))
    assert (found.country, found.network) == ("FR", "Net")
    assert Problem(Role.HOST, "country-differs") in found.problems


def test_who_announces_is_above_who_holds() -> None:
    found = trace(
        Registered(network=holder("Host", "a@h.example"), system=holder("Net", "a@n.example"))
    )
    assert roles(found) == [Role.HOST, Role.UPSTREAM]
    assert [rung.handle for rung in found.ladder] == ["", "AS64500"]


def test_one_desk_is_one_rung() -> None:
    same_name = Registered(
        network=holder("Net", "a@n.example"), system=holder("NET", "b@n.example")
    )
    same_desk = Registered(
        network=holder("Net 1", "a@n.example"), system=holder("Net", "a@n.example")
    )
    for registered in (same_name, same_desk):
        assert roles(trace(registered)) == [Role.HOST]


def test_a_delivery_network_stands_before_a_host_that_is_not_known() -> None:
    found = trace(
        Registered(network=holder("Relay", "a@relay.example"), registrar=holder("Registrar")),
        seen=Seen(aliases=("x.relais.example",)),
    )
    assert roles(found) == [Role.CDN, Role.HOST, Role.REGISTRAR]
    assert found.ladder[0].contacts[0].address == "a@relay.example"
    assert found.ladder[1].contacts == ()
    assert Problem(Role.HOST, "host-hidden") in found.problems


def test_contacts_from_general_knowledge_are_said_to_be() -> None:
    found = trace(seen=Seen(headers={"cf-ray": "x"}))
    assert Problem(Role.CDN, "cdn-not-verified") in found.problems


def test_nothing_is_known_of_nothing() -> None:
    found = trace(spots=())
    assert found.ladder == ()
    assert not found.is_known
    assert found.contacts == ()


def test_each_problem_has_words_and_each_once() -> None:
    problems = tuple(Problem("registrar", code) for code in PROBLEMS)
    assert len({problem_words(one) for one in problems}) == len(PROBLEMS)
    assert problem_words(Problem("names", "unheard-of")).endswith("unheard-of")
    twice = (Problem("host", "no-answer", "a"), Problem("host", "no-answer", "b"))
    found = trace(seen=Seen(problems=twice))
    assert len(found.said) == 1
