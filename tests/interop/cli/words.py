"""Command lines: an input, as somebody might write it."""

import base64
import datetime
import json
import math
import pathlib
from dataclasses import dataclass

from awscli.arguments import BooleanArgument, CLIArgument, ListArgument
from shorthand import SCALARS, Impossible, Writer

# Options of ours that the AWS CLI has not (`awscli/data/cli.json` of version 2, and our own): an
# abbreviation has to leave them out, too.
OTHERS = (
    "--cli-input-yaml",
    "--cli-binary-format",
    "--no-cli-pager",
    "--cli-auto-prompt",
    "--no-cli-auto-prompt",
    "--cli-error-format",
    "--paginate",
    "--mock",
    "--help",
    "--spec",
)


class Files:
    """Files for `file://` and `fileb://`, in a folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = 0

    def path(self):
        self.count += 1
        return self.folder / f"{self.count}"

    def text(self, text):
        path = self.path()
        path.write_bytes(text.encode())
        return f"file://{path}"

    def blob(self, data, scheme="fileb://"):
        path = self.path()
        path.write_bytes(data)
        return f"{scheme}{path}"


@dataclass
class Operation:
    """What is known of an operation to write its commands."""

    name: str
    command: str
    input: str
    """The input's shape, or nothing."""
    output: str
    arguments: dict
    """The AWS CLI's table."""
    paginator: dict


class Command:
    """Writes one input of an operation."""

    def __init__(self, operation, shapes, globals_, rng, files):
        self.operation = operation
        self.shapes = shapes
        self.rng = rng
        self.files = files
        self.shorthand = Writer(shapes, rng, files)
        names = [it.cli_name for it in operation.arguments.values()]
        self.names = [*names, *globals_, *OTHERS]
        self.outfile = files.path() if "outfile" in operation.arguments else None

    def words(self, value, further=()):
        """The operation's name and its options."""
        groups, left = [], {}
        members = self.shapes[self.operation.input]["members"] if value else {}
        whole = "cli-input-json" in self.operation.arguments
        share = self.rng.choice((0, 0, 0.3, 1)) if whole else 0
        for member, item in value.items():
            argument = self.argument(member, item)
            if members[member].get("locationName") == "Content-Length":
                # The length is what the body has.
                continue
            streamed = self.is_streamed(members[member])
            # Members without an option of their own are those that another one sets.
            if not streamed and (argument is None or self.rng.random() < share):
                left[member] = item
            elif argument is not None:
                groups.append(self.option(argument, item, members[member]))
        if left and whole:
            text = json.dumps(self.plain(left, self.operation.input))
            # Written otherwise, it would not make the AWS CLI pass over what is required.
            groups.append(["--cli-input-json", self.anywhere(text)])
        groups += [list(it) for it in further]
        self.rng.shuffle(groups)
        outfile = [str(self.outfile)] if self.outfile else []
        return [self.operation.command, *outfile, *(it for group in groups for it in group)]

    def is_streamed(self, reference):
        return reference.get("streaming") or self.shapes[reference["shape"]].get("streaming", False)

    def argument(self, member, item):
        """The option of a member, if it is an ordinary one."""
        for argument in self.operation.arguments.values():
            plain = type(argument) in (CLIArgument, ListArgument, BooleanArgument)
            if not plain or argument._serialized_name != member:
                continue
            negative = type(argument) is BooleanArgument and argument._action == "store_false"
            if negative == (item is False):
                return argument
        return None

    def name(self, name):
        """An option's name, sometimes shortened."""
        if self.rng.random() < 0.03 and len(name) > 6:
            short = name[: self.rng.randrange(5, len(name))]
            if [it for it in self.names if it.startswith(short)] == [name]:
                return short
        return name

    def valued(self, name, text):
        name = self.name(name)
        if text.startswith("-") or self.rng.random() < 0.1:
            return [f"{name}={text}"]
        return [name, text]

    def anywhere(self, text):
        """A text on the command line, or in a file."""
        return self.files.text(text) if self.rng.random() < 0.1 else text

    def option(self, argument, item, reference):
        target = reference["shape"]
        shape, name = self.shapes[target], argument.cli_name
        kind = shape["type"]
        if type(argument) is BooleanArgument:
            return [self.name(name)]
        if shape.get("document") or reference.get("jsonvalue"):
            return self.valued(name, self.anywhere(self.json(item, target)))
        if kind == "blob":
            return self.valued(name, self.blob(item, reference))
        if kind == "list":
            return self.listed(name, item, shape)
        if kind in ("structure", "map"):
            return self.valued(name, self.anywhere(self.complex(item, target)))
        text = self.scalar(item, target)
        return self.valued(name, self.anywhere(text) if kind == "string" else text)

    def blob(self, item, reference):
        if self.is_streamed(reference):
            return self.files.blob(item, "")
        text = blob_text(item)
        if text is None or self.rng.random() < 0.5:
            return self.files.blob(item)
        return text

    def complex(self, item, target):
        """A structure or a map, on the command line."""
        if self.rng.random() < 0.6:
            try:
                return self.shorthand.write(self.plain(item, target), target)
            except Impossible:
                pass
        return self.json(item, target)

    def listed(self, name, items, shape):
        item = shape["member"]["shape"]
        kind = self.shapes[item]["type"]
        whole = lambda: self.valued(name, self.anywhere(self.json_list(items, item)))  # noqa: E731
        if kind == "list" or self.rng.random() < 0.3:
            return whole()
        if kind in SCALARS:
            words = [self.scalar(it, item) for it in items]
            # What begins so is one value for them all.
            if words and words[0][:1] in ("[", "{"):
                return whole()
        else:
            words = self.alike(items, item)
        if any(it.startswith("-") for it in words):
            return whole()
        return [self.name(name), *words]

    def alike(self, items, item):
        """Structures or maps, all of them in shorthand or in JSON."""
        if self.rng.random() < 0.7:
            try:
                return [self.shorthand.write(self.plain(it, item), item) for it in items]
            except Impossible:
                pass
        return [self.json(it, item) for it in items]

    def scalar(self, item, target):
        item = self.plain(item, target)
        if isinstance(item, bool):
            return "true" if item else "false"
        return item if isinstance(item, str) else repr(item)

    def json(self, item, target):
        return json.dumps(self.plain(item, target), ensure_ascii=self.rng.random() < 0.5)

    def json_list(self, items, target):
        return json.dumps([self.plain(it, target) for it in items])

    def plain(self, item, name):
        """A value in JSON."""
        shape = self.shapes[name]
        kind = shape["type"]
        if shape.get("document"):
            return item
        if kind == "structure":
            members = shape["members"]
            return {
                key: it if members[key].get("jsonvalue") else self.plain(it, members[key]["shape"])
                for key, it in item.items()
            }
        if kind == "list":
            return [self.plain(it, shape["member"]["shape"]) for it in item]
        if kind == "map":
            return {key: self.plain(it, shape["value"]["shape"]) for key, it in item.items()}
        if kind == "timestamp":
            return self.time(item)
        if kind == "blob":
            text = blob_text(item)
            return base64.b64encode(item).decode() if text is None else text
        if kind in ("float", "double") and not math.isfinite(item):
            return 1.5
        return item

    def time(self, item):
        """A time, as it can be written."""
        text = item.astimezone(datetime.UTC).isoformat()
        written = self.rng.randrange(4)
        if written == 0 and item.microsecond == 0:
            return str(int(item.timestamp()))
        return text.replace("+00:00", "Z") if written < 3 else text


def blob_text(data):
    """A blob as an argument, which holds no zero."""
    try:
        return data.decode() if b"\0" not in data else None
    except UnicodeDecodeError:
        return None
