"""Computes the signatures that the runtime's signing tests compare with.

Run it with any Python 3.9 or later that has botocore (the tests' values come from 1.43.11):

    python3 signing_vectors.py aws    # const VECTORS in runtime/src/aws/sigv4/tests.rs
    python3 signing_vectors.py ncp    # const VECTORS in runtime/src/ncp/signature/tests.rs
    python3 signing_vectors.py check  # whether both tables hold what the first two print

The first two print a Rust table, for `cargo fmt` to lay out. The AWS signatures are made by
botocore's own signers at a fixed time; NCP's by Python's hmac, after NCP's Go SDK (hmac/hmac.go).
The credentials are made up.
"""

import base64
import datetime
import hashlib
import hmac
import json
import pathlib
import re
import sys

ACCESS_KEY = "AKIDEXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKEN = "FwoGZXIvYXdzEXAMPLE//////////wEaDEXAMPLETOKEN+abc=="

# name, method, URL, headers, body, then what differs from DEFAULTS.
DEFAULTS = {
    "token": None,
    "region": "us-east-1",
    "service": "service",
    "time": "2015-08-30T12:36:00+00:00",
    "s3": False,
    "body_header": False,
}
AWS = [
    ("a plain request", "GET", "https://example.amazonaws.com/", [], "", {}),
    (
        "a session token and a body",
        "POST",
        "https://ivs.us-west-2.amazonaws.com/CreateChannel",
        [("content-type", "application/json")],
        '{"name":"caf\u00e9"}',
        {"token": TOKEN, "region": "us-west-2", "service": "ivs"},
    ),
    (
        "a query to sort, with empty and repeated names",
        "GET",
        "https://iam.amazonaws.com/?b=2&Version=2010-05-08&b=10&a-b=x&a=&a%20c=%2F%2B&flag&a=1"
        "&%ED%8C%8C=%C3%A9",
        [],
        "",
        {"service": "iam"},
    ),
    (
        "a path with Unicode and an ARN",
        "GET",
        "https://profile.ap-northeast-2.amazonaws.com/domains/caf%C3%A9%20%ED%8C%8C%EC%9D%BC"
        "/arn%3Aaws%3Aivs%3A%3A1%2Fx~y",
        [],
        "",
        {"region": "ap-northeast-2", "service": "profile"},
    ),
    (
        "repeated headers and spaces",
        "GET",
        "https://example.amazonaws.com/",
        [
            ("my-header", "  b   c "),
            ("x-other", '"a   b"'),
            ("my-header", "a\td"),
            ("My-Header", "b"),
            ("x-empty", ""),
        ],
        "",
        {},
    ),
    (
        "an empty body",
        "POST",
        "https://cloudtrail.eu-central-1.amazonaws.com/",
        [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", "CloudTrail_20131101.ListTrails"),
        ],
        "",
        {"region": "eu-central-1", "service": "cloudtrail"},
    ),
    (
        "a port",
        "PUT",
        "http://LocalHost:5599/tags/x?tagKeys=a&tagKeys=b",
        [],
        "{}",
        {"service": "ivs"},
    ),
    ("the default port", "DELETE", "https://example.amazonaws.com:443/x", [], "", {}),
    ("the other scheme's port", "GET", "https://[::1]:80/x", [], "", {}),
    (
        "a host header",
        "GET",
        "http://127.0.0.1:9000/x",
        [("host", "proxy.example.com:8443")],
        "",
        {},
    ),
    (
        "dot and empty segments",
        "GET",
        "https://example.amazonaws.com//a/./b/../../c//d/..//e.f/",
        [],
        "",
        {},
    ),
    (
        "headers that are not signed",
        "GET",
        "https://example.amazonaws.com/",
        [
            ("user-agent", "test/1"),
            ("x-amzn-trace-id", "Root=1-2-3"),
            ("expect", "100-continue"),
            ("connection", "close"),
            ("accept", "*/*"),
        ],
        "",
        {"time": "2026-01-01T00:00:00+00:00"},
    ),
    (
        "S3, its path as it is",
        "GET",
        "https://bucket.s3.us-east-1.amazonaws.com//a/../b%20c/./%ED%8C%8C%2Fd%21/"
        "?list-type=2&prefix=x%2Fy",
        [],
        "",
        {"service": "s3", "s3": True, "body_header": True},
    ),
    (
        "S3, with a body and a session token",
        "PUT",
        "https://s3.kr-standard.example.com/bucket/key%3D1",
        [("content-type", "text/plain"), ("x-amz-meta-a", "b  c")],
        "hello",
        {
            "service": "s3",
            "region": "kr-standard",
            "token": TOKEN,
            "s3": True,
            "body_header": True,
        },
    ),
    (
        "the body's digest in a header, not S3",
        "POST",
        "https://glacier.us-east-1.amazonaws.com/-/vaults/a%2Fb",
        [],
        "x",
        {"service": "glacier", "body_header": True},
    ),
    (
        "an unsigned body",
        "PUT",
        "https://example.amazonaws.com/x",
        [("x-amz-content-sha256", "UNSIGNED-PAYLOAD")],
        "hello",
        {},
    ),
]

# method, path and query, time in milliseconds, access key, secret key.
NCP = [
    (
        "GET",
        "/vserver/v2/getServerInstanceList?responseFormatType=json",
        1234567890123,
        "TestAccessKey",
        "TestSecretKey",
    ),
    ("POST", "/api/v2/channels", 1700000000000, "ncp_iam_EXAMPLE", "ncp_iam_secret_EXAMPLE"),
    (
        "GET",
        "/api/v2/channels?pageNo=1&pageSizeNo=20&channelName=%ED%8C%8C%20a%2Bb",
        1700000000001,
        "ncp_iam_EXAMPLE",
        "ncp_iam_secret_EXAMPLE",
    ),
    ("DELETE", "/", 0, "k", "a secret longer than the 64 bytes of a block of SHA-256 " * 2),
]


def rust(value):
    """A Rust literal; JSON's escapes are Rust's as long as the text stays readable."""
    if value is None:
        return "None"
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False)


def authorization(method, url, headers, body, options):
    import botocore.auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    now = datetime.datetime.fromisoformat(options["time"])
    botocore.auth.get_current_datetime = lambda *_, **__: now
    request = AWSRequest(method=method, url=url, data=body.encode())
    for name, value in headers:
        request.headers.add_header(name, value)
    if options["body_header"] and not options["s3"]:
        digest = hashlib.sha256(body.encode()).hexdigest()
        request.headers["X-Amz-Content-SHA256"] = digest
    signer = botocore.auth.S3SigV4Auth if options["s3"] else botocore.auth.SigV4Auth
    credentials = Credentials(ACCESS_KEY, SECRET_KEY, options["token"])
    signer(credentials, options["service"], options["region"]).add_auth(request)
    assert request.headers["X-Amz-Date"] == now.strftime("%Y%m%dT%H%M%SZ")
    return request.headers["Authorization"]


def ncp_signature(method, target, millis, access_key, secret_key):
    message = f"{method} {target}\n{millis}\n{access_key}"
    digest = hmac.new(secret_key.encode(), message.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def print_aws():
    print("const VECTORS: &[Vector] = &[")
    for name, method, url, headers, body, changes in AWS:
        options = {**DEFAULTS, **changes}
        result = authorization(method, url, headers, body, options)
        pairs = ", ".join(f"({rust(name)}, {rust(value)})" for name, value in headers)
        token = f"Some({rust(options['token'])})" if options["token"] else "None"
        form = "UriForm::AsIs" if options["s3"] else "UriForm::Normalized"
        print(
            f"Vector {{ name: {rust(name)}, method: {rust(method)}, url: {rust(url)}, "
            f"headers: &[{pairs}], body: {rust(body)}, token: {token}, "
            f"region: {rust(options['region'])}, service: {rust(options['service'])}, "
            f"time: {rust(options['time'])}, form: {form}, "
            f"body_header: {rust(options['body_header'])}, authorization: {rust(result)} }},"
        )
    print("];")


def print_ncp():
    print("const VECTORS: &[(&str, &str, i64, &str, &str, &str)] = &[")
    for method, target, millis, access_key, secret_key in NCP:
        signature = ncp_signature(method, target, millis, access_key, secret_key)
        texts = (rust(method), rust(target), f"{millis:_}", rust(access_key), rust(secret_key))
        print(f"({', '.join(texts)}, {rust(signature)}),")
    print("];")


def check():
    """The signatures have to stand in the tests, in this order and with no other among them."""
    runtime = pathlib.Path(__file__).resolve().parents[2] / "runtime/src"
    aws = [authorization(*row[1:5], {**DEFAULTS, **row[5]}) for row in AWS]
    ncp = [ncp_signature(*row) for row in NCP]
    tables = (
        ("aws/sigv4/tests.rs", r'authorization: "([^"]+)"', aws),
        ("ncp/signature/tests.rs", r'"([A-Za-z0-9+/]{43}=)"', ncp),
    )
    failed = 0
    for name, pattern, expected in tables:
        found = re.findall(pattern, (runtime / name).read_text(encoding="utf-8"))
        same = sum(one == other for one, other in zip(found, expected))
        wrong = max(len(found), len(expected)) - same
        failed += wrong
        print(f"{name}: {same} signatures are as computed, {wrong} are not")
    print(f"{len(aws) + len(ncp) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        sys.exit(check())
    tables = {"aws": print_aws, "ncp": print_ncp}
    if sys.argv[1:2] == [] or sys.argv[1] not in tables:
        sys.exit(__doc__)
    tables[sys.argv[1]]()
