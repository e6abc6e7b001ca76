"""Our side: the program `wire`, which speaks lines of JSON."""

import base64
import json
import subprocess


class Wire:
    """A process of it."""

    def __init__(self, binary):
        self.process = subprocess.Popen(
            [binary], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={}, encoding="utf-8"
        )

    def ask(self, commands):
        """The answers to commands, in their order."""
        self.process.stdin.write(json.dumps(commands) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"`wire` ended with {self.process.wait()}")
        return json.loads(line)

    def load(self, folder):
        return self.ask([{"load": folder}])[0]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def call(operation, given, response=None):
    """The command that calls an operation."""
    command = {"operation": operation, "input": given}
    if response is not None:
        command["response"] = written(response)
    return command


def wait(waiter, given, responses, attempts=None):
    """The command that waits for something, by answers of which the last one is for ever."""
    command = {"wait": waiter, "input": given, "responses": [written(it) for it in responses]}
    if attempts is not None:
        command["attempts"] = attempts
    return command


def written(response):
    status, headers, body = response
    body = base64.b64encode(body).decode()
    return {"status": status, "headers": list(headers.items()), "body": body}
