"""The one process that touches strangers' servers. It has egress and nothing else.

No settings, no database, no keys, no Django: `balise tracer` starts it with an empty environment
and no open file. It answers one JSON object a line on a local socket:

    {"do": "resolve", "host": "site.example"}      → {"addresses": ["…"]}
    {"do": "check", "urls": ["https://…", …]}      → {"checks": [{"http_status": 200, …}, …]}
    {"do": "look", "host": …, "domain": …, "headers": […]}  → where a name leads, by which aliases
    {"do": "registers", "domain": …, "domain_servers": […], …}  → who holds it, by RDAP or WHOIS
    {"do": "bootstrap", "url": "https://…"}        → one of IANA's lists of registers
    {"do": "inventory"}                            → what this process holds, told from inside

It connects only to an address that it has vetted itself, so a second answer of the DNS changes
nothing. Of a reported site it asks for headers (HEAD; a GET of one byte where HEAD is not
understood), because the content must not be fetched; of a page of words it reads the first 32 KB in
memory, and says flags (`revisiting`). It reads 64 KB at most, decodes nothing, and gives up after
five seconds. It remembers nothing.

Read it as: `reach` (what may be connected to), `names`, `pages`, `checking`, `revisiting`,
`looking`, `documents`, `whois`, `registers`, `protocol`.
"""
