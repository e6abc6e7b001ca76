"""Commands with what the AWS CLI adds to single operations.

It is in no model, so that nothing else here makes it up: `--cidr` and the like, records that go to
a file, what is said to errors, values from web addresses. In the words, `{server}` is the server
that both call, `{outfile}` a file to write, and `{key}` one with a private key.
"""

import binascii
import pathlib
import struct
from dataclasses import dataclass

KEYS = pathlib.Path(__file__).resolve().parents[3] / "cli/src/call/launch_key/tests"


@dataclass
class Command:
    """The words behind an operation's name, and what the service answers to them."""

    words: str
    output: dict = None
    """The answer, in place of one that is made up."""
    answer: tuple = None
    """The same as it goes over the wire."""
    pages: dict = None
    """What is at other paths, which the AWS CLI fetches values from."""
    kind: str = "json"


_RULES = [
    "--group-id sg-1 --protocol tcp --port 22 --cidr 10.0.0.0/8",
    "--group-id sg-1 --protocol udp --port 22-25 --source-group sg-2 --group-owner 123456789012",
    "--group-id sg-1 --protocol all --source-group pets",
    "--group-id sg-1 --protocol icmp --port -1 --cidr 0.0.0.0/0",
    "--group-id sg-1 --protocol 50 --port all",
    "--group-id sg-1 --ip-protocol tcp --from-port 1 --to-port 2 --cidr-ip 10.0.0.0/8",
    "--group-id sg-1 --ip-permissions IpProtocol=tcp,FromPort=1,ToPort=2",
    "--group-id sg-1 --protocol 256",
    "--group-id sg-1 --protocol gre",
    "--group-id sg-1 --protocol tcp --port a",
    "--group-id sg-1 --protocol tcp --port 1-",
    "--group-id sg-1 --ip-permissions IpProtocol=tcp --cidr 10.0.0.0/8",
    "--group-id sg-1 --ip-permissions IpProtocol=tcp --source-group sg-2",
]
_PROTOCOLS = [
    f"--network-acl-id acl-1 --rule-number 1 --rule-action allow --ingress --protocol {it}"
    for it in ("tcp", "udp", "icmp", "all", "6", "-1")
]
COMMANDS = {
    "RunInstances": [
        "--image-id ami-1",
        "--image-id ami-1 --count 2",
        "--image-id ami-1 --count 2:5",
        '--image-id ami-1 --cli-input-json {"MinCount":3,"MaxCount":4}',
        '--image-id ami-1 --count 2 --cli-input-json {"MinCount":3,"MaxCount":4}',
        "--image-id ami-1 --count a",
        "--image-id ami-1 --count 1:",
        "--image-id ami-1 --count 1:2:3",
        "--image-id ami-1 --min-count 1 --max-count 1",
        "--image-id ami-1 --associate-public-ip-address --subnet-id s-1 --security-group-ids sg-1 sg-2",
        "--image-id ami-1 --no-associate-public-ip-address --private-ip-address 10.0.0.1",
        "--image-id ami-1 --associate-public-ip-address --no-associate-public-ip-address",
        "--image-id ami-1 --secondary-private-ip-addresses 10.0.0.2 10.0.0.3 --subnet-id s-1",
        "--image-id ami-1 --secondary-private-ip-addresses 10.0.0.2 --private-ip-address 10.0.0.1",
        "--image-id ami-1 --secondary-private-ip-address-count 2 --ipv6-address-count 1",
        "--image-id ami-1 --secondary-private-ip-address-count 0 --subnet-id s-1",
        "--image-id ami-1 --secondary-private-ip-address-count a",
        "--image-id ami-1 --network-interfaces DeviceIndex=0 --associate-public-ip-address",
        "--image-id ami-1 --network-interfaces DeviceIndex=0 --no-associate-public-ip-address",
        "--image-id ami-1 --network-interfaces DeviceIndex=1,AssociatePublicIpAddress=true --subnet-id s-1",
        "--image-id ami-1 --network-interfaces DeviceIndex=1 --subnet-id s-1",
        "--image-id ami-1 --block-device-mappings DeviceName=/dev/sda1,NoDevice=x",
        "--image-id ami-1 --count 1 --dry-run",
    ],
    "AuthorizeSecurityGroupIngress": _RULES,
    "AuthorizeSecurityGroupEgress": _RULES,
    "RevokeSecurityGroupIngress": _RULES,
    "RevokeSecurityGroupEgress": _RULES,
    "CreateNetworkAclEntry": _PROTOCOLS,
    "ReplaceNetworkAclEntry": _PROTOCOLS,
    "BundleInstance": [
        "--instance-id i-1 --bucket b --prefix p --owner-akid A --owner-sak s --policy {}",
        "--instance-id i-1 --bucket b --policy {}",
        "--instance-id i-1 --owner-sak s --policy file://{key}",
        "--instance-id i-1 --storage S3={Bucket=b,UploadPolicy=x,UploadPolicySignature=y}",
        "--instance-id i-1 --storage S3={Bucket=b} --bucket b",
        "--instance-id i-1 --storage S3={Bucket=b} --owner-sak s",
        '--instance-id i-1 --policy {} --cli-input-json {"Storage":{"S3":{"Bucket":"c"}}}',
    ],
}


def _event(headers, payload=b""):
    """A message of a stream of events."""
    head = b""
    for name, value in {":message-type": "event", **headers}.items():
        name, value = name.encode(), value.encode()
        head += bytes([len(name)]) + name + b"\x07" + struct.pack("!H", len(value)) + value
    start = struct.pack("!II", 16 + len(head) + len(payload), len(head))
    start += struct.pack("!I", binascii.crc32(start))
    whole = start + head + payload
    return whole + struct.pack("!I", binascii.crc32(whole))


_RECORDS = [
    _event({":event-type": "Records"}, b"rex,4\n"),
    _event({":event-type": "Cont"}),
    _event({":event-type": "Records"}, bytes(range(256))),
    _event({":event-type": "Stats", ":content-type": "text/xml"}, b"<Stats/>"),
    _event({":event-type": "End"}),
]
_FAILED = {":message-type": "error", ":error-code": "Overload", ":error-message": "Too much."}
_SELECT = (
    "--bucket b --key k --expression x --expression-type SQL --input-serialization CSV={} "
    "--output-serialization CSV={}"
)


def _selected(*events):
    return 200, {}, b"".join(events)


def _refused(code, message, rest=""):
    """An error of S3."""
    body = f"<Error><Code>{code}</Code><Message>{message}</Message>{rest}</Error>"
    return 400, {"content-type": "application/xml"}, body.encode()


_KMS = "Requests with AWS KMS managed keys require AWS Signature Version 4."
_OBJECTS = "--bucket b --max-keys 3"
_VALUES = {
    "/text": (200, {"content-type": "text/plain"}, b"caf\xe9"),
    "/utf-8": (200, {"content-type": "text/plain; charset=utf-8"}, "caf\u00e9".encode()),
    "/list": (200, {"content-type": "application/json"}, b'["a", "b"]'),
    "/map": (200, {}, b'{"a": "b"}'),
    "/moved": (302, {"location": "/text"}, b""),
}


def _launched(words, **others):
    password = (KEYS / "password.txt").read_text()
    output = {"InstanceId": "i-1", "PasswordData": others.pop("password", password)}
    return Command(f"--instance-id i-1 --priv-launch-key {words}", output, **others)


OTHERS = {
    ("ec2", "GetPasswordData"): [
        _launched("{key}"),
        _launched("{key}", password=""),
        _launched("{key}", password="AAAA", kind="mistake"),
        _launched("/no/such/key.pem", kind="mistake"),
        _launched("/dev", kind="mistake"),
    ],
    ("s3", "SelectObjectContent"): [
        Command(f"{_SELECT} {{outfile}}", answer=_selected(*_RECORDS)),
        Command(f"{_SELECT} {{outfile}} --output text", answer=_selected(*_RECORDS)),
        Command(f"{_SELECT} {{outfile}}", answer=_selected(_RECORDS[0], _event(_FAILED))),
        Command(f"{_SELECT} {{outfile}}", answer=_refused("NoSuchKey", "No"), kind="service error"),
        Command(_SELECT, answer=_selected(*_RECORDS), kind="mistake"),
    ],
    ("s3", "ListObjectsV2"): [
        Command(_OBJECTS, answer=answer, kind="service error")
        for answer in (
            _refused("InvalidRequest", "Please use AWS4-HMAC-SHA256."),
            _refused("PermanentRedirect", "Elsewhere.", "<Endpoint>b.s3.amazonaws.com</Endpoint>"),
            _refused("InvalidArgument", _KMS),
        )
    ],
    ("ivs", "CreateChannel"): [
        Command("--name {server}/text", pages=_VALUES),
        Command("--name={server}/utf-8 --tags {server}/map", pages=_VALUES),
        Command("--name {server}/moved", pages=_VALUES, kind="mistake"),
        Command("--tags {server}/text", pages=_VALUES, kind="mistake"),
    ],
    ("ivs", "BatchGetChannel"): [
        Command("--arns {server}/list", pages=_VALUES),
        Command("--arns {server}/list {server}/text", pages=_VALUES),
    ],
    # These are never fetched.
    ("sqs", "PurgeQueue"): [Command("--queue-url {server}/text", pages=_VALUES)],
}
# Of the operations with streams of events, the AWS CLI has these.
EVENTS = {("s3", "SelectObjectContent")}


class Beside:
    """Answers what is at other paths, and the rest as usual."""

    def __init__(self, pages, usual):
        self.pages = pages or {}
        self.usual = usual

    def __call__(self, request):
        page = self.pages.get(request.target) if request.method == "GET" else None
        return page or self.usual(request)




def commands(service, operation, outfile):
    """The commands of an operation, with their words one by one."""
    found = COMMANDS.get(operation, ()) if service == "ec2" else ()
    # It would be another one each time.
    token = ["--client-token", "t"] if operation == "RunInstances" else []
    found = [Command(it) for it in found]
    for it in (*found, *OTHERS.get((service, operation), ())):
        words = it.words.replace("{outfile}", str(outfile)).replace("{key}", str(KEYS / "key.pem"))
        yield [*words.split(" "), *token], it
