"""Both tools run each case, and what they did is compared."""

import base64
import contextlib
import difflib
import json
import os
import pathlib
import re
import shlex
import subprocess
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass, field

import aws
import awscli
import compare
import excerpt
import models
import simple
import version2
from asked import Sent
from cases import Case, Cases
from loopback import Loopback
from shapes import Shapes
from words import Files, Operation

# What the AWS CLI calls a service, where that is not its name (`awscli/customizations/s3/s3.py`).
COMMANDS = {"s3": "s3api"}
# The services that are not built in.
FROM_MODELS = ("ec2",)
PATIENCE = 60  # seconds for one command
# What Python says of mistakes in the AWS CLI's own code: it fails over an answer that it has.
CRASH = re.compile(r"'\w+' object (has no attribute|is not) |list index out of range$")
# It fails over a dictionary of its own before it sends anything (`ec2/bundleinstance.py`).
LOST = re.compile(r"'\w+'$")
OUTPUTS = ("json", "text", "table", "query", "pages", "skeleton")
SAID = ("exit code", "message")
KINDS = ("request", *OUTPUTS, *SAID)
# Beside those of `compare.NOT_COMPARED`, and why.
NOT_COMPARED = {
    "accept-encoding": "the AWS CLI's HTTP client would say that it knows gzip, unless told not to",
    "connection": "how long a connection is kept is up to the HTTP client",
}
# Who signed, for which region and service; not the day.
SCOPE = re.compile(r"(?<=Credential=)\w+|(?<=/)[a-z0-9-]+/[a-z0-9-]+/aws4_request")
CONFIGURED = "[default]\ncli_timestamp_format = iso8601\n"


@dataclass
class Difference:
    """What is different about what the two did."""

    kind: str
    service: str
    operation: str
    difference: str
    """The same for all that differ in the same way."""
    command: str
    theirs: str
    ours: str


@dataclass
class Outcome:
    """What came of the comparison of a service's operations."""

    service: str
    operations: list = field(default_factory=list)
    compared: Counter = field(default_factory=Counter)
    """By kind."""
    differences: list = field(default_factory=list)
    skipped: Counter = field(default_factory=Counter)
    """By reason."""
    refused: dict = field(default_factory=dict)
    """The first command that the AWS CLI does not take, by reason."""
    program: int = 0
    """Calls that were held against those of the program itself."""


@dataclass
class Settings:
    """How much is compared."""

    seed: int
    inputs: int
    binary: str
    program: float
    """The share of calls for which the program itself is started, too."""


class Judge:
    """Compares operations of a service."""

    def __init__(self, service, settings, folder):
        self.service = service
        self.settings = settings
        self.folder = pathlib.Path(folder)
        environment(self.folder)
        self.command = COMMANDS.get(service.name, service.name)
        self.commands = aws.Commands(self.command, service.name)
        self.description = models.loader().load_service_model(service.name, models.MODEL)
        self.shapes = Shapes(self.description["shapes"])
        self.cases = Cases(service, self.description, self.shapes, settings, aws.globals_())
        self.names = self.commands.operations()
        if service.name in FROM_MODELS:
            self.spec = excerpt.write(service, self.description, self.shapes, self.folder / "spec")
        self.outcome = Outcome(service.name)

    def run(self):
        """Compares all operations."""
        with Loopback() as self.server:
            for name in self.service.operations:
                operation = self.operation(name)
                if operation is not None:
                    self.outcome.operations.append(name)
                    self.compare(operation)
        return self.outcome

    def operation(self, name):
        model = self.description["operations"][name]
        input_, output = (model.get(it, {}).get("shape") for it in ("input", "output"))
        command = self.names.get(name)
        if command is None:
            self.outcome.skipped["the AWS CLI has no such command"] += 1
            return None
        events = any(it and self.shapes.has_events(it) for it in (input_, output))
        if events and (self.service.name, name) not in simple.EVENTS:
            self.outcome.skipped["the AWS CLI has no streams of events"] += 1
            return None
        paginator = self.commands.paginator(name)
        arguments = self.commands.arguments(command)
        return Operation(name, command, input_, output, arguments, paginator)

    def compare(self, operation):
        self.operation_name = operation.name
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            files = Files(folder)
            for case in self.cases.of(operation, files):
                if case is None:
                    self.outcome.skipped["moto cannot write the answer"] += 1
                    continue
                try:
                    self.case(case)
                except Exception:  # noqa: BLE001, it can be anything
                    # The others are worth knowing all the same.
                    text = traceback.format_exc(limit=-4)
                    self.differs("run", "failed", case, "", text)

    def case(self, case):
        chosen = self.cases.random(self.operation_name, *case.words).random()
        os.environ["AWS_CONFIG_FILE"] = str(self.folder / "config") if case.iso8601 else os.devnull
        theirs = self.ask(case, lambda: aws.call([self.command, *self.words(case)]))
        ours = self.ask(case, lambda: self.call(case))
        if chosen < self.settings.program:
            self.program(case, theirs)
        if case.kind in ("service error", "mistake"):
            self.failed(case, theirs, ours)
            return
        self.same(case, theirs, ours)
        if case.follow and theirs.ran.code == 0:
            token = json.loads(theirs.ran.out or "{}").get("NextToken")
            if token:
                words = [*case.words, "--starting-token", token]
                self.case(Case(case.kind, words, case.answer, case.outfile))

    def words(self, case):
        words = [it.replace("{server}", self.server.url) for it in case.words]
        return [*words, "--endpoint-url", self.server.url]

    def ask(self, case, run):
        ran, requests = self.server.asked(case.answer(), run)
        saved = None
        if case.outfile:
            with contextlib.suppress(FileNotFoundError):
                saved = case.outfile.read_bytes()
                case.outfile.unlink()
        return Answer(ran, requests, saved)

    def call(self, case):
        start = ["call", "aws", self.command]
        if self.service.name in FROM_MODELS:
            start = ["call", "--spec", str(self.spec)]
        words = [self.settings.binary, *start, *self.words(case)]
        try:
            ran = subprocess.run(
                words,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=PATIENCE,
                check=False,
                env={**os.environ, "TYPEFOUNDRY_CLI_COMPAT": "v1"},
            )
        except subprocess.TimeoutExpired as late:
            return aws.Ran(-1, late.stdout or b"", b"took too long")
        return aws.Ran(ran.returncode, ran.stdout, ran.stderr)

    def program(self, case, theirs):
        """Holds a call in this process against one of the program."""
        self.outcome.program += 1
        again = self.ask(case, lambda: aws.program([self.command, *self.words(case)]))
        if case.kind == "skeleton":
            # They are made up by chance.
            one, other = theirs.ran.code, again.ran.code
        else:
            one, other = theirs.ran, again.ran
        if one != other:
            self.differs("run", "the AWS CLI started anew says something else", case, one, other)

    def differs(self, kind, difference, case, theirs, ours):
        command = shlex.join([self.command, *case.words])
        place = (kind, self.service.name, self.operation_name, difference, command)
        self.outcome.differences.append(Difference(*place, str(theirs), str(ours)))

    def same(self, case, theirs, ours):
        """Compares what should have gone well."""
        if theirs.ran.code != 0 and case.kind == "skeleton":
            # It makes up an output, and finds it too short or too small.
            self.outcome.skipped["the AWS CLI does not take its own skeleton of the output"] += 1
            return
        if theirs.ran.code != 0 and not theirs.requests:
            if LOST.match(message(theirs)):
                self.outcome.skipped[f"the AWS CLI fails: {message(theirs)}"] += 1
                return
            # What was made up is not valid for it; then it should not be for us.
            said = f"the AWS CLI does not take the input: {general(message(theirs))}"
            self.outcome.skipped[said] += 1
            self.outcome.refused.setdefault(said, shlex.join([self.command, *case.words]))
            self.failed(case, theirs, ours)
            return
        if case.kind != "skeleton":
            self.outcome.compared["request"] += 1
            if not self.same_requests(case, theirs, ours):
                return
        if theirs.ran.code == 255 and ours.ran.code == 0 and CRASH.match(message(theirs)):
            self.outcome.skipped[f"the AWS CLI fails: {general(message(theirs))}"] += 1
            return
        self.outcome.compared[case.kind] += 1
        if theirs.ran.code != 0 or ours.ran.code != 0:
            self.both_failed(case, theirs, ours)
        elif case.kind == "skeleton":
            self.same_skeletons(case, theirs, ours)
        elif theirs.ran.out != ours.ran.out:
            texts = [it.ran.out.decode(errors="replace") for it in (theirs, ours)]
            self.differs(case.kind, "output " + nature(*texts), case, *texts)
        elif theirs.saved != ours.saved:
            self.differs(case.kind, "saved file", case, theirs.saved, ours.saved)

    def same_requests(self, case, theirs, ours):
        """Whether it is worth to look at the output."""
        if not ours.requests and theirs.requests:
            said = ours.ran.err.decode(errors="replace").strip()
            self.differs("request", f"not sent: {general(said)}", case, told(theirs), said)
            return False
        different = {}
        for one, other in zip(theirs.requests, ours.requests, strict=False):
            one, other = sent(one), sent(other)
            there = {**vars(other), "body": base64.b64encode(other.body)}
            for kind, detail in compare.requests(one, there):
                different.setdefault(kind, detail)
        if len(theirs.requests) != len(ours.requests):
            count = f"{len(theirs.requests)} != {len(ours.requests)}"
            different.setdefault("number of requests", count)
        for kind, detail in different.items():
            self.differs("request", kind, case, detail, told(ours))
            break
        return True

    def both_failed(self, case, theirs, ours):
        """Either did not get to an end."""
        expected = version2.code(theirs.requests, theirs.ran.code, message(theirs))
        if ours.ran.code != expected:
            said = ours.ran.err.decode(errors="replace").strip()
            difference = f"exit code {ours.ran.code}, not {expected}: {general(said)}"
            self.differs(case.kind, difference, case, told(theirs), told(ours))
        elif expected == 0 or theirs.ran.out != ours.ran.out:
            texts = [it.ran.out.decode(errors="replace") for it in (theirs, ours)]
            self.differs(case.kind, "output before an error", case, *texts)

    def failed(self, case, theirs, ours):
        """Compares exit codes and messages."""
        expected = version2.code(theirs.requests, theirs.ran.code, message(theirs))
        self.outcome.compared["exit code"] += 1
        if ours.ran.code != expected:
            difference = f"{ours.ran.code}, not {expected} ({general(message(theirs))})"
            self.differs("exit code", difference, case, told(theirs), told(ours))
        if theirs.ran.code == 0:
            return
        self.outcome.compared["message"] += 1
        text = version2.message(message(theirs), case.words)
        if text not in ours.ran.err.decode(errors="replace"):
            self.differs("message", general(text), case, text, told(ours))

    def same_skeletons(self, case, theirs, ours):
        try:
            one, other = (json.loads(it.ran.out or "null") for it in (theirs, ours))
        except ValueError as error:
            self.differs(case.kind, f"no JSON: {error}", case, theirs.ran.out, ours.ran.out)
            return
        found = list(skeletons(one, other, case.members, self.shapes))
        if found:
            texts = [json.dumps(it, indent=1) for it in (one, other)]
            self.differs(case.kind, found[0], case, *texts)


@dataclass
class Answer:
    """What a tool did."""

    ran: aws.Ran
    requests: list
    saved: bytes


def environment(folder):
    """Nothing of this machine's reaches any of the two."""
    for name in [it for it in os.environ if it.upper().startswith(("AWS_", "TYPEFOUNDRY_"))]:
        del os.environ[name]
    (folder / "config").write_text(CONFIGURED)
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "an-example-and-no-secret",
        # Where the AWS CLI has its own data; it says so when it is imported.
        "AWS_DATA_PATH": os.path.join(os.path.dirname(awscli.__file__), "data"),
        "AWS_DEFAULT_REGION": "us-west-2",
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "NO_PROXY": "127.0.0.1",
        "TZ": "UTC",
    }


def sent(request):
    """A request without what the HTTP clients say of themselves. Parameters have no order: the
    AWS CLI's is that of the options for some, and that of the JSON for others."""
    path, mark, query = request.target.partition("?")
    url = f"http://server{path}{mark}{ordered(query)}"
    headers = [it for it in request.headers if it[0] not in NOT_COMPARED]
    body = request.body
    for name, value in request.headers:
        if name == "content-type" and "x-www-form-urlencoded" in value:
            body = ordered(body.decode()).encode()
        if name == "authorization":
            headers.append(("signed by, for", "/".join(SCOPE.findall(value))))
    return Sent(request.method, url, headers, body)


def ordered(parameters):
    return "&".join(sorted(parameters.split("&")))


def message(answer):
    """What the AWS CLI complains about, without its usage and the name of the program."""
    text = answer.ran.err.decode(errors="replace").strip()
    if text.startswith("usage:"):
        _, found, said = text.rpartition("aws: error: ")
        text = said.split("\n\n")[0] if found else text.split("\n\n")[-1]
    return text.strip()


def general(text):
    """A message without what is another each time."""
    # What is said about a spec stands in front of what went wrong.
    lines = [it for it in text.splitlines() if it.strip() and not it.startswith("note: ")]
    line = next(iter(lines), "")
    if line.rstrip(" :") in ("Parameter validation failed", "error", "aws: [ERROR]"):
        line = " ".join(lines[:2])
    line = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`", "…", line)
    line = re.sub(r"--[a-z0-9-]+", "--…", line)
    line = re.sub(r"An error occurred \(\w+\) when calling the \w+ ", "An error occurred ", line)
    return re.sub(r"\d+", "N", line)[:110]


def told(answer):
    """What a tool did, to read."""
    lines = [f"exit code {answer.ran.code}"]
    for request in answer.requests[:4]:
        lines.append(f"{request.method} {request.target} {request.body[:600]!r}")
    text = answer.ran.err.decode(errors="replace").strip()
    return "\n".join([*lines, text[:600]])


NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
TIME = re.compile(r"\d{4}-\d\d-\d\dT|\w{3}, \d\d \w{3} \d{4}")


def nature(theirs, ours):
    """In which way two outputs differ, roughly."""
    if not ours:
        return "missing"
    if not theirs:
        return "where there is none"
    one, other = theirs.splitlines(), ours.splitlines()
    if sorted(one) == sorted(other):
        return "in another order"
    try:
        if json.loads(theirs) == json.loads(ours):
            return "with the same value"
    except ValueError:
        pass
    pairs = zip(one, other, strict=False)
    here, there = next((it for it in pairs if it[0] != it[1]), ("", ""))
    if TIME.search(here) or TIME.search(there):
        return "in a time"
    if NUMBER.sub("0", here) == NUMBER.sub("0", there):
        return "in a number"
    if here.split() == there.split():
        return "in spaces"
    if len(one) != len(other):
        return "in the number of lines"
    return "in a text"


def skeletons(one, other, name, shapes, path=""):
    """Where two skeletons differ. An enum's value is any of those that are allowed."""
    shape = shapes[name] if name else {"type": ""}
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            if (key in one) != (key in other):
                yield f"{'without' if key in one else 'with'} a member ({shape['type']})"
                continue
            inner = shape.get("members", {}).get(key) or shape.get("value") or {}
            yield from skeletons(one[key], other[key], inner.get("shape"), shapes, f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        inner = shape.get("member", {}).get("shape")
        for here, there in zip(one, other, strict=True):
            yield from skeletons(here, there, inner, shapes, path)
    elif one != other or type(one) is not type(other):
        if not (one in shape.get("enum", ()) and other in shape.get("enum", ())):
            yield f"{shape['type']}: {general(repr(one))} is {general(repr(other))}"


def difference(one, other):
    """Two texts, line by line; only what differs, and a little around it."""
    texts = (it.splitlines() for it in (one, other))
    return "\n".join(difflib.unified_diff(*texts, "aws", "ours", n=2, lineterm=""))
