"""The server that both tools call: it writes down what it is asked, and answers what it is told."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from server import Request


class Loopback:
    """`with Loopback() as server`: answers with what `answer` makes of a request."""

    def __init__(self):
        self.requests = []
        self.answer = None
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30
            # What is written in two pieces waits for the first one to be acknowledged.
            wbufsize = -1
            disable_nagle_algorithm = True

            def whole(self):
                if "chunked" not in self.headers.get("transfer-encoding", ""):
                    return self.rfile.read(int(self.headers.get("content-length") or 0))
                body = b""
                while True:
                    length = int(self.rfile.readline().split(b";")[0], 16)
                    body += self.rfile.read(length)
                    self.rfile.readline()
                    if length == 0:
                        return body

            def handle_one(self):
                # `self.path` is not what was sent where a path begins with two slashes.
                target = self.raw_requestline.decode("latin-1").split(" ")[1]
                headers = [(name.lower(), value) for name, value in self.headers.items()]
                request = Request(self.command, target, headers, self.whole())
                owner.requests.append(request)
                status, headers, body = owner.answer(request)
                self.send_response_only(status)
                empty = self.command == "HEAD" or status in (204, 304)
                for name, value in headers.items():
                    if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                        self.send_header(name, value)
                if status not in (204, 304):
                    self.send_header("content-length", str(len(body)))
                self.end_headers()
                if not empty:
                    self.wfile.write(body)
                self.wfile.flush()

            do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = handle_one

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def asked(self, answer, ask):
        """What `ask` says, and the requests that it makes."""
        self.answer, self.requests = answer, []
        return ask(), self.requests

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()
