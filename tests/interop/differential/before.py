"""Compares the calls that come before calls with botocore's: the questions for endpoints, and the
sessions of S3's directory buckets.

    tests/interop/differential/run-before            all scripts
    tests/interop/differential/run-before --show     with what is sent

A script is calls one after the other, at a time that is set, and what its requests are answered.
Both clients get the same; all that they send has to be the same, with its signature, and so has what
comes of each call. It takes a few seconds.
"""

import argparse
import contextlib
import datetime
import json
import pathlib
import re
import sys
from dataclasses import dataclass, field
from unittest import mock
from urllib.parse import urlsplit

import asked
import compare
import models
from asked import Raw, Sent, whole
from botocore.awsrequest import AWSResponse
from botocore.credentials import RefreshableCredentials
from botocore.exceptions import BotoCoreError, ClientError, EndpointConnectionError
from botocore.loaders import Loader
from driver import Wire, written

ROOT = pathlib.Path(__file__).resolve().parents[3]
# 30 August 2015, 12:36:00
START = 1_440_938_160
BUCKET = "pets--usw2-az1--x-s3"
# botocore writes JSON with spaces, so that the signature of such a body is another one.
JSON = ("dynamodb", "timestream-query", "timestream-write")


@dataclass
class Script:
    """Calls, and what their requests are answered: a body, a status with a body, or nothing for a
    connection that breaks."""

    name: str
    service: str
    calls: list
    """Seconds since the last one, operation and input, in botocore's form and ours alike."""
    answers: list
    requests: int
    """How many there have to be, so that two clients that do nothing are not alike."""
    settings: dict = field(default_factory=dict)
    """By our names."""
    config: dict = field(default_factory=dict)
    """The same for botocore."""


def session(number, seconds=300):
    ends = datetime.datetime.fromtimestamp(START + seconds, datetime.UTC)
    return (
        '<CreateSessionResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Credentials>'
        f"<SessionToken>token/{number}=</SessionToken><SecretAccessKey>secret{number}"
        f"</SecretAccessKey><AccessKeyId>KEY{number}</AccessKeyId><Expiration>"
        f"{ends.strftime('%Y-%m-%dT%H:%M:%SZ')}</Expiration></Credentials></CreateSessionResult>"
    )


def failure(status, code):
    return (status, f"<Error><Code>{code}</Code><Message>no</Message></Error>")


def elsewhere(region):
    return (400, "<Error><Code>AuthorizationHeaderMalformed</Code><Message>no</Message>"
            f"<Region>{region}</Region></Error>")


def endpoints(*hosts, minutes=10):
    found = [{"Address": host, "CachePeriodInMinutes": minutes} for host in hosts]
    return json.dumps({"Endpoints": found})


def refusal(code, status=400):
    return (status, json.dumps({"__type": code, "message": "no"}))


def objects(*operations, bucket=BUCKET, after=0):
    inputs = {
        "PutObject": {"Key": "a b/c", "Body": b"body"},
        "DeleteObjects": {"Delete": {"Objects": [{"Key": "k"}]}},
        "CopyObject": {"Key": "k", "CopySource": f"{BUCKET}/other"},
        "UploadPart": {"Key": "k", "PartNumber": 1, "UploadId": "u", "Body": b"body"},
        "GetObject": {"Key": "a b/c"},
        "HeadObject": {"Key": "k"},
        "ListObjectsV2": {"Prefix": "p"},
        "HeadBucket": {},
        "CreateSession": {"SessionMode": "ReadOnly"},
        "PutBucketPolicy": {"Policy": "{}"},
        "GetBucketPolicy": {},
    }
    return [(after, it, {"Bucket": bucket, **inputs[it]}) for it in operations]


DISABLED = {
    "settings": {"DisableS3ExpressSessionAuth": True},
    "config": {"s3_disable_express_session_auth": "true"},
}
EMPTY_LIST = "<ListBucketResult/>"
READ = ("GetItem", {"TableName": "t", "Key": {"k": {"S": "v"}}})
# With a token, which would be another one for each call.
QUERY = ("Query", {"QueryString": "SELECT 1", "ClientToken": "t" * 32})
WRITE = ("ListDatabases", {})


def discovers(enabled):
    return {
        "settings": {"endpoint_discovery_enabled": enabled},
        "config": {"endpoint_discovery_enabled": enabled},
    }


SCRIPTS = [
    Script("a session for each bucket", "s3", [
        *objects("GetObject", "HeadObject"),
        *objects("GetObject", bucket="other--use1-az4--x-s3"),
        *objects("GetObject"),
    ], [session(1), "", "", session(2), "", ""], 6),
    Script("every way to write", "s3", objects(
        "PutObject", "DeleteObjects", "UploadPart", "ListObjectsV2", "HeadBucket",
    ), [session(1), "", "<DeleteResult/>", "", EMPTY_LIST, ""], 6),
    Script("without a session", "s3", objects(
        "CopyObject", "CreateSession", "PutBucketPolicy", "GetBucketPolicy",
    ), ["<CopyObjectResult/>", session(1), "", "{}"], 4),
    Script("all buckets", "s3", [
        (0, "ListDirectoryBuckets", {}), (0, "ListBuckets", {}),
        *objects("GetObject", bucket="plain-bucket"),
    ], ["<ListAllMyDirectoryBucketsResult/>", "<ListAllMyBucketsResult/>", ""], 3),
    Script("sessions turned off", "s3", objects("GetObject", "PutObject"), ["", ""], 2, **DISABLED),
    Script("a session holds until shortly before its end", "s3", [
        *objects("GetObject"), *objects("GetObject", after=254), *objects("GetObject", after=2),
    ], [session(1), "", "", session(2, 556), ""], 5),
    Script("a session is waited for at its end", "s3", [
        *objects("GetObject"), *objects("GetObject", after=291),
    ], [session(1), "", session(2, 600), ""], 4),
    Script("an old session holds if there is no new one", "s3", [
        *objects("GetObject"), *objects("GetObject", after=270),
    ], [session(1), "", failure(403, "AccessDenied"), ""], 4),
    Script("no session, and the old one at its end", "s3", [
        *objects("GetObject"), *objects("GetObject", after=295),
    ], [session(1), "", failure(403, "AccessDenied")], 3),
    Script("a bucket that is not there", "s3", objects("GetObject", "GetObject"),
           [failure(404, "NoSuchBucket"), session(1), ""], 3),

    Script("a bucket in another region is followed, and remembered", "s3", objects(
        "GetObject", "PutObject", "ListObjectsV2", bucket="plain-bucket",
    ), [elsewhere("eu-west-3"), "", "", EMPTY_LIST], 4),
    Script("a bucket that nobody knows the region of", "s3",
           objects("GetObject", bucket="plain-bucket"), [failure(301, "PermanentRedirect"), ""], 2),
    Script("a bucket is followed once", "s3", objects("PutObject", bucket="plain-bucket"),
           [elsewhere("eu-west-3"), elsewhere("eu-west-2")], 2),

    Script("required: asked for once", "timestream-query", [(0, *QUERY), (0, *QUERY)],
           [endpoints("cell1.example.com", "cell2.example.com"), "{}", "{}"], 3),
    Script("required: asked for again", "timestream-query", [(0, *QUERY), (599, *QUERY), (2, *QUERY)],
           [endpoints("cell1.example.com"), "{}", "{}", endpoints("cell2.example.com"), "{}"], 5),
    Script("required: one endpoint for all operations", "timestream-write", [
        (0, *WRITE), (0, "DescribeDatabase", {"DatabaseName": "d12"}),
    ], [endpoints("cell1.example.com"), "{}", "{}"], 3),
    Script("required: a URL", "timestream-query", [(0, *QUERY)],
           [endpoints("https://cell1.example.com"), "{}"], 2),
    Script("required: gone", "timestream-query", [(0, *QUERY), (0, *QUERY)], [
        endpoints("cell1.example.com"), refusal("InvalidEndpointException"),
        endpoints("cell2.example.com"), "{}", "{}",
    ], 5),
    Script("required: misdirected", "timestream-query", [(0, *QUERY)], [
        endpoints("cell1.example.com"), refusal("Other", 421), endpoints("cell2.example.com"), "{}",
    ], 4),
    Script("required: another error", "timestream-query", [(0, *QUERY)],
           [endpoints("cell1.example.com"), refusal("ValidationException")], 2),
    Script("required: refused", "timestream-query", [(0, *QUERY), (0, *QUERY)],
           [refusal("AccessDeniedException"), endpoints("cell1.example.com"), "{}"], 3),
    Script("required: nobody answers", "timestream-query", [(0, *QUERY), (1, *QUERY)],
           [None, endpoints("cell1.example.com"), "{}"], 3),
    Script("required: nobody answers twice", "timestream-query", [(0, *QUERY), (1, *QUERY)],
           [None, None], 2),
    Script("required: no endpoint", "timestream-query", [(0, *QUERY)], [endpoints()], 1),
    Script("required: an old one if nobody answers", "timestream-query", [
        (0, *QUERY), (601, *QUERY), (1, *QUERY),
    ], [endpoints("cell1.example.com"), "{}", None, "{}", "{}"], 5),
    Script("required: turned off", "timestream-query", [(0, *QUERY)], [], 0, **discovers("false")),
    Script("required: all", "timestream-query", [(0, *QUERY)],
           [endpoints("cell1.example.com"), "{}"], 2, **discovers("True")),
    Script("required: a word that is none", "timestream-query", [(0, *QUERY)], [], 0,
           **discovers("often")),
    Script("the question itself", "timestream-query", [(0, "DescribeEndpoints", {})],
           [endpoints("cell1.example.com")], 1),

    Script("optional: not asked for", "dynamodb", [(0, *READ)], ["{}"], 1),
    Script("optional: auto", "dynamodb", [(0, *READ)], ["{}"], 1, **discovers("auto")),
    Script("optional: turned off", "dynamodb", [(0, *READ)], ["{}"], 1, **discovers("false")),
    Script("optional: asked for", "dynamodb", [
        (0, *READ), (0, "ListTables", {}), (0, "ListExports", {}),
    ], [endpoints("cell1.example.com"), "{}", "{}", "{}"], 4, **discovers("true")),
    Script("optional: nobody answers", "dynamodb", [(0, *READ), (59, *READ), (2, *READ)],
           [None, "{}", "{}", endpoints("cell1.example.com"), "{}"], 5, **discovers("true")),
    Script("optional: no endpoint", "dynamodb", [(0, *READ)], [endpoints(), "{}"], 2,
           **discovers("true")),
    Script("optional: refused", "dynamodb", [(0, *READ)], [refusal("AccessDeniedException")], 1,
           **discovers("true")),
    Script("optional: gone", "dynamodb", [(0, *READ)], [
        endpoints("cell1.example.com"), refusal("InvalidEndpointException"),
        endpoints("cell2.example.com"), "{}",
    ], 4, **discovers("true")),
]  # fmt: skip


class Time:
    """A clock that stands."""

    def __init__(self):
        self.seconds = START

    def time(self):
        return self.seconds

    def now(self, remove_tzinfo=True):
        now = datetime.datetime.fromtimestamp(self.seconds, datetime.UTC)
        return now.replace(tzinfo=None) if remove_tzinfo else now

    def remaining(self, credentials):
        return (credentials._expiry_time - self.now(False)).total_seconds()

    def patches(self):
        remaining = self.remaining
        yield mock.patch("botocore.auth.get_current_datetime", self.now)
        yield mock.patch("botocore.crt.auth.get_current_datetime", self.now)
        yield mock.patch.object(
            RefreshableCredentials, "_seconds_remaining", lambda credentials: remaining(credentials)
        )
        yield mock.patch("botocore.discovery.time", self)


class Theirs:
    """botocore's side of a script."""

    def __init__(self, script, time):
        session = asked.Session()
        session.register_component("data_loader", models.loader())
        session.set_credentials("AKIDEXAMPLE", "an-example-and-no-secret", "session-token")
        for name, value in script.config.items():
            session.set_config_variable(name, value)
        self.client = session.create_client(
            script.service, region_name=asked.REGION, config=asked.CONFIG
        )
        # What is another for each call would be signed.
        self.client.meta.events.register("before-sign", self.bare)
        self.client.meta.events.register("before-send", self.intercept)
        self.time = time
        self.answers = list(script.answers)
        self.requests = []

    def bare(self, request, **_):
        for name in ("amz-sdk-invocation-id", "amz-sdk-request"):
            if name in request.headers:
                del request.headers[name]

    def intercept(self, request, **_):
        headers = [(name.lower(), asked.text(value)) for name, value in request.headers.items()]
        self.requests.append(Sent(request.method, request.url, headers, whole(request.body)))
        answer = self.answers.pop(0) if self.answers else None
        if answer is None:
            raise EndpointConnectionError(endpoint_url=request.url)
        status, headers, body = raw(answer)
        return AWSResponse(request.url, status, headers, Raw(body))

    def call(self, after, operation, params):
        self.time.seconds += after
        try:
            self.client._make_api_call(operation, dict(params))
        except ClientError as error:
            return f"{error.operation_name}: {error.response['Error']['Code']}"
        except BotoCoreError:
            return "failed"
        return "done"


def raw(answer):
    """Status, headers and body of an answer."""
    status, body = answer if isinstance(answer, tuple) else (200, answer)
    return status, {}, body.encode()


def theirs(script):
    """What botocore sends, and what comes of it."""
    time = Time()
    with contextlib.ExitStack() as stack:
        # Before the client is made, which takes its clock then.
        for patch in time.patches():
            stack.enter_context(patch)
        try:
            peer = Theirs(script, time)
        except BotoCoreError:
            # It says at once what we say when it matters.
            return [], ["failed" for _ in script.calls]
        return peer.requests, [peer.call(*call) for call in script.calls]


def ours(script, wire):
    """The same of our side."""
    calls = [
        {"after": after, "operation": operation, "input": plain(params)}
        for after, operation, params in script.calls
    ]
    answers = [it if it is None else written(raw(it)) for it in script.answers]
    command = {"script": calls, "settings": script.settings, "time": START, "responses": answers}
    answer = wire.ask([command])[0]
    if "error" in answer:
        raise RuntimeError(f"{script.name}: {answer['error']}")
    outcomes = []
    for outcome in answer["outcomes"]:
        if "output" in outcome:
            outcomes.append("done")
        elif "code" in outcome:
            outcomes.append(f"{outcome['operation']}: {outcome['code']}")
        else:
            outcomes.append("failed")
    return answer["requests"], outcomes


def plain(value):
    """A value in the model's form."""
    if isinstance(value, bytes):
        return asked.scalar(value, "blob")
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


# What `compare` passes over, because the large comparison takes requests unsigned.
SIGNED = (
    "authorization",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-s3session-token",
    "x-amz-security-token",
)


def differences(script, wire):
    """What is different about a script's requests and outcomes, and botocore's requests."""
    (sent, done), (also_sent, also_done) = theirs(script), ours(script, wire)
    found = []
    if len(sent) != script.requests:
        found.append(f"botocore sends {len(sent)} requests, and not {script.requests}")
    if len(sent) != len(also_sent):
        found.append(f"{len(sent)} requests != {len(also_sent)}: {[it['url'] for it in also_sent]}")
    if done != also_done:
        found.append(f"{done} != {also_done}")
    for number, (one, other) in enumerate(zip(sent, also_sent, strict=False), 1):
        found += [f"request {number}: {it[0]}: {it[1]}" for it in compare.requests(one, other)]
        request, one, other = one, dict(one.headers), dict(other["headers"])
        for name in SIGNED:
            values = [comparable(script, request, name, it.get(name)) for it in (one, other)]
            if values[0] != values[1]:
                found.append(f"request {number}: {name}: {values[0]} != {values[1]}")
    return found, sent


def comparable(script, request, name, value):
    """A signature without what differs by right: that of JSON with other spaces, and that of headers
    which only one client has (`SAID_BY_US`, and the length of chunks)."""
    if value is None or name != "authorization":
        return value
    head, names, signature = re.fullmatch("(.*), SignedHeaders=(.*), Signature=(.*)", value).groups()
    names = [it for it in names.split(";") if it not in ("content-length", "content-type")]
    is_whole = script.service not in JSON and not request.body
    return head, names, signature if is_whole else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=ROOT / "target/debug/wire", help="the program `wire`")
    parser.add_argument("--show", action="store_true", help="show what is sent")
    options = parser.parse_args()
    wire, failed, service = Wire(options.binary), 0, None
    for script in SCRIPTS:
        if script.service != service:
            service = script.service
            version = models.loader().determine_latest_version(service, models.MODEL)
            loaded = wire.load(str(pathlib.Path(Loader.BUILTIN_DATA_PATH, service, version)))
            if "error" in loaded:
                raise RuntimeError(loaded["error"])
        found, sent = differences(script, wire)
        failed += bool(found)
        print(f"{'different' if found else 'same':9}  {script.service}: {script.name}")
        for difference in found:
            print(f"           {difference}")
        for request in sent if options.show else ():
            print(f"           {request.method} {urlsplit(request.url).geturl()}")
    print(f"{len(SCRIPTS)} scripts, {failed} different")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
