"""The calls that are compared with botocore's, and what answers them."""

import json
from dataclasses import dataclass, field

import peer
from server import Answer

STAGE = {
    "stageArn": "arn:aws:ivs:us-west-2:111122223333:stage/Bd4Kc8NfYh3S",
    "sessionId": "st-0aB1cD2eF3gH4",
    "participantId": "vIeWeR-77",
}
STREAM = {"DomainName": "rail-passengers", "EventStreamName": "season-tickets"}
ODD = "a b\u00fc%2F?#[]{}|^`\"'<>&=+~*()!@:;,$/\\.-_\U0001f3a5\u200d"
CHANNEL = {
    "name": "harbour-cam",
    "latencyMode": "LOW",
    "type": "ADVANCED_HD",
    "authorized": True,
    "recordingConfigurationArn": "",
    "tags": {"site": "북쪽 부두", "é": "ø/=+@", "z": "", "a": "1"},
    "insecureIngest": False,
    "preset": "CONSTRAINED_BANDWIDTH_DELIVERY",
    "playbackRestrictionPolicyArn": "arn:aws:ivs:us-west-2:1:playback-restriction-policy/x",
    "multitrackInputConfiguration": {
        "enabled": False,
        "policy": "ALLOW",
        "maximumResolution": "FULL_HD",
    },
    "containerFormat": "FRAGMENTED_MP4",
    "adConfigurationArn": "arn:aws:ivs:us-west-2:1:ad-configuration/x",
}


@dataclass
class Case:
    """A call. The parameters go in as options, or as JSON."""

    name: str
    service: str
    operation: str
    params: dict
    answers: list = field(default_factory=lambda: [Answer()])
    as_json: bool = False
    paginate: bool = False
    path: str = ""
    """What stands behind the host in `--endpoint-url`."""
    region: str = "us-west-2"
    region_from: str = "AWS_REGION"
    """The variable or option that names the region."""
    token: bool = False
    signed: bool = True


def ivs(name, operation, params, **rest):
    return Case(name, "ivs", operation, params, **rest)


def events(name, params, answer=None, **rest):
    answers = [answer] if answer else [Answer()]
    return Case(name, "ivs-realtime", "ListParticipantEvents", params, answers, **rest)


def stream(name, params, answer=None, **rest):
    answers = [answer] if answer else [Answer()]
    return Case(name, "customer-profiles", "GetEventStream", params, answers, **rest)


def requests():
    """What goes out: names, values and places of every kind of member."""
    return [
        events("what is required", STAGE),
        events("with a session token", STAGE, token=True),
        events("with all members", {**STAGE, "nextToken": "cGFnZS0y+/=", "maxResults": 100}),
        events("an empty text", {**STAGE, "participantId": "", "maxResults": 1}),
        events("odd characters in a body", {**STAGE, "nextToken": f"{ODD}\u2028\x7f\t\n"}),
        events("parameters as JSON", {**STAGE, "maxResults": 2}, as_json=True),
        events("a value like an option", {**STAGE, "nextToken": "--debug"}),
        events("a region as an option", STAGE, region="eu-west-1", region_from="--region"),
        events("a region by its other name", STAGE, region_from="AWS_DEFAULT_REGION"),
        events("a path in the endpoint", STAGE, path="/base/v1"),
        events("a slash behind the endpoint", STAGE, path="/"),
        events("without a signature", STAGE, signed=False),
        stream("labels", STREAM),
        stream("labels, with a session token", STREAM, token=True),
        stream("odd characters in labels", {"DomainName": ODD, "EventStreamName": "%41+%"}),
        stream("a label like an option", {"DomainName": "-x", "EventStreamName": "--y"}),
        stream("control characters in labels", {"DomainName": "a\n\tb", "EventStreamName": "\x7f"}),
        stream("dots in labels", {"DomainName": "...", "EventStreamName": ".a."}),
        stream("labels as JSON", {**STREAM, "DomainName": ODD}, as_json=True, path="/a%20b/c%2Fd"),
        ivs("no member", "CreateChannel", {}),
        ivs("every member", "CreateChannel", CHANNEL, token=True),
        ivs("every member as JSON", "CreateChannel", CHANNEL, as_json=True),
        ivs("false, and an empty map", "CreateChannel", {"authorized": False, "tags": {}}),
        ivs(
            "an empty structure",
            "CreateChannel",
            {"name": "", "insecureIngest": True, "multitrackInputConfiguration": {}},
        ),
        ivs("an unknown value of an enum", "CreateChannel", {"type": "ADVANCED_8K"}),
        ivs("a page asked for by hand", "ListChannels", {"maxResults": 5, "nextToken": "x"}),
        ivs("a filter", "ListChannels", {"filterByName": "부두"}, region="ap-northeast-2"),
        ivs(
            "no content",
            "DeleteChannel",
            {"arn": "arn:aws:ivs:us-west-2:111122223333:channel/hRb7CamN0rth"},
            answers=[Answer(b"", 204, {})],
        ),
    ]


def refusals():
    """What is not sent, and why."""
    long = "x" * 2000
    return [
        events("nothing", {}),
        events("too short", {**STAGE, "stageArn": "", "sessionId": "st-"}),
        events("too small", {**STAGE, "maxResults": 0}),
        events("too long is sent", {**STAGE, "nextToken": long, "maxResults": 101}),
        events("an unknown member", {**STAGE, "stage": "x"}, as_json=True),
        stream("empty labels", {"DomainName": "", "EventStreamName": ""}),
        stream("a label of two dots", {**STREAM, "DomainName": ".."}),
        stream("a label of one dot", {**STREAM, "DomainName": "."}),
        ivs("a short key", "CreateChannel", {"tags": {"": "x"}}),
        ivs("a missing ARN", "DeleteChannel", {}),
    ]


def responses(root):
    """What comes in: the fixtures, the specs' examples, and forms that services answer with."""
    cases = []
    fixtures = {
        "ivs-realtime/list-participant-events.json": (events, STAGE),
        "customer-profiles/get-event-stream.json": (stream, STREAM),
    }
    for name, (case, params) in fixtures.items():
        body = (root / "tests/fixtures" / name).read_bytes()
        cases.append(case(f"fixture {name}", params, Answer(body)))
    for service in ("ivs-realtime", "customer-profiles", "ivs"):
        cases.extend(examples(root, service))

    def page(**members):
        return Answer(json.dumps({"events": [members]}).encode())

    def details(**members):
        return Answer(json.dumps({**DETAILS, **members}).encode())

    times = (1770624000, 1770624000.482, 0, -1.5, 253402300799, 1e9, 1770624000.123456)
    cases += [
        events("an event of nothing", STAGE, page()),
        events("null is nothing", STAGE, page(name=None, eventTime=None, newToken=None)),
        events("an unknown member", STAGE, page(name="LEFT", mood={"is": ["good", 1.5, None]})),
        events("an unknown value of an enum", STAGE, page(name="WAVED", errorCode="")),
        events("a time with an offset", STAGE, page(eventTime="2026-06-20T19:00:06+09:00")),
        events("a time with a fraction", STAGE, page(eventTime="2026-06-20T19:00:06.123456Z")),
        events("a number for text time", STAGE, page(eventTime=1782000000.5)),
        events("escapes", STAGE, Answer(rb'{"events":[{"participantId":"\ud83c\udfa5\u00e9\/"}]}')),
        events("a map", STAGE, page(newToken={"attributes": {"z": "1", "a": "", "é": "2"}})),
        stream("empty structures", STREAM, details(DestinationDetails={}, Tags={})),
        stream("text for a number time", STREAM, details(CreatedAt="2026-02-09T08:00:00.5Z")),
        ivs("empty lists", "ListChannels", {}, answers=[Answer(b'{"channels":[]}')]),
        ivs(
            "all pages",
            "ListChannels",
            {},
            answers=[
                Answer(b'{"channels":[{"name":"a"},{"name":"b"}],"nextToken":"2"}'),
                Answer(b'{"channels":[],"nextToken":"3"}'),
                Answer(b'{"channels":[{"name":"c","tags":{}}]}'),
            ],
            paginate=True,
        ),
    ]
    cases += [stream(f"the time {time}", STREAM, details(CreatedAt=time)) for time in times]
    return cases + errors()


DETAILS = {
    "DomainName": "d",
    "EventStreamArn": "arn:aws:profile:eu-west-2:1:domains/d/event-streams/s",
    "CreatedAt": 1770624000,
    "State": "RUNNING",
    "DestinationDetails": {"Uri": "u", "Status": "HEALTHY"},
}


def examples(root, service):
    """A spec's examples, each answered as the service would."""
    spec = json.loads((root / f"specs/aws/{service}.json").read_text(encoding="utf-8"))
    for operation, described in spec["operations"].items():
        model = peer.operation_model(service, operation)
        for example in described.get("examples", []):
            name = f"example `{example['title']}`"
            if "error" in example:
                shape = example["error"]["shape"]
                status = spec["shapes"][shape]["error"]["status"]
                body = json.dumps(example["error"]["value"]).encode()
                answer = Answer(body, status, {"x-amzn-errortype": shape})
            elif model.output_shape is None:
                answer = Answer(b"", 204, {})
            else:
                output = peer.wire(example["output"], model.output_shape)
                answer = Answer(json.dumps(output).encode())
            yield Case(name, service, operation, example["input"], [answer])


def errors():
    """The ways in which AWS names an error and says why."""

    def error(name, status, body, header=None):
        headers = {"content-type": "application/json"}
        if header:
            headers["x-amzn-errortype"] = header
        return events(f"error: {name}", STAGE, Answer(body, status, headers))

    return [
        error("a header", 403, b'{"exceptionMessage":"No."}', "AccessDeniedException"),
        error("a header with a URL", 400, b'{"message":"m"}', "ValidationException:http://x/y"),
        error("a namespace", 400, b'{"message":"m"}', "com.amazon.x#ValidationException"),
        error("__type", 400, b'{"__type":"com.x#ValidationException","message":"m"}'),
        error("code", 400, b'{"code":"ValidationException","Message":"m"}'),
        error("Code", 400, b'{"Code":"a.b#ValidationException:c","message":"m"}'),
        error("not in the spec", 429, b'{"message":"Rate exceeded"}', "ThrottlingException"),
        error("no message", 400, b"{}", "ValidationException"),
        error("two messages", 400, b'{"message":"a","Message":"b"}', "ValidationException"),
        error("a gateway's text", 502, b"<html>Bad Gateway</html>"),
        error("nothing", 500, b""),
        error("no code", 503, b'{"message":"Later."}'),
        error("a redirect", 301, b'{"message":"Elsewhere."}', "Moved"),
    ]
