"""What is wrong with an answer that boto3 has read, by botocore's models."""

import datetime

import botocore.eventstream
import botocore.response

TYPES = {
    "structure": dict,
    "map": dict,
    "list": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": (float, int),
    "double": (float, int),
    "timestamp": datetime.datetime,
    "blob": (bytes, botocore.response.StreamingBody),
}


def mistakes(shape, value, path=""):
    """A line for each."""
    if isinstance(value, botocore.eventstream.EventStream):
        return [line for event in value for line in mistakes_of_event(shape, event, path)]
    if getattr(shape, "is_document_type", False):
        return []
    if shape.serialization.get("jsonvalue"):
        return []
    if not isinstance(value, TYPES[shape.type_name]) or (
        isinstance(value, bool) and shape.type_name != "boolean"
    ):
        return [f"{path}: no {shape.type_name}, but {value!r}"]
    found = []
    if shape.type_name == "structure":
        value = {name: inner for name, inner in value.items() if name != "ResponseMetadata"}
        if getattr(shape, "is_tagged_union", False) and len(value) != 1:
            found.append(f"{path}: a union of {sorted(value)}")
        for name in shape.required_members:
            if name not in value and not getattr(shape, "is_tagged_union", False):
                found.append(f"{path}.{name}: it is required and not there")
        for name, inner in value.items():
            # botocore adds a text beside the time that it could not read.
            if name == "ExpiresString":
                continue
            if name not in shape.members:
                found.append(f"{path}.{name}: there is no such member")
            else:
                found += mistakes(shape.members[name], inner, f"{path}.{name}")
    elif shape.type_name == "list":
        for inner in value:
            found += mistakes(shape.member, inner, f"{path}[]")
    elif shape.type_name == "map":
        for inner in value.values():
            found += mistakes(shape.value, inner, f"{path}[]")
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        found.append(f"{path}: {value!r} is not one of {shape.enum}")
    return found


def mistakes_of_event(shape, event, path):
    found = []
    for name, inner in event.items():
        if name not in shape.members:
            found.append(f"{path}: an event {name}")
        else:
            found += mistakes(shape.members[name], inner, f"{path}.{name}")
    return found
