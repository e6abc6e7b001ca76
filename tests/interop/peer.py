"""botocore, asked for its opinion: what it would send, sign and understand."""

import datetime
import json
import re
from collections import deque
from dataclasses import dataclass

import botocore.auth
import botocore.session
from botocore import UNSIGNED, xform_name
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError, ParamValidationError
from dateutil.parser import isoparse

from server import Request

SESSION = botocore.session.Session()


@dataclass
class Outcome:
    """What became of a call."""

    requests: list
    output: object = None
    """The output with its times as text, or nothing after an error."""
    error: object = None
    """Code and message of an error that the service answered."""
    retries: str = ""
    """What the message says of attempts, where it might have been better the next time."""
    refusal: object = None
    """Why the parameters were not sent at all."""


def operation_model(service, operation):
    return SESSION.get_service_model(service).operation_model(operation)


def option(name):
    """The name that the AWS CLI gives to a parameter."""
    return "--" + xform_name(name, "-")


def signing_name(service):
    return SESSION.get_service_model(service).signing_name


def authorization(request, url, credentials, region, service, time):
    """The `authorization` header that botocore's signer gives to a request."""
    botocore.auth.get_current_datetime = lambda *_, **__: time
    unsigned = AWSRequest(method=request.method, url=url, data=request.body)
    for name, value in request.headers:
        unsigned.headers.add_header(name, value)
    botocore.auth.SigV4Auth(Credentials(*credentials), service, region).add_auth(unsigned)
    return unsigned.headers["Authorization"]


class Raw:
    """The body of an answer, where botocore looks for urllib3's."""

    def __init__(self, body):
        self.body = body

    def stream(self, **_):
        yield self.body


def call(service, operation, params, endpoint, region, credentials, answers, paginate=False):
    """Calls an operation with botocore's client. Nothing is sent: `answers` answer in turn."""
    answers = deque(answers)
    sent = []

    def answer(request, **_):
        headers = [(name.lower(), text(value)) for name, value in request.headers.items()]
        target = re.sub(r"^[a-z]+://[^/?]*", "", request.url)
        sent.append(Request(request.method, target, headers, request.body or b""))
        given = answers.popleft()
        return AWSResponse(request.url, given.status, given.headers, Raw(given.body))

    config = Config(
        retries={"total_max_attempts": 1},
        signature_version=UNSIGNED if credentials is None else None,
    )
    key, secret, token = credentials or (None, None, None)
    client = SESSION.create_client(
        service,
        region_name=region,
        endpoint_url=endpoint,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=config,
    )
    client.meta.events.register("before-send", answer)
    method = xform_name(operation)
    try:
        if paginate:
            output = client.get_paginator(method).paginate(**params).build_full_result()
        else:
            output = getattr(client, method)(**params)
    except ParamValidationError as error:
        return Outcome(sent, refusal=error.kwargs["report"])
    except ClientError as error:
        details = error.response["Error"]
        # botocore knows two names of the member that holds the message; IVS has a third.
        message = details.get("Message") or error.response.get("exceptionMessage", "")
        metadata = error.response["ResponseMetadata"]
        reached = metadata.get("MaxAttemptsReached", False)
        retries = f" (reached max retries: {metadata['RetryAttempts']})" if reached else ""
        return Outcome(sent, error=(str(details["Code"]), message), retries=retries)
    output.pop("ResponseMetadata", None)
    shape = operation_model(service, operation).output_shape
    return Outcome(sent, output=normal(output, shape))


def text(value):
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def normal(value, shape):
    """A value with each time as the same text, whichever way it was written."""
    if value is None or shape is None:
        return value
    kind = shape.type_name
    if kind == "structure":
        members = shape.members
        return {name: normal(item, members.get(name)) for name, item in value.items()}
    if kind == "list":
        return [normal(item, shape.member) for item in value]
    if kind == "map":
        return {key: normal(item, shape.value) for key, item in value.items()}
    if kind == "timestamp":
        if isinstance(value, str):
            value = isoparse(value)
        return value.astimezone(datetime.timezone.utc).isoformat(timespec="microseconds")
    return value


def wire(value, shape):
    """A spec's example as the service sends it: times of no stated format are numbers."""
    kind = shape.type_name
    if kind == "structure":
        return {name: wire(item, shape.members[name]) for name, item in value.items()}
    if kind == "list":
        return [wire(item, shape.member) for item in value]
    if kind == "map":
        return {key: wire(item, shape.value) for key, item in value.items()}
    if kind == "timestamp" and shape.serialization.get("timestampFormat") is None:
        seconds = isoparse(value).timestamp()
        return int(seconds) if seconds.is_integer() else seconds
    return value


def same_json(one, other):
    """Whether two values are the same in JSON, where `1`, `1.0` and `true` are three values."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
