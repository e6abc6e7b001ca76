"""What is different about two requests, or two values.

A difference is a pair: its kind, which is the same for all inputs of an operation that differ in
the same way and which explanations name, and what was found.
"""

import base64
import io
import json
import math
import re
import struct
from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.etree import ElementTree

from asked import Sent
from botocore.parsers import RpcV2CBORParser

# Headers in which a request need not be like botocore's, and why.
NOT_COMPARED = {
    "accept": "none of the two has an opinion, unless it is of the service; then see `REQUIRED`",
    "amz-sdk-invocation-id": "a random number for the service's own statistics of retries",
    "amz-sdk-request": "the count of attempts, for the same statistics",
    "authorization": "our request is taken unsigned; signatures have suites and a comparison",
    "content-length": "botocore puts spaces into JSON; the bodies are compared by value",
    "expect": "how the HTTP client and the server agree on a large body",
    "host": "botocore leaves it to urllib3; the URL's host is compared",
    "transfer-encoding": "set by the HTTP client, for bodies whose length it does not know",
    "user-agent": "names the client, which is another one",
    "x-amz-content-sha256": "part of the signature",
    "x-amz-date": "part of the signature",
    "x-amz-security-token": "part of the signature",
    "x-amz-user-agent": "names the client, which is another one",
}
# What we say where botocore says nothing, as the protocols have it and AWS's other clients do.
SAID_BY_US = {"content-type": ("application/octet-stream", "application/xml", "text/plain")}
# Signature Version 2 stands among the parameters.
SIGNATURE_2 = (
    "AWSAccessKeyId",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureVersion",
    "Timestamp",
)
# What a presigned URL has anew each second.
OF_A_TIME = ("X-Amz-Date", "X-Amz-Signature")
# But where botocore sets one of these, the service depends on it.
REQUIRED = ("accept",)

CBOR = RpcV2CBORParser()


def requests(theirs, ours):
    """What is different about botocore's request and ours."""
    found = []
    ours = Sent(**{**ours, "body": base64.b64decode(ours["body"])})
    theirs, ours = whole(theirs), whole(ours)
    if theirs.method != ours.method:
        found.append(("method", f"{theirs.method} != {ours.method}"))
    their_url, our_url = urlsplit(theirs.url), urlsplit(ours.url)
    for part in ("scheme", "netloc", "path"):
        one, other = getattr(their_url, part), getattr(our_url, part)
        if part == "path":
            # They are the same (RFC 9110, §4.2.3).
            one, other = one or "/", other or "/"
        if one != other:
            name = "host" if part == "netloc" else part
            found.append((name, f"{one!r} != {other!r}"))
    if their_url.query != our_url.query:
        one, other = pairs(their_url.query), pairs(our_url.query)
        difference = first_pair(one, other)
        if difference:
            found.append(("query", difference))
    found += headers(theirs.headers, ours.headers)
    kind = dict(theirs.headers).get("content-type", "")
    found += bodies(theirs.body, ours.body, kind)
    return found


def whole(sent):
    """A request whose checksum stands ahead of the body, not behind it: how many chunks a body is
    sent in is up to a client."""
    headers = dict(sent.headers)
    trailer = headers.get("x-amz-trailer")
    if trailer is None:
        return sent
    body, rest = b"", sent.body
    while True:
        length, rest = rest.split(b"\r\n", 1)
        length = int(length, 16)
        if length == 0:
            break
        body, rest = body + rest[:length], rest[length + 2 :]
    headers[trailer] = rest.decode().strip().split(":", 1)[1]
    encodings = [it for it in headers.pop("content-encoding", "").split(",") if it != "aws-chunked"]
    if encodings:
        headers["content-encoding"] = ",".join(encodings)
    for name in ("x-amz-trailer", "x-amz-decoded-content-length"):
        headers.pop(name, None)
    return replace(sent, headers=list(headers.items()), body=body)


def pairs(query):
    return parse_qsl(query, keep_blank_values=True)


def first_pair(one, other):
    """The first place where two lists differ."""
    for index in range(max(len(one), len(other))):
        here, there = one[index : index + 1], other[index : index + 1]
        if values([list(it) for it in here], [list(it) for it in there]):
            return f"at {index}: {here} != {there}"
    return ""


def headers(theirs, ours):
    one, other = grouped(theirs), grouped(ours)
    names = sorted(set(one) | set(other))
    compared = [it for it in names if it not in NOT_COMPARED or it in REQUIRED and it in one]
    return [
        (f"header {name}", f"{one.get(name)!r} != {other.get(name)!r}")
        for name in compared
        if one.get(name) != other.get(name)
        and not same_base64(one.get(name, ()), other.get(name, ()))
        and not (name not in one and other[name][0] in SAID_BY_US.get(name, ()))
    ]


def same_base64(one, other):
    """Whether two headers hold the same JSON in base64: numbers are written in several ways."""
    try:
        one, other = ([json.loads(base64.b64decode(it)) for it in found] for found in (one, other))
    except ValueError:
        return False
    return one == other != []


def grouped(pairs):
    found = {}
    for name, value in pairs:
        found.setdefault(name.lower(), []).append(value)
    return found


def bodies(theirs, ours, kind):
    """Bodies are compared by value, as their kind is written."""
    if theirs == ours:
        return []
    one, other = parsed(theirs, kind), parsed(ours, kind)
    if one is None or other is None:
        return [("body", f"{theirs[:300]!r} != {ours[:300]!r}")]
    return [(f"body{path}", detail) for path, detail in values(one, other)]


def parsed(body, kind):
    """The value that a body holds; nothing if it cannot be read."""
    try:
        # Where the kind is a member's value, it can be anything.
        if "json" in kind or body.startswith(b"{"):
            return [json.loads(body)]
        if "x-www-form-urlencoded" in kind:
            return form(pairs(body.decode()))
        if "cbor" in kind:
            return [CBOR.parse_data_item(io.BufferedReader(io.BytesIO(body)))]
        if "xml" in kind or body.startswith(b"<"):
            return [canonical(ElementTree.fromstring(body))]
    except (ValueError, ElementTree.ParseError):
        pass
    return None


def form(found):
    """Parameters in their order, which Signature Version 2 does not keep: it signs them sorted."""
    if any(name == "Signature" for name, _ in found):
        found = sorted(it for it in found if it[0] not in SIGNATURE_2)
    return [list(it) for it in found]


def canonical(element):
    """An element without what is a matter of writing: prefixes, and the order of attributes."""
    return {
        "name": element.tag,
        "attributes": dict(element.attrib),
        "text": element.text or "",
        "inside": [canonical(child) for child in element],
    }


def values(one, other, path=""):
    """The paths at which two values differ, with what is there. Indexes are left out of paths."""
    if isinstance(one, dict) and isinstance(other, dict):
        found = []
        for name in one.keys() | other.keys():
            below = f"{path}.{name}" if path else name
            if name not in other:
                found.append((below, f"{shown(one[name])} != nothing"))
            elif name not in one:
                found.append((below, f"nothing != {shown(other[name])}"))
            else:
                found += values(one[name], other[name], below)
        return found
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = zip(one, other, strict=True)
        return [it for here, there in pairs for it in values(here, there, path)]
    if isinstance(one, (dict, list)) and isinstance(other, (dict, list)) and len(one) != len(other):
        return [(path, f"{len(one)} != {len(other)} entries: {shown(one)} != {shown(other)}")]
    return [] if same(one, other) else [(path, f"{shown(one)} != {shown(other)}")]


NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def same_number(one, other):
    """Whether two texts are one number: `20` and `20.0` are."""
    return all(NUMBER.fullmatch(it) for it in (one, other)) and float(one) == float(other)


def same(one, other):
    """Whether two scalars are the same value: 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    if isinstance(other, str) and not isinstance(one, str):
        return same_json(one, other)
    if isinstance(one, str) and isinstance(other, str) and one != other:
        return same_time(one, other) or same_number(one, other) or same_presigned(one, other)
    return one == other


def same_presigned(one, other):
    """Whether two presigned URLs differ in nothing but their time. Their order is not signed."""
    if not all("X-Amz-Signature=" in it for it in (one, other)):
        return False
    one, other = (
        [urlsplit(url)._replace(query="")]
        + sorted(it for it in pairs(urlsplit(url).query) if it[0] not in OF_A_TIME)
        for url in (one, other)
    )
    return one == other


def same_json(one, other):
    """Whether one is what the other, a text, holds: botocore's handlers read some members so, the
    policies of `iam` and the templates of `cloudformation`."""
    try:
        return one == json.loads(unquote(other))
    except ValueError:
        return False


TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|\+00:00)")


def same_time(one, other):
    """Whether two texts are one time: how many zeros end its fraction is a matter of writing."""
    one, other = TIME.fullmatch(one), TIME.fullmatch(other)
    return bool(one and other) and moment(one) == moment(other)


def moment(parts):
    return f"{parts[1]}.{(parts[2] or '0'):0<6}+00:00"


def shown(value):
    text = repr(value)
    return text if len(text) < 160 else f"{text[:160]}…"


def plain(value, name, shapes):
    """An output of ours, with times and small floats as the other side's are written."""
    shape = shapes[name]
    kind = shape["type"]
    if value is None or shape.get("document"):
        return value
    if kind == "structure" and isinstance(value, dict):
        members = shape.get("members", {})
        known = {
            it: plain(item, members[it]["shape"], shapes)
            for it, item in value.items()
            if it in members
        }
        return {**value, **known}
    if kind == "list" and isinstance(value, list):
        return [plain(item, shape["member"]["shape"], shapes) for item in value]
    if kind == "map" and isinstance(value, dict):
        return {key: plain(item, shape["value"]["shape"], shapes) for key, item in value.items()}
    if kind == "timestamp":
        parts = TIME.fullmatch(value)
        return moment(parts) if parts else value
    return value


def narrowed(value, name, shapes):
    """A value whose floats have no more digits than 32 bits hold."""
    shape = shapes[name]
    kind = shape["type"]
    if kind == "structure" and isinstance(value, dict) and not shape.get("document"):
        members = shape.get("members", {})
        return {
            it: narrowed(v, members[it]["shape"], shapes) if it in members else v
            for it, v in value.items()
        }
    if kind == "list" and isinstance(value, list):
        return [narrowed(item, shape["member"]["shape"], shapes) for item in value]
    if kind == "map" and isinstance(value, dict):
        return {key: narrowed(item, shape["value"]["shape"], shapes) for key, item in value.items()}
    if kind == "float" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return struct.unpack("f", struct.pack("f", value))[0]
    return value
