"""Ask the DNS, by this machine's own resolver: addresses, aliases, name and mail servers."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import dns.asyncresolver
import dns.exception
import dns.name
import dns.resolver

from balise.takedown.tracing.rules.public import IPAddress, ip_of
from balise.takedown.tracing.rules.registers import host_name
from balise.takedown.tracing.tracer.failures import Unreachable, Vanished

DNS_SECONDS = 3.0
MOST_ALIASES = 16
MOST_NAMES = 20
_INVENTED = ".example"

type Server = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Whom to ask. `invented` answers for `.example`, in tests and demonstrations alone."""

    server: Server | None = None
    invented: Server | None = None

    async def addresses(self, host: str) -> list[IPAddress]:
        """Return a name's addresses; raise Vanished if it has none, Unreachable for silence."""
        answers = await self._ask_all(host, ("A", "AAAA"))
        found: list[IPAddress] = []
        for answer in answers:
            if isinstance(answer, dns.resolver.Answer):
                texts = (record.to_text() for record in answer.rrset or ())
                found += [
                    ip for text in texts if (ip := ip_of(f"[{text}]" if ":" in text else text))
                ]
        if found:
            return found
        is_settled = all(
            isinstance(answer, dns.resolver.Answer | dns.resolver.NXDOMAIN) for answer in answers
        )
        raise Vanished if is_settled else Unreachable

    async def aliases(self, host: str) -> tuple[str, ...]:
        """Return the names that a name leads to, in order; () where it has no alias."""
        (answer,) = await self._ask_all(host, ("A",))
        if not isinstance(answer, dns.resolver.Answer):
            return ()
        chain = [record.target for one in answer.chaining_result.cnames for record in one]
        return tuple(filter(None, map(_text, chain)))[:MOST_ALIASES]

    async def servers(self, domain: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return a domain's name servers and mail servers; () for what is not known."""
        of_names, of_mail = await self._ask_all(domain, ("NS", "MX"))
        return _targets(of_names, "target"), _targets(of_mail, "exchange")

    async def _ask_all(
        self, host: str, kinds: Sequence[str]
    ) -> list[dns.resolver.Answer | BaseException]:
        server = self.invented if host.endswith(_INVENTED) and self.invented else self.server
        resolver = dns.asyncresolver.Resolver(configure=server is None)
        if server is not None:
            resolver.nameservers, resolver.port = [server[0]], server[1]
        resolver.lifetime = DNS_SECONDS
        return await asyncio.gather(
            *(
                resolver.resolve(host, kind, search=False, raise_on_no_answer=False)
                for kind in kinds
            ),
            return_exceptions=True,
        )


def _targets(answer: object, field: str) -> tuple[str, ...]:
    if not isinstance(answer, dns.resolver.Answer) or answer.rrset is None:
        return ()
    texts = (_text(getattr(record, field)) for record in answer.rrset)
    return tuple(sorted(filter(None, texts)))[:MOST_NAMES]


def _text(name: dns.name.Name) -> str:
    return host_name(name.to_text(omit_final_dot=True))
