"""Pages of a list, and commands that walk through them."""

import re
from dataclasses import dataclass

LENGTHS = (3, 2, 3)
"""How many items are on each page."""
MARK = re.compile(rb"turnthepage(\d)x")


@dataclass
class Pages:
    """What a service answers page by page: it finds the page that is asked for in the request."""

    answers: list

    def __call__(self, request):
        found = MARK.search(request.target.encode() + b" " + request.body)
        for name, value in request.headers:
            found = found or name.startswith("x-") and MARK.search(value.encode())
        return self.answers[int(found[1]) if found else 0]


class Unknown(Exception):
    """Nobody here knows what a token of the operation looks like."""


def listed(value):
    return value if isinstance(value, list) else [value]


def outputs(operation, shapes, maker, rngs):
    """The output of each page."""
    paginator = operation.paginator
    made = []
    for number, length in enumerate(LENGTHS):
        page = maker.top(operation.output, 0, rngs[number], False)
        for path in listed(paginator.get("result_key", [])):
            fill(page, operation.output, path, length, shapes, maker)
        last = number + 1 == len(LENGTHS)
        for expression, name in zip(
            listed(paginator["output_token"]), listed(paginator["input_token"]), strict=True
        ):
            path = expression.split("||")[0].strip()
            target = shapes[operation.input]["members"][name]["shape"]
            # It has to be valid when it is sent back.
            token = f"turnthepage{number + 1}x".ljust(int(shapes[target].get("min", 0)), "x")
            mark(page, operation.output, path, None if last else token, shapes)
        if "more_results" in paginator:
            mark(page, operation.output, paginator["more_results"], not last, shapes)
        made.append(page)
    return made


def place(page, name, path, shapes):
    """The structure that holds what the path ends with, its shape, and the last name."""
    *above, last = path.split(".")
    for step in above:
        members = shapes[name].get("members", {})
        if step not in members:
            raise Unknown(path)
        page, name = page.setdefault(step, {}), members[step]["shape"]
    if last not in shapes[name].get("members", {}):
        raise Unknown(path)
    return page, shapes[name]["members"][last]["shape"], last


def fill(page, name, path, length, shapes, maker):
    """Makes a list that long."""
    page, target, last = place(page, name, path, shapes)
    if shapes[target]["type"] != "list":
        return
    item = shapes[target]["member"]
    found = page.get(last, [])[:length]
    maker.left = 40
    while len(found) < length:
        found.append(maker.value(item["shape"], item, "body", 1))
    page[last] = found


def mark(page, name, path, value, shapes):
    page, target, last = place(page, name, path, shapes)
    if value is None:
        page.pop(last, None)
        return
    kind = shapes[target]["type"]
    if kind == "map" and not isinstance(value, bool):
        item = shapes[shapes[target]["value"]["shape"]]
        # As the key of an item in a table of DynamoDB.
        if "S" not in item.get("members", {}):
            raise Unknown(path)
        value = {"key": {"S": value}}
    elif kind != ("boolean" if isinstance(value, bool) else "string"):
        raise Unknown(path)
    elif shapes[target].get("enum"):
        raise Unknown(path)
    page[last] = value
