"""Lets the AWS CLI talk to the mock server: reads, writes, refusals, pages, waiters and transfers of
services of all six protocols.

    $(tests/interop/venv) tests/interop/mock_aws.py [--binary target/debug/typefoundry]

Each case is a command as a person would type it, its exit code, and what has to be so about what it
prints. Several run at once, for the AWS CLI takes a second to start.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import mock_server
from mock_server import ACCESS_KEY, DATA, ITEMS, ROOT, SECRET_KEY

BUILT_IN = ["ivs", "cloudtrail", "dynamodb", "sqs", "sts", "s3"]
# It speaks CBOR alone, and nothing else that the AWS CLI could choose.
REVENUE = "partnercentral-revenue-measurement"
# Models that the mock reads as they are.
IMPORTED = ["ec2"]
PROTOCOLS = {
    "ivs": "rest-json",
    "dynamodb": "json",
    "sqs": "json",
    "sts": "query",
    "ec2": "ec2",
    "s3": "rest-xml",
    REVENUE: "smithy-rpc-v2-cbor",
}
PATIENCE = 60  # seconds for one command
# Of version 1: a service's error, or one of its own.
FAILED = 255


@dataclass
class Case:
    """A command, and what has to come of it."""

    words: str
    holds: object = None
    """A function of what is printed, read as JSON where it is; whether it is as it should be."""
    fails: str = None
    """What its message has to look like, if it has to fail."""
    file: object = None
    """The size of a file that stands for `FILE`."""


def items(count):
    return lambda printed: len(printed) == count and len(set(map(str, printed))) == count


def rest(key):
    """A page that says where to go on."""
    return lambda printed: len(printed[key]) == 2 and bool(printed["NextToken"])


def error(code, operation, said=""):
    return rf"An error occurred \({code}\) when calling the {operation} operation: .*{said}"


CHANNEL = "arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh"
CASES = [
    Case(f"ivs get-channel --arn {CHANNEL}", lambda it: it["channel"]["arn"].startswith("arn:")),
    Case("ivs list-channels --query channels[].arn", items(ITEMS)),
    Case("ivs list-channels --max-items 2", rest("channels")),
    Case("ivs create-channel --latency-mode NONE", fails=error("ValidationException", "CreateChannel")),
    Case("cloudtrail lookup-events --max-items 2", rest("Events")),
    Case("dynamodb describe-table --table-name pets", lambda it: "TableArn" in it["Table"]),
    Case("dynamodb scan --table-name pets --page-size 2 --query Items", lambda it: len(it) == ITEMS),
    Case('dynamodb put-item --table-name pets --item {"id":{"S":"a"}}', lambda it: "Attributes" in it),
    Case(
        "dynamodb update-table --table-name pets --billing-mode NONE",
        fails=error("ValidationException", "UpdateTable", "BillingMode"),
    ),
    Case("dynamodb wait table-exists --table-name pets", lambda it: it == ""),
    Case("sqs list-queues --query QueueUrls", items(ITEMS)),
    Case(
        "sqs set-queue-attributes --queue-url http://localhost/q --attributes Colour=red",
        fails=error("ValidationException", "SetQueueAttributes", "Attributes"),
    ),
    Case("sts get-caller-identity", lambda it: sorted(it) == ["Account", "Arn", "UserId"]),
    Case(
        "sts assume-role --role-arn arn:aws:iam::123456789012:role/pets --role-session-name " + "a" * 65,
        fails=error("ValidationError", "AssumeRole", "RoleSessionName"),
    ),
    Case("ec2 describe-volumes --query Volumes[].VolumeId --page-size 5", items(ITEMS)),
    Case("ec2 run-instances --image-id ami-0 --count 2", lambda it: bool(it["Instances"])),
    Case(
        "ec2 run-instances --image-id ami-0 --instance-type none",
        fails=error("InvalidParameterValue", "RunInstances", "InstanceType"),
    ),
    Case("ec2 wait instance-running", lambda it: it == ""),
    Case("s3 ls", lambda it: len(it.splitlines()) == ITEMS),
    Case("s3 ls s3://pets", lambda it: it.count(" PRE ") > 0 and len(it.splitlines()) > ITEMS),
    Case("s3api list-objects-v2 --bucket pets --max-items 2", rest("Contents")),
    Case(
        "s3api put-bucket-acl --bucket pets --acl none",
        fails=error("InvalidArgument", "PutBucketAcl", "ACL"),
    ),
    Case("s3 cp s3://pets/rex.png -", lambda it: it != ""),
    Case("s3 cp FILE s3://pets/rex.png --no-progress", lambda it: "upload:" in it, file=20 << 20),
    Case("s3 rm s3://pets --recursive", lambda it: it.count("delete:") == ITEMS),
]  # fmt: skip
# To a mock that looks at no signature, for these are of Signature Version 4A.
UNSIGNED = [
    Case(
        f"{REVENUE} list-revenue-attributions --catalog AWS --max-items 2",
        rest("RevenueAttributionSummaries"),
    ),
    Case(
        f"{REVENUE} create-revenue-attribution --catalog AWS --name rex --tenancy-model NONE",
        fails=error("ValidationException", "CreateRevenueAttribution"),
    ),
    Case(
        f"{REVENUE} get-revenue-attribution --catalog AWS --identifier ra-abcdefghijklm",
        lambda it: "ra-" in it["Id"],
    ),
]  # fmt: skip
# To a mock that answers everything with an error of the model.
MISSING = [
    Case(
        "dynamodb describe-table --table-name pets",
        fails=error("ResourceNotFoundException", "DescribeTable"),
    ),
]
# With a secret that is not the mock's.
UNKNOWN = [
    Case("s3api list-buckets", fails=error("SignatureDoesNotMatch", "ListBuckets")),
]


def run(url, words, secret):
    """What the AWS CLI says, by version 1's program beside this Python."""
    program = pathlib.Path(sys.executable).parent / "aws"
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_MAX_ATTEMPTS": "1",
        "LC_ALL": "C.UTF-8",
    }
    return subprocess.run(
        [program, "--endpoint-url", url, *words],
        capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE, check=False,
        env=environment,
    )  # fmt: skip


def mistake(url, case, secret=SECRET_KEY):
    """What is wrong about a case, if anything is."""
    words = case.words.split(" ")
    with tempfile.TemporaryDirectory() as folder:
        if case.file is not None:
            path = pathlib.Path(folder) / "file"
            path.write_bytes(b"x" * case.file)
            words = [str(path) if word == "FILE" else word for word in words]
        try:
            ran = run(url, words, secret)
        except subprocess.TimeoutExpired:
            return f"it took more than {PATIENCE} seconds"
    out, err = (text.decode(errors="replace") for text in (ran.stdout, ran.stderr))
    said = f"exit code {ran.returncode}: {out[:400]} {err[:400]}"
    if case.fails is not None:
        found = re.search(case.fails, err, re.DOTALL)
        return None if found and ran.returncode == FAILED else f"it did not fail so; {said}"
    if ran.returncode != 0:
        return said
    try:
        printed = json.loads(out)
    except ValueError:
        printed = out
    try:
        return None if case.holds(printed) else said
    except (KeyError, TypeError, AttributeError) as error:
        return f"{error!r}; {said}"


def spoken():
    """The services that the AWS CLI calls in another protocol than is meant here."""
    session = mock_server.session()
    for name, protocol in PROTOCOLS.items():
        found = session.client(name).meta.service_model.resolved_protocol
        if found != protocol:
            yield f"{name} is called in {found}, not in {protocol}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=ROOT / "target/debug/typefoundry")
    parser.add_argument("--only", help="cases with this in their words")
    arguments = parser.parse_args()
    options = ["--verify", f"{ACCESS_KEY}:{SECRET_KEY}", "--items", str(ITEMS)]
    for name in BUILT_IN:
        options += ["aws", name]
    for name in IMPORTED:
        options += ["--spec", DATA / name]
    unsigned = ["--spec", DATA / REVENUE, "--items", str(ITEMS)]
    missing = ["--fault", "error:ResourceNotFoundException:1", "aws", "dynamodb"]
    with ExitStack() as stack:
        usual, lax, other = (
            stack.enter_context(mock_server.Server(arguments.binary, *them))
            for them in (options, unsigned, missing)
        )
        todo = [(usual.url, case) for case in CASES]
        todo += [(lax.url, case) for case in UNSIGNED]
        todo += [(other.url, case) for case in MISSING]
        todo += [(usual.url, case, "another") for case in UNKNOWN]
        todo = [it for it in todo if not arguments.only or arguments.only in it[1].words]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(lambda it: mistake(*it), todo))
    failures = list(spoken())
    for it, what in zip(todo, found, strict=True):
        if what is not None:
            failures.append(f"aws {it[1].words}: {what}")
    for failure in failures:
        print(failure)
    print(f"{len(todo)} commands of the AWS CLI to the mock, {len(failures)} mistakes")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
