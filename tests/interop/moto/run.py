"""Starts a server of moto, and has the generated clients call it.

    $(tests/interop/venv) tests/interop/moto/run.py [--binary target/debug/typefoundry-moto]

The server listens on the loopback interface at a free port, keeps all in memory, and ends with this
program. What the scenarios are, the binary says (`tests/moto`); its exit code is this program's.
"""

import argparse
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
PATIENCE = 60  # seconds until the server answers; a busy machine takes long to import it
LIMIT = 120  # seconds for all scenarios


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait(server, url):
    """Returns when the server answers; fails if it ends before, or takes too long."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit(f"the server ended with {server.returncode} before it answered")
        try:
            with opener.open(f"{url}/moto-api/data.json", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"the server did not answer within {PATIENCE} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=ROOT / "target/debug/typefoundry-moto")
    arguments = parser.parse_args()
    # Neither side finds a configuration of this machine's.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    clean |= {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    url = f"http://127.0.0.1:{free_port()}"
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", url.rsplit(":")[-1]]
        server = subprocess.Popen(words, env=clean, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        code = 1
        try:
            wait(server, url)
            words = [arguments.binary, url]
            code = subprocess.run(words, env=clean | {"NO_PROXY": "*"}, timeout=LIMIT).returncode
        finally:
            server.kill()
            server.wait()
            if code != 0:
                log.seek(0)
                print("The server's last words:\n", *log.readlines()[-20:], sep="", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
