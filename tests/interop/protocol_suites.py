"""Computes what the protocol suites of `tests/conformance/suites` expect, by asking botocore.

    $(tests/interop/venv) tests/interop/protocol_suites.py          # writes what botocore says
    $(tests/interop/venv) tests/interop/protocol_suites.py check    # whether the files hold that already

A person writes the specs with their inputs (`common.json`, `rest.json`), and in the file of each
protocol its `service`, which `inputs` it takes if not all, and of each of its `answers` the title,
the operation and the response. All else there is botocore's: `requests`, and the `output` or `error`
of an answer. The specs become botocore's models here, apart from the importer. An answer for CBOR
says its body under `cbor`, in the notation of `cbor()`, which is written into `body`.
"""

import base64
import datetime
import json
import math
import pathlib
import struct
import sys

import botocore.compat
from botocore import parsers, serialize
from botocore.awsrequest import HeadersDict, prepare_request_dict
from botocore.model import NoShapeFoundError, ServiceModel

SUITES = pathlib.Path(__file__).resolve().parents[1] / "conformance" / "suites"
PROTOCOLS = {
    "rest-json": {"protocol": "rest-json"},
    "rest-xml": {"protocol": "rest-xml"},
    "json-1.0": {"protocol": "json", "jsonVersion": "1.0"},
    "json-1.1": {"protocol": "json", "jsonVersion": "1.1"},
    "query": {"protocol": "query"},
    "ec2-query": {"protocol": "ec2"},
    "rpc-v2-cbor": {"protocol": "smithy-rpc-v2-cbor"},
}
REST = ("rest-json", "rest-xml")
FORMATS = {"date-time": "iso8601", "epoch-seconds": "unixTimestamp", "http-date": "rfc822"}
ENDPOINT = "https://suite.example.com"
TOKEN = "00000000-0000-4000-8000-000000000000"


# From specs to botocore's models.


def model(suite):
    """The service of a suite."""
    service = suite["service"]
    protocol = service["protocol"]
    metadata = {
        "apiVersion": service.get("version", "2020-02-02"),
        "endpointPrefix": "suite",
        "serviceId": "Suite",
        "serviceFullName": "Suite",
        "signatureVersion": "v4",
        **PROTOCOLS[protocol],
    }
    if "target" in service:
        metadata["targetPrefix"] = service["target"]
    if "query-compatible" in service.get("traits", []):
        metadata["awsQueryCompatible"] = {}
    shapes, operations = {}, {}
    for part in parts(protocol):
        for name, shape in part["shapes"].items():
            shapes[name] = to_shape(name, shape, protocol)
        for name, operation in part["operations"].items():
            operations[name] = to_operation(name, operation, protocol, shapes)
    for base in ("string", "integer", "long", "float", "double", "boolean", "timestamp", "blob"):
        shapes[base] = {"type": base}
    shapes["document"] = {"type": "structure", "members": {}, "document": True}
    return ServiceModel({"metadata": metadata, "operations": operations, "shapes": shapes}, "suite")


def parts(protocol):
    names = ["common", "rest"] if protocol in REST else ["common"]
    # Members have no other names in CBOR: botocore would write them and not read them.
    drop = {"wire"} if protocol == "rpc-v2-cbor" else set()
    return [without(drop, json.loads((SUITES / f"{name}.json").read_text())) for name in names]


def without(keys, value):
    if isinstance(value, list):
        return [without(keys, it) for it in value]
    if isinstance(value, dict):
        return {key: without(keys, it) for key, it in value.items() if key not in keys}
    return value


def to_operation(name, spec, protocol, shapes):
    method, uri = spec["http"].split(" ", 1) if protocol in REST else ("POST", "/")
    operation = {"name": name, "http": {"method": method, "requestUri": uri}}
    if "hostPrefix" in spec:
        operation["endpoint"] = {"hostPrefix": spec["hostPrefix"]}
    for side in ("input", "output"):
        if side in spec:
            shape = f"{name}{side.title()}"
            shapes[shape] = {"type": "structure", **to_members(spec[side], protocol)}
            operation[side] = {"shape": shape}
    if protocol == "rest-xml" and "input" in operation:
        root = spec.get("root", {"name": f"{name}Request"})
        operation["input"]["locationName"] = root["name"]
        if "namespace" in root:
            operation["input"]["xmlNamespace"] = {"uri": root["namespace"]}
    if protocol == "query" and "output" in operation:
        operation["output"]["resultWrapper"] = f"{name}Result"
    operation["errors"] = [{"shape": error} for error in spec.get("errors", [])]
    return operation


def to_shape(name, spec, protocol):
    if "enum" in spec:
        return {"type": "string", "enum": list(spec["enum"])}
    if "list" in spec:
        return {"type": "list", "member": to_member(spec["list"]), "sparse": "sparse" in spec}
    if "map" in spec:
        key = to_member(spec.get("key", "string"))
        value = to_member(spec["map"])
        return {"type": "map", "key": key, "value": value, "sparse": "sparse" in spec}
    if "type" in spec:
        shape = {"type": spec["type"]}
        if "format" in spec:
            shape["timestampFormat"] = FORMATS[spec["format"]]
        return shape
    shape = {"type": "structure", **to_members(spec.get("structure", spec.get("union")), protocol)}
    if "union" in spec:
        shape["union"] = True
    if "error" in spec:
        error = spec["error"]
        shape["exception"] = True
        shape["error"] = {
            "code": error.get("code", name),
            "httpStatusCode": error.get("status", 400),
            "senderFault": error.get("fault") == "client",
        }
    return shape


def to_members(spec, protocol):
    made = {"members": {}, "required": []}
    for name, member in spec.items():
        member = member if isinstance(member, dict) else {"type": member}
        made["members"][name] = to_member(member, name)
        if protocol == "ec2-query":
            # Where a name stands in queries botocore begins it with a capital letter only if the
            # model says it, as those of EC2 always do.
            made["members"][name].setdefault("locationName", name)
        if member.get("required"):
            made["required"].append(name)
        if member.get("payload"):
            made["payload"] = name
    return made


def to_member(spec, name=""):
    spec = {"type": spec} if isinstance(spec, str) else spec
    member = {"shape": spec["type"]}
    if spec.get("jsonText"):
        member = {"shape": "string", "jsonvalue": True}
    for key, value in spec.items():
        if key == "wire":
            member["locationName"] = value
        elif key in ("query", "header", "headerPrefix"):
            location = {"query": "querystring", "headerPrefix": "headers"}.get(key, key)
            member.update(location=location, locationName=value or name)
        elif key == "label":
            member.update(location="uri", locationName=name)
        elif key == "statusCode":
            member["location"] = "statusCode"
        elif key in ("flattened", "hostLabel", "idempotencyToken", "queryName"):
            member[key] = value
        elif key == "attribute":
            member["xmlAttribute"] = value
        elif key == "format":
            member["timestampFormat"] = FORMATS[value]
        elif key == "namespace":
            member["xmlNamespace"] = value if isinstance(value, dict) else {"uri": value}
        elif key not in ("type", "required", "payload", "jsonText"):
            raise ValueError(f"`{key}` of `{name}` cannot be said to botocore")
    return member


# Values: RFC 3339 times, base64 bytes, and text for numbers that are none.


def to_python(shape, value):
    kind = shape.type_name
    if value is None or getattr(shape, "is_document_type", False):
        return value
    if shape.serialization.get("jsonvalue"):
        return value
    if kind == "structure":
        return {name: to_python(shape.members[name], it) for name, it in value.items()}
    if kind == "list":
        return [to_python(shape.member, it) for it in value]
    if kind == "map":
        return {key: to_python(shape.value, it) for key, it in value.items()}
    if kind == "timestamp":
        return datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    if kind == "blob":
        return base64.b64decode(value)
    if kind in ("float", "double"):
        return float(value)
    return value


def to_json(value):
    if isinstance(value, dict):
        return {key: to_json(it) for key, it in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(it) for it in value]
    if isinstance(value, datetime.datetime):
        text = value.astimezone(datetime.timezone.utc).isoformat().replace("+00:00", "")
        return (text.rstrip("0") if "." in text else text) + "Z"
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


# What botocore says.


def request(service, protocol, operation, given):
    operation = service.operation_model(operation)
    params = to_python(operation.input_shape, given) if operation.input_shape else {}
    for name in operation.idempotent_members:
        params.setdefault(name, TOKEN)
    # A token that is made up stands where the model has it, not behind all that is given.
    if operation.input_shape:
        params = {name: params[name] for name in operation.input_shape.members if name in params}
    # botocore's validation knows no sparse lists.
    serializer = serialize.create_serializer(service.metadata["protocol"], False)
    made = serializer.serialize_to_request(params, operation)
    body = made["body"]
    if isinstance(body, dict):
        body = botocore.compat.urlencode(body, doseq=True, encoding="utf-8").encode()
        body = body.replace(b"+", b"%20")
        made["body"] = body
    prepare_request_dict(made, ENDPOINT)
    host, _, target = made["url"].removeprefix("https://").partition("/")
    sends = {"method": made["method"], "host": host, "target": f"/{target}"}
    sends["headers"] = dict(sorted(made["headers"].items()))
    sends["body"] = body_text(body, protocol)
    return sends


def body_text(body, protocol):
    """Text where it is text; base64 of anything else, with a mark before it."""
    if protocol != "rpc-v2-cbor":
        try:
            return body.decode()
        except UnicodeDecodeError:
            pass
    return "base64:" + base64.b64encode(body).decode() if body else ""


def answer(service, operation, given):
    shape = service.operation_model(operation).output_shape
    response = {
        "status_code": given["status"],
        "headers": HeadersDict(given.get("headers", {})),
        "body": body_bytes(given),
        "context": {"operation_name": operation},
    }
    parser = parsers.create_parser(service.metadata["protocol"])
    parsed = parser.parse(dict(response), shape)
    parsed.pop("ResponseMetadata", None)
    if given["status"] < 300:
        return {"output": to_json(as_bytes(shape, parsed))}
    error = parsed["Error"]
    made = {"code": error.get("Code", ""), "message": error.get("Message", "")}
    # A query-compatible service has two codes: botocore finds the members by the one of the header,
    # and names its exception by the one of the body (`handlers.py`).
    codes = (made["code"], error.get("QueryErrorCode"))
    shape = next(filter(None, (by_code(service, code) for code in codes)), None)
    if shape:
        made["shape"] = shape.name
        members = parser.parse(dict(response), shape)
        members = {name: it for name, it in members.items() if name in shape.members}
        made["value"] = to_json(members)
    return {"error": made}


def by_code(service, code):
    try:
        return service.shape_for_error_code(code)
    except NoShapeFoundError:
        return None


def as_bytes(shape, parsed):
    """botocore reads a body of bytes as text, if it is no stream."""
    payload = shape and shape.serialization.get("payload")
    if payload in parsed and shape.members[payload].type_name == "blob":
        parsed[payload] = parsed[payload].encode()
    return parsed


def body_bytes(given):
    if "cbor" in given:
        return cbor(given["cbor"])
    body = given.get("body", "")
    if body.startswith("base64:"):
        return base64.b64decode(body.removeprefix("base64:"))
    return body.encode()


def cbor(value):
    """CBOR (RFC 8949). `{"bytes": base64}`, `{"tag": [number, item]}`, `{"float": bits, "of": number}`,
    `{"open": item}` for a length that is not said; all else stands for itself."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[value]
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    if set(value) == {"bytes"}:
        data = base64.b64decode(value["bytes"])
        return head(2, len(data)) + data
    if set(value) == {"tag"}:
        return head(6, value["tag"][0]) + cbor(value["tag"][1])
    if set(value) == {"float", "of"}:
        first, form = {16: (b"\xf9", ">e"), 32: (b"\xfa", ">f"), 64: (b"\xfb", ">d")}[value["float"]]
        return first + struct.pack(form, float(value["of"]))
    if set(value) == {"open"}:
        inner = value["open"]
        if isinstance(inner, str):
            middle = len(inner) // 2
            return b"\x7f" + cbor(inner[:middle]) + cbor(inner[middle:]) + b"\xff"
        if isinstance(inner, list):
            return b"\x9f" + b"".join(map(cbor, inner)) + b"\xff"
        return b"\xbf" + b"".join(cbor(key) + cbor(it) for key, it in inner.items()) + b"\xff"
    return head(5, len(value)) + b"".join(cbor(key) + cbor(it) for key, it in value.items())


def head(major, number):
    if number < 24:
        return bytes([major << 5 | number])
    for info, form, top in ((24, ">B", 1 << 8), (25, ">H", 1 << 16), (26, ">I", 1 << 32)):
        if number < top:
            return bytes([major << 5 | info]) + struct.pack(form, number)
    return bytes([major << 5 | 27]) + struct.pack(">Q", number)


def computed(suite):
    """The suite with everything that botocore says about it."""
    service = model(suite)
    protocol = suite["service"]["protocol"]
    requests = {}
    for case in (case for part in parts(protocol) for case in part["inputs"]):
        takes = protocol in case.get("only", [protocol]) and protocol not in case.get("except", [])
        if takes and case["title"] in suite.get("inputs", [case["title"]]):
            requests[case["title"]] = request(service, protocol, case["operation"], case["input"])
    answers = []
    for given in suite.get("answers", []):
        case = {key: it for key, it in given.items() if key not in ("output", "error")}
        if "cbor" in case:
            case["body"] = body_text(cbor(case["cbor"]), protocol)
        case.update(answer(service, case["operation"], case))
        answers.append(case)
    return {**suite, "requests": requests, "answers": answers}


def main():
    check = sys.argv[1:] == ["check"]
    stale = []
    for file in sorted(SUITES.glob("*.json")):
        suite = json.loads(file.read_text())
        if "service" not in suite:
            continue
        text = json.dumps(computed(suite), indent=1, ensure_ascii=False) + "\n"
        if text != file.read_text():
            stale.append(file.name)
            if not check:
                file.write_text(text)
    if check and stale:
        sys.exit(f"botocore says something else about {', '.join(stale)}: run this without `check`")


if __name__ == "__main__":
    main()
