"""Compares calls of the command line with botocore's: signatures, requests and answers.

    $(tests/interop/venv) tests/interop/signature.py [--binary target/debug/typefoundry]

The binary calls a server on the loopback interface, which nothing leaves. For each call

- `signature`: botocore's own signer signs the request as it came in, at the time that it states;
- `request`: botocore's client makes a request of the same parameters;
- `answer`: botocore's client reads the same answer.

Any difference that is not listed here with its reason fails the run. NAVER Cloud Platform has no
client to compare with: there Python's hmac and urllib take botocore's place.
"""

import argparse
import base64
import datetime
import hashlib
import hmac
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True

# botocore must find no configuration of this machine's, and neither must the binary.
for variable in [name for name in os.environ if name.upper().startswith(("AWS_", "NCLOUD_"))]:
    del os.environ[variable]
os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"

import cases  # noqa: E402
import peer  # noqa: E402
from botocore import xform_name  # noqa: E402
from server import Answer, Server  # noqa: E402

# Made up.
ACCESS_KEY = "AKIDEXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKEN = "FwoGZXIvYXdzEXAMPLE//////////wEaDEXAMPLETOKEN+abc=="

# Headers that the HTTP client adds after the request was signed. A hop may change them, so none is
# signed; every other header has to be.
OF_THE_CLIENT = {"accept", "accept-encoding", "connection", "content-length", "user-agent"}

# Headers in which a request need not be like botocore's, and why.
NOT_COMPARED = {
    "accept": "reqwest says that it takes anything, botocore says nothing; both mean the same",
    "amz-sdk-invocation-id": "a random number for the service's own statistics of retries",
    "amz-sdk-request": "the count of attempts, for the same statistics",
    "authorization": "compared on its own, signed by botocore at the same time of day",
    "content-length": "botocore puts spaces into JSON; the bodies are compared as values",
    "host": "botocore leaves it to urllib3; it is under the signature, which is compared",
    "user-agent": "names the client, which is another one",
    "x-amz-date": "the time of the call; that it is now is checked, and it is under the signature",
}

# Errors of which the two tell differently: what the command line says in place of botocore's text.
# Where there is no message, botocore says nothing; the command line says what was there instead.
# Members of an error that the AWS CLI of version 2 tells behind the message.
DETAILS = {
    "error: a namespace": "\n\nAdditional error details:\n"
    "xAmznErrorType: com.amazon.x#ValidationException",
}
KNOWN = {
    "error: no message": ("ValidationException", "the answer gives no reason (HTTP 400)"),
}


# Calls that botocore sends and the command line does not, and what it says.
# On the way to the server `..` is taken for a step in the path, so that the signed request would
# ask for another resource than the one that was named.
NOT_SENT = {
    "a label of two dots": "it is part of the path, where `.` and `..` lead to another one",
    "a label of one dot": "it is part of the path, where `.` and `..` lead to another one",
}


class Report:
    def __init__(self):
        self.rows = []
        self.differences = []

    def row(self, case, operation, **columns):
        """Each column is a list of differences, or nothing where there is nothing to compare."""
        shown = []
        for name in ("signature", "request", "answer"):
            found = columns.get(name)
            shown.append("" if found is None else "DIFFERS" if found else "same")
            self.differences += [f"{case}, {name}: {difference}" for difference in found or []]
        self.rows.append([case, operation, *shown])

    def show(self):
        rows = [["case", "operation", "signature", "request", "answer"], *self.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        for row in rows:
            print("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())
        print()
        for difference in self.differences:
            print(f"{difference}\n")
        compared = [cell for row in self.rows for cell in row[2:] if cell]
        failed = compared.count("DIFFERS")
        print(f"{len(compared) - failed} passed, {failed} failed")
        return 1 if failed else 0


def run(binary, words, environment):
    environment = {"PATH": os.environ.get("PATH", ""), "NO_PROXY": "*", **environment}
    # A call is one request, on both sides; and no file of this machine's user says otherwise.
    environment |= {"AWS_MAX_ATTEMPTS": "1", "AWS_CONFIG_FILE": os.devnull}
    environment["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    return subprocess.run(
        [binary, "call", *words],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def options(params):
    """Parameters as the AWS CLI's options."""
    words = []
    for name, value in params.items():
        option = peer.option(name)
        if isinstance(value, bool):
            words.append(option if value else option.replace("--", "--no-", 1))
        elif isinstance(value, dict):
            words += [option, json.dumps(value, ensure_ascii=False)]
        elif str(value).startswith("-"):
            words.append(f"{option}={value}")
        else:
            words += [option, str(value)]
    return words


def compare(case, binary, server, report):
    """One call, made by both."""
    credentials = (ACCESS_KEY, SECRET_KEY, TOKEN if case.token else None)
    endpoint = server.url + case.path
    operation = peer.option(case.operation)[2:]
    words = ["aws", case.service, operation, "--endpoint-url", endpoint]
    environment = {}
    if case.signed:
        environment |= {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}
    else:
        words.append("--no-sign-request")
    if case.token:
        environment["AWS_SESSION_TOKEN"] = TOKEN
    if case.region_from.startswith("--"):
        words += [case.region_from, case.region]
        # The option goes before the variable.
        environment["AWS_REGION"] = "not-this-one"
    else:
        environment[case.region_from] = case.region
    if case.as_json:
        words += ["--cli-input-json", json.dumps(case.params)]
    else:
        words += options(case.params)
    if not case.paginate:
        words.append("--no-paginate")

    theirs = peer.call(
        case.service,
        case.operation,
        case.params,
        endpoint,
        case.region,
        credentials if case.signed else None,
        case.answers,
        case.paginate,
    )
    server.answers.extend(case.answers)
    done = run(binary, words, environment)
    ours = server.take()

    signature = None
    if ours:
        signature = []
        for request in ours:
            signature += signature_differences(request, case, server.url, credentials)
    if case.name in NOT_SENT:
        answer = [f"{len(ours)} requests are sent, and none should be"] if ours else []
        answer += told(done, 252, f"DomainName: {NOT_SENT[case.name]}")
        report.row(case.name, f"{case.service} {operation}", answer=answer)
        return
    report.row(
        case.name,
        f"{case.service} {operation}",
        signature=signature,
        request=request_differences(ours, theirs.requests) if theirs.requests or ours else None,
        answer=answer_differences(case, done, theirs),
    )


def signature_differences(request, case, url, credentials):
    if not case.signed:
        found = [name for name in ("authorization", "x-amz-date") if request.header(name)]
        return [f"unsigned, and yet with {found}"] if found else []
    date = request.header("x-amz-date")
    if date is None:
        return ["no x-amz-date"]
    time = datetime.datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    age = datetime.datetime.now(datetime.timezone.utc) - time
    differences = []
    if abs(age.total_seconds()) > 120:
        differences.append(f"x-amz-date is {date}, {age} ago")
    signed_here = {"authorization", "x-amz-date", "x-amz-security-token"}
    left_out = OF_THE_CLIENT | signed_here
    headers = [(name, value) for name, value in request.headers if name not in left_out]
    bare = type(request)(request.method, request.target, headers, request.body)
    service = peer.signing_name(case.service)
    expected = peer.authorization(
        bare, url + request.target, credentials, case.region, service, time
    )
    found = request.header("authorization")
    if found != expected:
        differences.append(f"authorization is\n  {found}\nand botocore's\n  {expected}")
    if request.header("x-amz-security-token") != credentials[2]:
        differences.append("x-amz-security-token is another")
    return differences


def request_differences(ours, theirs):
    if len(ours) != len(theirs):
        return [f"{len(ours)} requests are sent, and botocore's are {len(theirs)}"]
    differences = []
    for our, their in zip(ours, theirs):
        pairs = [("method", our.method, their.method), ("path", our.path, their.path)]
        pairs.append(("query", our.query, their.query))
        pairs.append(("headers", compared(our.headers), compared(their.headers)))
        for what, one, other in pairs:
            if one != other:
                differences.append(f"{what} is\n  {one}\nand botocore's\n  {other}")
        if bool(our.body) != bool(their.body) or (
            our.body and not peer.same_json(json.loads(our.body), json.loads(their.body))
        ):
            differences.append(f"body is\n  {our.body}\nand botocore's\n  {their.body}")
    return differences


def compared(headers):
    return sorted(pair for pair in headers if pair[0] not in NOT_COMPARED)


def answer_differences(case, done, theirs):
    operation = peer.operation_model(case.service, case.operation)
    if theirs.refusal is not None:
        missing = re.findall(r'^Missing required parameter in input: "(\w+)"$', theirs.refusal, re.M)
        if missing and len(missing) == len(theirs.refusal.strip().splitlines()):
            return told(done, 252, left_out(missing), usage=True)
        return told(done, 252, f"Parameter validation failed:\n{theirs.refusal}")
    if theirs.error is not None:
        code, message = KNOWN.get(case.name, theirs.error)
        call = f"when calling the {case.operation} operation{theirs.retries}"
        details = DETAILS.get(case.name, "")
        return told(done, 254, f"An error occurred ({code}) {call}: {message}{details}")
    if done.returncode != 0:
        return [f"exit code {done.returncode}: {done.stderr.strip()}"]
    output = json.loads(done.stdout) if done.stdout else {}
    output = peer.normal(output, operation.output_shape)
    if not peer.same_json(output, theirs.output):
        shown = [json.dumps(value, ensure_ascii=False) for value in (output, theirs.output)]
        return [f"the output is\n  {shown[0]}\nand botocore's\n  {shown[1]}"]
    return []


def left_out(members):
    """The words of the AWS CLI, which looks at the options before botocore looks at the input."""
    options = [f"--{xform_name(member, '-')}" for member in members]
    return f"the following arguments are required: {', '.join(options)}"


def told(done, code, expected, usage=False):
    """Whether the binary failed with a code and a text, behind which the usage may stand."""
    found = done.stderr.strip()
    if usage:
        found = found.split("\n\nusage:")[0]
    if done.returncode == code and found == expected.strip() and not done.stdout:
        return []
    failed = f"exit code {done.returncode}, expected {code}"
    return [f"{failed}:\n  {found}\nand botocore's\n  {expected}"]


def ncp(binary, server, report):
    """NAVER Cloud Platform's signature v2, after its Go SDK (`hmac/hmac.go`)."""
    channels, odd = "/api/v2/channels", cases.ODD
    escaped = urllib.parse.quote(odd, safe="-._~")
    calls = [
        ("no query", ["list-channels"], channels, None),
        (
            "a query",
            ["list-channels", "--channel-name", odd, "--page-no", "2", "--page-size-no", "10"],
            f"{channels}?pageNo=2&pageSizeNo=10&channelName={escaped}",
            "KR",
        ),
        (
            "a label",
            ["list-channel-events", "--channel-id", odd],
            f"{channels}/{escaped}/events",
            "SGN",
        ),
    ]
    for name, words, target, region in calls:
        environment = {"NCLOUD_ACCESS_KEY": ACCESS_KEY, "NCLOUD_SECRET_KEY": SECRET_KEY}
        if region:
            environment["NCLOUD_REGION"] = region
        words = ["ncp", "livestation", *words, "--no-paginate", "--endpoint-url", server.url]
        server.answers.append(Answer())
        done = run(binary, words, environment)
        requests = server.take()
        if len(requests) != 1 or done.returncode != 0:
            text = f"{len(requests)} requests, exit code {done.returncode}: {done.stderr.strip()}"
            report.row(f"NCP: {name}", " ".join(words[1:3]), request=[text])
            continue
        request = requests[0]
        time = request.header("x-ncp-apigw-timestamp") or ""
        message = f"{request.method} {request.target}\n{time}\n{ACCESS_KEY}"
        digest = hmac.new(SECRET_KEY.encode(), message.encode(), hashlib.sha256).digest()
        now = datetime.datetime.now().timestamp() * 1000
        expected = [
            ("x-ncp-apigw-signature-v2", base64.b64encode(digest).decode()),
            ("x-ncp-iam-access-key", ACCESS_KEY),
        ]
        signature = differences_of_headers(request, expected)
        if not time.isdigit() or abs(now - int(time)) > 120_000:
            signature.append(f"x-ncp-apigw-timestamp is {time}, and now is {now:.0f}")
        sent = differences_of_headers(
            request, [("x-ncp-region_code", region or "KR"), ("content-type", "application/json")]
        )
        found = (request.method, request.target, request.body)
        if found != ("GET", target, b""):
            sent.append(f"it is {found}, expected {target}")
        report.row(f"NCP: {name}", " ".join(words[1:3]), signature=signature, request=sent)


def differences_of_headers(request, expected):
    return [
        f"{name} is {request.header(name)}, expected {value}"
        for name, value in expected
        if request.header(name) != value
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "target/debug/typefoundry")
    binary = parser.parse_args().binary.resolve()
    if not binary.is_file():
        sys.exit(f"there is no {binary}: build it with `cargo build`")
    report = Report()
    with Server() as server:
        for case in cases.requests() + cases.refusals() + cases.responses(ROOT):
            compare(case, binary, server, report)
        ncp(binary, server, report)
    return report.show()


if __name__ == "__main__":
    sys.exit(main())
