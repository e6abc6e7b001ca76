"""Values in the AWS CLI's shorthand syntax (`awscli/shorthand.py`)."""

import re

KEY = re.compile(r"[A-Za-z0-9\-_.#/:]+")
BARE = re.compile(r"[A-Za-z0-9_./:+-]+")
SCALARS = ("string", "timestamp", "blob", "integer", "long", "float", "double", "boolean")


class Impossible(Exception):
    """There is no shorthand for a value."""


class Writer:
    """Writes values of the shapes of a model, in one of the ways there are for each."""

    def __init__(self, shapes, rng, files):
        self.shapes = shapes
        self.rng = rng
        self.files = files

    def write(self, value, name):
        """A structure or a map."""
        shape = self.shapes[name]
        if shape["type"] not in ("structure", "map") or not value:
            raise Impossible
        return self.entries(value, shape, self.keyed)

    def entries(self, value, shape, write):
        if shape.get("document"):
            raise Impossible
        found = []
        for key, item in value.items():
            if not KEY.fullmatch(key):
                raise Impossible
            target = shape["value"] if shape["type"] == "map" else shape["members"][key]
            if target.get("jsonvalue"):
                raise Impossible
            sign = "="
            if self.shapes[target["shape"]]["type"] == "string" and self.rng.random() < 0.03:
                sign, text = "@=", self.files.text(item)
            else:
                text = write(item, target["shape"])
            found.append(f"{key}{sign}{text}")
        return ",".join(found)

    def keyed(self, value, name):
        """What stands behind a key that is in no braces."""
        shape = self.shapes[name]
        if shape["type"] != "list" or not value:
            return self.inner(value, name)
        item = shape["member"]["shape"]
        if self.shapes[item]["type"] not in SCALARS or self.rng.random() < 0.5:
            return self.inner(value, name)
        # The same, without brackets; an empty text would be none.
        return ",".join(self.scalar(it, item) for it in value)

    def inner(self, value, name):
        """What stands in braces or brackets."""
        shape = self.shapes[name]
        kind = shape["type"]
        if kind in ("structure", "map"):
            return "{" + self.entries(value, shape, self.inner) + "}"
        if kind == "list":
            return "[" + ",".join(self.inner(it, shape["member"]["shape"]) for it in value) + "]"
        return self.scalar(value, name)

    def scalar(self, value, name):
        kind = self.shapes[name]["type"]
        if kind == "boolean":
            return self.rng.choice(("true", "True") if value else ("false", "False"))
        text = value if isinstance(value, str) else repr(value)
        if BARE.fullmatch(text) and self.rng.random() < 0.8:
            return text
        # A backslash at the end of a quoted text would hide the quote.
        if "\\" in text:
            raise Impossible
        quote = self.rng.choice("'\"")
        return quote + text.replace(quote, "\\" + quote) + quote
