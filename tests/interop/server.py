"""A server on the loopback interface that writes down what it is asked, byte for byte."""

import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """What to answer a request with."""

    body: bytes = b"{}"
    status: int = 200
    headers: dict = field(default_factory=lambda: {"content-type": "application/json"})


@dataclass
class Request:
    """A request as it came in, or as botocore would send it."""

    method: str
    target: str
    """Path and query, as in the request line."""
    headers: list
    """Names in lower case, with values, in order."""
    body: bytes

    def header(self, name):
        values = [value for key, value in self.headers if key == name]
        return values[0] if len(values) == 1 else None

    @property
    def path(self):
        return self.target.partition("?")[0]

    @property
    def query(self):
        """Names and values as they were escaped, in order."""
        text = self.target.partition("?")[2]
        return [tuple(part.partition("=")[::2]) for part in text.split("&")] if text else []


class Server:
    """`with Server() as server`: answers in turn what was queued, and then `{}`."""

    def __init__(self):
        self.requests = []
        self.answers = deque()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30

            def answer(self):
                # `self.path` is not what was sent where a path begins with two slashes.
                target = self.raw_requestline.decode("latin-1").split(" ")[1]
                length = int(self.headers.get("content-length") or 0)
                headers = [(name.lower(), value) for name, value in self.headers.items()]
                body = self.rfile.read(length)
                owner.requests.append(Request(self.command, target, headers, body))
                answer = owner.answers.popleft() if owner.answers else Answer()
                self.send_response_only(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.status != 204:
                    self.send_header("content-length", str(len(answer.body)))
                self.end_headers()
                if answer.status != 204:
                    self.wfile.write(answer.body)

            do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = answer

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def take(self):
        """What came in since the last time."""
        taken, self.requests = self.requests, []
        self.answers.clear()
        return taken

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()
