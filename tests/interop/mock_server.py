"""Lets boto3 talk to the mock server: all operations of the specs here, and others through `--spec`.

    $(tests/interop/venv) tests/interop/mock_server.py [--binary target/debug/typefoundry]

For each operation boto3 sends what must be there, and then everything there is, both made from
botocore's own model, which the mock has to take. Of the answers

- `answers`: boto3 reads them, and they hold what the model requires, each of its type;
- `pages`: boto3's paginators come to an end, with each item once, on more than one page;
- `errors`: an error of the model that is asked for by header is boto3's exception of that name;
- `refusals`: what lacks something or is none of an enum's values is refused, by the mock.

And once each: signatures, presigned URLs, buckets in the host, streams of events, faults.
"""

import argparse
import collections
import json
import logging
import os
import pathlib
import socket
import subprocess
import sys
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True

# boto3 must find no configuration of this machine's.
for variable in [name for name in os.environ if name.upper().startswith("AWS_")]:
    del os.environ[variable]
os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
os.environ["NO_PROXY"] = "*"

import boto3  # noqa: E402
import botocore  # noqa: E402
import botocore.config  # noqa: E402
import botocore.exceptions  # noqa: E402
import jmespath  # noqa: E402
from mock_inputs import Inputs  # noqa: E402
from mock_outputs import mistakes  # noqa: E402

DATA = pathlib.Path(botocore.__file__).parent / "data"
# Made up.
ACCESS_KEY = "AKIDEXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
ITEMS = 5

BUILT_IN = [
    "ivs", "ivs-realtime", "ivschat", "customer-profiles", "cloudtrail", "sts", "s3", "dynamodb", "sqs",
]  # fmt: skip
# Models that the mock reads as they are; of the first, every n-th operation.
IMPORTED = {"ec2": 12, "cloudwatch": 1, "kinesis": 1}
# A service that speaks several protocols is called in each of them.
FORCED = {"cloudwatch": ["smithy-rpc-v2-cbor", "json", "query"]}

# Operations that are not called, and why.
NOT_CALLED = {
    ("s3", "ListDirectoryBuckets"): "it is told from ListBuckets by its host alone",
    ("s3", "GetBucketLifecycle"): "an older form of GetBucketLifecycleConfiguration, on its path",
    ("s3", "GetBucketNotification"): "an older form of GetBucketNotificationConfiguration",
    ("s3", "PutBucketLifecycle"): "an older form of PutBucketLifecycleConfiguration",
    ("s3", "PutBucketNotification"): "an older form of PutBucketNotificationConfiguration",
}


class Server:
    """The mock, with options, in a process of its own."""

    def __init__(self, binary, *options):
        command = [binary, "mock", "--port", "0", "--quiet", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise SystemExit(f"{' '.join(map(str, command))} did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def session(protocol=None):
    session = boto3.session.Session(
        aws_access_key_id=ACCESS_KEY, aws_secret_access_key=SECRET_KEY, region_name="eu-west-1"
    )
    if protocol:
        loader = session._session.get_component("data_loader")
        load = loader.load_service_model

        def forced(service, kind, *rest, **more):
            model = load(service, kind, *rest, **more)
            if kind != "service-2":
                return model
            metadata = {**model["metadata"], "protocol": protocol, "protocols": [protocol]}
            metadata.setdefault("targetPrefix", metadata.get("serviceId", ""))
            return {**model, "metadata": metadata}

        loader.load_service_model = forced
    return session


def client(service, url, protocol=None, **config):
    config = {"retries": {"total_max_attempts": 1}, "inject_host_prefix": False, **config}
    return session(protocol).client(
        service, endpoint_url=url, config=botocore.config.Config(**config)
    )


class Report:
    def __init__(self):
        self.counts = collections.defaultdict(collections.Counter)
        self.failures = []

    def note(self, service, column, failure=None):
        if failure is None:
            self.counts[service][column] += 1
        else:
            self.failures.append(f"{service}, {column}: {failure}")

    def show(self):
        columns = ["operations", "answers", "pages", "errors", "refusals", "others"]
        rows = [["service", *columns]]
        for service, counts in self.counts.items():
            rows.append([service, *(str(counts[column] or "") for column in columns)])
        widths = [max(len(row[column]) for row in rows) for column in range(len(columns) + 1)]
        for row in rows:
            print("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())
        print()
        for failure in self.failures:
            print(failure)
        passed = sum(sum(counts.values()) - counts["operations"] for counts in self.counts.values())
        print(f"{passed} passed, {len(self.failures)} failed")
        return 1 if self.failures else 0


def call(client, name, params, header=None):
    """A call with a header of the mock's."""
    event = f"before-sign.{client.meta.service_model.service_id.hyphenize()}.{name}"

    def add(request, **_):
        request.headers["x-typefoundry-error"] = header

    if header:
        client.meta.events.register(event, add)
    try:
        return client._make_api_call(name, params)
    finally:
        if header:
            client.meta.events.unregister(event, add)


def answers(report, title, client, operation, params):
    try:
        answer = call(client, operation.name, params)
    except Exception as error:  # whatever it is, it is the finding
        report.note(title, "answers", f"{operation.name} {params}: {type(error).__name__} {error}")
        return
    found = mistakes(operation.output_shape, answer) if operation.output_shape else []
    if found:
        report.note(title, "answers", f"{operation.name}: {found}")
    else:
        report.note(title, "answers")


def pages(report, title, client, operation, params):
    """The items of all pages."""
    name = botocore.xform_name(operation.name)
    if not client.can_paginate(name):
        return
    paginator = client.get_paginator(name)
    key = paginator.result_keys[0]
    found, count = [], 0
    try:
        for page in paginator.paginate(**params):
            count += 1
            items = key.search(page)
            if items is not None and not isinstance(items, list):
                return
            found += items or []
            if count > 4 * ITEMS:
                raise ValueError("there is no end of pages")
    except Exception as error:
        report.note(title, "pages", f"{operation.name}: {type(error).__name__} {error}")
        return
    texts = [json.dumps(item, default=str, sort_keys=True) for item in found]
    has_text = any(mark in text for text in texts for mark in ("-1", "page"))
    if len(found) < ITEMS or count < 2:
        report.note(title, "pages", f"{operation.name}: {len(found)} items on {count} pages")
    elif has_text and len(set(texts)) != len(texts):
        report.note(title, "pages", f"{operation.name}: an item came twice: {texts}")
    else:
        report.note(title, "pages")


def code(shape):
    return shape.metadata.get("error", {}).get("code", shape.name)


def errors(report, title, client, operation, params):
    shapes = client.meta.service_model.error_shapes
    codes = collections.Counter(code(shape) for shape in shapes)
    # Of two structures with one code boto3 has only one.
    for shape in [shape for shape in operation.error_shapes if codes[code(shape)] == 1][:2]:
        try:
            call(client, operation.name, params, header=shape.name)
        except client.exceptions.ClientError as error:
            expected = client.exceptions.from_code(error.response["Error"]["Code"])
            is_it = getattr(client.exceptions, shape.name, None)
            if is_it is None or not isinstance(error, is_it) or expected is not is_it:
                found = f"{type(error).__name__} {error}"
                report.note(title, "errors", f"{operation.name}, {shape.name}: {found}")
            else:
                report.note(title, "errors")
        except Exception as error:
            found = f"{type(error).__name__} {error}"
            report.note(title, "errors", f"{operation.name}, {shape.name}: {found}")
        else:
            report.note(title, "errors", f"{operation.name}, {shape.name}: no error")


def refusals(report, title, lax, operation, inputs):
    """What lacks a member of the body, or has a value that is none of an enum's."""
    shape = operation.input_shape
    if shape is None:
        return
    minimal = inputs.minimal(operation)
    cases = []
    in_body = [name for name in shape.required_members
               if not shape.members[name].serialization.get("location")]  # fmt: skip
    # What leaves no trace where it is empty cannot be missed.
    traceless = {"ec2": ("structure", "list", "map"), "query": ("structure", "map")}
    protocol = lax.meta.service_model.resolved_protocol
    traceless = traceless.get(protocol, ())
    in_body = [name for name in in_body if shape.members[name].type_name not in traceless]
    if in_body and shape.serialization.get("payload") is None:
        name = in_body[0]
        if not shape.members[name].metadata.get("idempotencyToken"):
            cases.append({key: value for key, value in minimal.items() if key != name})
    for name, member in shape.members.items():
        if member.type_name == "string" and member.enum and name != "ChecksumAlgorithm":
            cases.append({**minimal, name: "none-of-them"})
            break
    for params in cases:
        try:
            call(lax, operation.name, params)
        except lax.exceptions.ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            if status == 400:
                report.note(title, "refusals")
            else:
                report.note(title, "refusals", f"{operation.name}: status {status}: {error}")
        except jmespath.exceptions.JMESPathError:
            pass  # boto3 wants to see it in the parameters of the endpoint's rules
        except Exception as error:
            report.note(title, "refusals", f"{operation.name}: {type(error).__name__} {error}")
        else:
            report.note(title, "refusals", f"{operation.name} {params}: it was taken")


def service(report, url, name, protocol=None, step=1):
    strict = client(name, url, protocol)
    lax = client(name, url, protocol, parameter_validation=False)
    model = strict.meta.service_model
    title = f"{name} ({model.resolved_protocol})"
    inputs = Inputs(name)
    for operation_name in model.operation_names[::step]:
        operation = model.operation_model(operation_name)
        if (name, operation_name) in NOT_CALLED or operation.has_event_stream_input:
            continue
        report.note(title, "operations")
        minimal = inputs.minimal(operation)
        answers(report, title, strict, operation, minimal)
        answers(report, title, strict, operation, inputs.full(operation))
        pages(report, title, strict, operation, minimal)
        # A HEAD has no body for a code to be in.
        if operation.http.get("method") != "HEAD":
            errors(report, title, strict, operation, minimal)
        refusals(report, title, lax, operation, inputs)


def expect(report, what, is_so, found=""):
    report.note("once each", "others", None if is_so else f"{what}: {found}")


def refused(call, *codes):
    try:
        return False, call()
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"] in codes, error


def once_each(report, url):
    s3 = client("s3", url)
    body = s3.get_object(Bucket="pets", Key="a/b c.txt", ChecksumMode="ENABLED")["Body"].read()
    expect(report, "a streaming body", len(body) > 0, body)
    events = list(
        s3.select_object_content(
            Bucket="pets", Key="k", Expression="select", ExpressionType="SQL",
            InputSerialization={"CSV": {}}, OutputSerialization={"CSV": {}},
        )["Payload"]
    )  # fmt: skip
    kinds = [next(iter(event)) for event in events]
    expect(report, "events", "Records" in kinds and kinds[-1] == "End", kinds)
    location = s3.get_bucket_location(Bucket="pets")["LocationConstraint"]
    expect(report, "a bucket's location", bool(location), location)

    for method, params in [("get_object", {"Bucket": "pets", "Key": "k"}), ("list_buckets", {})]:
        signed = client("s3", url, signature_version="s3v4").generate_presigned_url(method, params)
        with urllib.request.urlopen(signed) as answer:
            expect(report, f"a presigned {method}", answer.status == 200, answer.status)
        try:
            urllib.request.urlopen(signed.replace("X-Amz-Signature=", "X-Amz-Signature=0"))
            expect(report, "a presigned URL that was changed", False, "it was taken")
        except urllib.error.HTTPError as error:
            expect(report, "a presigned URL that was changed", error.code == 403, error.code)

    port = url.rsplit(":", 1)[1]
    resolve = socket.getaddrinfo
    asked = []

    def local(host, *rest, **more):
        asked.append(host)
        name = host.decode() if isinstance(host, bytes) else host
        return resolve("127.0.0.1" if name.endswith("localhost") else name, *rest, **more)

    socket.getaddrinfo = local
    try:
        hosted = client("s3", f"http://localhost:{port}", s3={"addressing_style": "virtual"})
        listed = hosted.list_objects_v2(Bucket="pets", MaxKeys=3)
        expect(report, "a bucket in the host", "pets.localhost" in asked, asked)
        expect(report, "its objects", len(listed["Contents"]) == 3, listed)
        kept = hosted.put_object(Bucket="pets", Key="k", Body=b"x" * 100_000)
        expect(report, "a body for it", "ETag" in kept, kept)
    finally:
        socket.getaddrinfo = resolve

    wrong = boto3.client(
        "ivs", endpoint_url=url, region_name="eu-west-1", aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key="another",
    )  # fmt: skip
    is_so, found = refused(wrong.list_channels, "InvalidSignatureException")
    expect(report, "a wrong secret", is_so, found)
    unsigned = client("dynamodb", url, signature_version=botocore.UNSIGNED)
    is_so, found = refused(unsigned.list_tables, "MissingAuthenticationTokenException")
    expect(report, "no signature", is_so, found)

    ivs = client("ivs", url)
    arn = "arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh"
    lax = client("ivs", url, parameter_validation=False)
    wrong = {"a pattern": "not an arn", "a length": arn + "x" * 200}
    for what, value in wrong.items():
        is_so, found = refused(lambda value=value: lax.get_channel(arn=value), "ValidationException")
        expect(report, f"a wrong {what}", is_so, found)
    is_so, found = refused(lambda: lax.list_channels(maxResults=1000), "ValidationException")
    expect(report, "a number out of its range", is_so, found)
    first = ivs.list_channels(maxResults=2)
    second = ivs.list_channels(maxResults=4, nextToken=first["nextToken"])
    sizes = (len(first["channels"]), len(second["channels"]), "nextToken" in second)
    expect(report, "the size of pages", sizes == (2, ITEMS - 2, False), sizes)


def faults(report, binary):
    options = ["aws", "ivs", "--fault", "throttle:0.3", "--fault", "reset:0.2", "--seed", "7"]
    with Server(binary, *options) as server:
        seen = collections.Counter()
        ivs = client("ivs", server.url)
        for _ in range(100):
            try:
                ivs.list_channels()
                seen["answered"] += 1
            except botocore.exceptions.ClientError as error:
                seen[error.response["Error"]["Code"]] += 1
            except botocore.exceptions.ConnectionClosedError:
                seen["broken off"] += 1
        throttled = seen["ThrottlingException"]
        good = 10 <= throttled <= 50 and seen["broken off"] >= 5 and seen["answered"] >= 20
        expect(report, "faults", good, seen)
        patient = client("ivs", server.url, retries={"total_max_attempts": 10, "mode": "standard"})
        channels = patient.list_channels()["channels"]
        expect(report, "a retry behind faults", len(channels) > 0, channels)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=ROOT / "target/debug/typefoundry")
    parser.add_argument("--service", help="only this one")
    arguments = parser.parse_args()
    logging.getLogger("botocore").setLevel(logging.ERROR)
    options = ["--verify", f"{ACCESS_KEY}:{SECRET_KEY}", "--items", str(ITEMS)]
    for name in BUILT_IN:
        options += ["aws", name]
    for name in IMPORTED:
        options += ["--spec", DATA / name]
    report = Report()
    with Server(arguments.binary, *options) as server:
        for name in [*BUILT_IN, *IMPORTED]:
            if arguments.service in (None, name):
                for protocol in FORCED.get(name, [None]):
                    service(report, server.url, name, protocol, IMPORTED.get(name, 1))
        if arguments.service is None:
            once_each(report, server.url)
    if arguments.service is None:
        faults(report, arguments.binary)
    return report.show()


if __name__ == "__main__":
    sys.exit(main())
