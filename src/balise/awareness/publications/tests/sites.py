"""A site of someone else on this machine, which answers as a test says."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

type Said = tuple[int, bytes, str]  # status, body, where it leads
type Says = Callable[[str, dict[str, str]], Said]


@contextmanager
def a_site(says: Says) -> Iterator[str]:
    """Run a site whose pages a function gives, from a path and what is asked; yield its address."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            status, body, leads = says(url.path, dict(parse_qsl(url.query)))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if leads:
                self.send_header("Location", leads)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
