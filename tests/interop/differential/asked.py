"""botocore's whole client: what it sends, and what it makes of an answer."""

import base64
import datetime
import json
import math
import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import Session
from botocore.tokens import FrozenAuthToken
from models import loader

# botocore must find no configuration of this machine's.
for variable in [name for name in os.environ if name.upper().startswith("AWS_")]:
    del os.environ[variable]
os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"

REGION = "us-east-1"
CONFIG = Config(
    retries={"total_max_attempts": 1},
    # Making up a new one for each request takes a tenth of the time, and nobody looks at it.
    user_agent="botocore",
    # As AWS's other clients; botocore sends to the old global host if nobody says so.
    s3={"us_east_1_regional_endpoint": "regional"},
)


def endpoint(host):
    found = [{"Address": f"cell.{host}", "CachePeriodInMinutes": 1440}]
    return json.dumps({"Endpoints": found})


def session(_):
    return (
        "<CreateSessionResult><Credentials><SessionToken>a-session</SessionToken>"
        "<SecretAccessKey>no-secret</SecretAccessKey><AccessKeyId>ASIAEXAMPLE</AccessKeyId>"
        "<Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></CreateSessionResult>"
    )


# What services answer that are asked for something before a call.
BEFORE = {"DescribeEndpoints": endpoint, "CreateSession": session}


@dataclass
class Sent(BaseException):
    """A request, at the point where it would leave. No handler of botocore's catches this kind."""

    method: str
    url: str
    headers: list
    body: bytes


class Refused(Exception):
    """The client does not take an input."""


class ServiceError(Exception):
    """An error that the service answered."""

    def __init__(self, code, message):
        super().__init__(code, message)
        self.code = code
        self.message = message


class Raw:
    """The body of an answer, where botocore looks for urllib3's."""

    def __init__(self, body):
        self.body = body

    def stream(self, **_):
        yield self.body

    def read(self, *_):
        body, self.body = self.body, b""
        return body


class Token:
    """A bearer token, for the services that are called with one."""

    def load_token(self, **_):
        return self

    def get_frozen_token(self):
        return FrozenAuthToken("token")


class Peer:
    """A client of a service."""

    def __init__(self, service):
        session = Session()
        session.register_component("data_loader", loader(service.search))
        session.register_component("token_provider", Token())
        session.set_credentials("AKIDEXAMPLE", "an-example-and-no-secret", "session-token")
        self.client = session.create_client(service.name, region_name=REGION, config=CONFIG)
        self.client.meta.events.register("before-send", self.intercept)
        self.model = self.client.meta.service_model
        self.given = None
        self.operation = None

    def intercept(self, request, event_name, **_):
        operation = event_name.rpartition(".")[2]
        # The call before the call, in services that want it: `wire` says the same.
        if operation != self.operation and operation in BEFORE:
            body = BEFORE[operation](urlsplit(request.url).netloc)
            return AWSResponse(request.url, 200, {}, Raw(body.encode()))
        if self.given is not None:
            status, headers, body = self.given
            return AWSResponse(request.url, status, headers, Raw(body))
        headers = [(name.lower(), text(value)) for name, value in request.headers.items()]
        raise Sent(request.method, request.url, headers, whole(request.body))

    def request(self, operation, params):
        """What the client sends."""
        self.given, self.operation = None, operation
        try:
            self.client._make_api_call(operation, params)
        except Sent as sent:
            return sent
        except Exception as error:
            raise Refused(f"{type(error).__name__}: {error}") from error
        raise Refused("nothing was sent")

    def answer(self, operation, params, response):
        """What the client makes of an answer."""
        self.given, self.operation = response, operation
        try:
            output = self.client._make_api_call(operation, params)
        except ClientError as error:
            said = error.response["Error"]
            code, message = said.get("Code"), said.get("Message")
            raise ServiceError(str(code), message) from error
        except Exception as error:
            raise Refused(f"{type(error).__name__}: {error}") from error
        output.pop("ResponseMetadata", None)
        return output


def text(value):
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def whole(body):
    """A body at once, also if it is read piece by piece."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    return bytes(body) if isinstance(body, (bytes, bytearray)) else body.read()


def plain(value, name, shapes, reference=None):
    """A value in the model's form: base64 blobs, RFC 3339 times, the three numbers by name."""
    shape = shapes[name]
    kind = shape["type"]
    if value is None:
        return None
    if shape.get("document") or (reference and reference.get("jsonvalue")):
        return value
    if kind == "structure":
        members = shape.get("members", {})
        # What is in no model, handlers have put there.
        return {
            it: plain(item, members[it]["shape"], shapes, members[it]) if it in members else item
            for it, item in value.items()
        }
    if kind == "list":
        target = shape["member"]["shape"]
        return [plain(item, target, shapes) for item in value]
    if kind == "map":
        target = shape["value"]["shape"]
        return {key: plain(item, target, shapes) for key, item in value.items()}
    return scalar(value, kind)


def scalar(value, kind):
    if kind == "timestamp":
        return moment(value)
    if kind == "blob":
        return base64.b64encode(whole(value)).decode()
    if kind in ("float", "double") and isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
    return value


def moment(time):
    """A time as text, the same for the same time."""
    if not isinstance(time, datetime.datetime):
        return time
    return time.astimezone(datetime.UTC).isoformat(timespec="microseconds")
