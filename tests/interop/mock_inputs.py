"""Inputs made from botocore's models, with everything that the models say of them held."""

import datetime
import re
import warnings
from re import _parser

# Members that go with other members, or that boto3 takes care of.
LEFT_OUT = {
    # The endpoint's rules have it in the host, whatever the endpoint is said to be.
    "kinesis": {"StreamId"},
    "s3": {"ContentLength", "ContentEncoding", "SSECustomerKeyMD5", "CopySourceSSECustomerKeyMD5"},
}
GIVEN = {
    ("s3", "Bucket"): "pets-archive",
    ("s3", "CopySource"): "pets/rex.png",
    ("s3", "Key"): "photos/rex.png",
    ("s3", "Range"): "bytes=0-9",
}
# What comes first is taken first.
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=+@,# "
DEPTH = 5


class Inputs:
    def __init__(self, service):
        self.service = service

    def minimal(self, operation):
        """What must be there."""
        return self.members(operation.input_shape, False, 0) if operation.input_shape else {}

    def full(self, operation):
        """Everything, to some depth."""
        return self.members(operation.input_shape, True, 0) if operation.input_shape else {}

    def members(self, shape, full, depth):
        wanted = [
            name for name in shape.members
            if (name in shape.required_members or full and depth < DEPTH)
            and name not in LEFT_OUT.get(self.service, ())
        ]  # fmt: skip
        if getattr(shape, "is_tagged_union", False):
            # One that ends, if there is any.
            scalar = [name for name in shape.members if is_scalar(shape.members[name])]
            wanted = (scalar or list(shape.members))[:1]
        return {name: self.value(name, shape.members[name], full, depth + 1) for name in wanted}

    def value(self, name, shape, full, depth):
        given = GIVEN.get((self.service, name))
        if given is not None and shape.type_name == "string":
            return given
        least = int(shape.metadata.get("min", 0))
        match shape.type_name:
            case "structure":
                return {} if shape.is_document_type else self.members(shape, full, depth)
            case "list":
                item = self.value(name, shape.member, full, depth + 1)
                few = not full or depth >= DEPTH
                return [item] * (least if few else max(least, 1))
            case "map":
                few = (not full or depth >= DEPTH) and least == 0
                value = self.value(name, shape.value, full, depth + 1)
                return {} if few else {key: value for key in self.keys(shape, max(least, 1))}
            case "boolean":
                return True
            case "integer" | "long":
                return max(least, 1) if "max" not in shape.metadata else max(
                    least, min(1, int(shape.metadata["max"]))
                )
            case "float" | "double":
                return float(max(least, 0)) + 0.0
            case "timestamp":
                return datetime.datetime(2026, 3, 14, 9, 26, 53, tzinfo=datetime.timezone.utc)
            case "blob":
                return b"a" * max(least, 3)
            case "string":
                return self.text(shape, least)
        raise ValueError(f"{name} is a {shape.type_name}")

    def keys(self, shape, count):
        if shape.key.enum:
            return shape.key.enum[:count]
        key = self.text(shape.key, int(shape.key.metadata.get("min", 0)))
        return [key, *(key[:-1] + str(number) for number in range(1, count))]

    def text(self, shape, least):
        if shape.enum:
            return shape.enum[0]
        if shape.serialization.get("jsonvalue") or shape.metadata.get("jsonvalue"):
            return {"a": 1}
        most = int(shape.metadata.get("max", 1 << 20))
        pattern = shape.metadata.get("pattern")
        if pattern:
            lengths = [1, 2, 3, 8, 16, 32, 64, 128, *range(least, max(least - 12, 0), -1)]
            for length, branch in ((length, branch) for branch in (0, 1) for length in lengths):
                text = of_pattern(pattern, length, branch)
                if text is not None and max(least, 1) <= len(text) <= most:
                    return text
        return "a" * min(max(least, 8), most)


def is_scalar(shape):
    return shape.type_name not in ("structure", "list", "map")


def of_pattern(pattern, length, branch):
    """A text of a pattern, in which repetitions are of about that length, and of alternatives that
    branch is taken; nothing if it is no pattern of Python's, or cannot be met so simply."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = _parser.parse(pattern)
            text = "".join(made(tree, length, branch))
            return text if re.search(pattern, text) else None
    except (re.error, ValueError, RecursionError):
        return None


def made(tree, length, branch):
    for operation, argument in tree:
        name = str(operation)
        if name == "LITERAL":
            yield chr(argument)
        elif name == "ANY":
            yield "a"
        elif name == "NOT_LITERAL":
            yield next(letter for letter in LETTERS if ord(letter) != argument)
        elif name == "IN":
            yield one_of(argument)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = argument
            for _ in range(max(least, min(int(most), length))):
                yield from made(inner, 1, branch)
        elif name == "SUBPATTERN":
            yield from made(argument[3], length, branch)
        elif name == "BRANCH":
            yield from made(argument[1][branch % len(argument[1])], length, branch)
        elif name in ("AT", "ASSERT_NOT"):
            continue
        else:
            raise ValueError(name)


def one_of(choices):
    parts = []
    negated = False
    for operation, argument in choices:
        name = str(operation)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            parts.append((argument, argument))
        elif name == "RANGE":
            parts.append(argument)
        elif name == "CATEGORY":
            letters = CATEGORIES[str(argument)]
            parts += [(ord(letter), ord(letter)) for letter in letters]
        else:
            raise ValueError(name)

    def fits(letter):
        return any(low <= ord(letter) <= high for low, high in parts) != negated

    found = next((letter for letter in LETTERS if fits(letter)), None)
    return found if found is not None else chr(parts[0][0])


CATEGORIES = {
    "CATEGORY_DIGIT": "0123456789",
    "CATEGORY_NOT_DIGIT": LETTERS.translate({ord(digit): None for digit in "0123456789"}),
    "CATEGORY_SPACE": " \t\n",
    "CATEGORY_NOT_SPACE": LETTERS.replace(" ", ""),
    "CATEGORY_WORD": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_",
    "CATEGORY_NOT_WORD": "-./:=+@,# ",
}
