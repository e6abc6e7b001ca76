"""What is known about the shapes of a model before values of them are made up."""

from dataclasses import dataclass, field

import facts

BOUND = ("uri", "querystring", "header", "headers", "statusCode")


@dataclass
class Shapes:
    """The shapes of a model. A set of members is a number with a bit for each, which is quick."""

    model: dict
    bits: dict = field(default_factory=dict)
    """The bit of a member, by shape and name."""
    reaches: dict = field(default_factory=dict)
    """The members that a value of a shape may hold somewhere below it."""
    heights: dict = field(default_factory=dict)
    """How deep the shallowest valid value of a shape is."""

    def __post_init__(self):
        for name, shape in self.model.items():
            for member in shape.get("members", ()):
                self.bits[name, member] = 1 << len(self.bits)
        self._reach()
        self._measure()

    def __getitem__(self, name):
        return self.model[name]

    def targets(self, name):
        """The shapes that a shape refers to."""
        shape = self.model[name]
        kind = shape["type"]
        if kind == "structure":
            return [member["shape"] for member in shape.get("members", {}).values()]
        if kind == "list":
            return [shape["member"]["shape"]]
        if kind == "map":
            return [shape["key"]["shape"], shape["value"]["shape"]]
        return []

    def _reach(self):
        own = {}
        for name, shape in self.model.items():
            members = shape.get("members", ())
            own[name] = sum(self.bits[name, member] for member in members)
        self.reaches = own
        targets = {name: self.targets(name) for name in self.model}
        changed = True
        while changed:
            changed = False
            for name, below in targets.items():
                reach = own[name]
                for target in below:
                    reach |= own[target]
                if reach != own[name]:
                    own[name] = reach
                    changed = True

    def _measure(self):
        never = float("inf")
        self.heights = dict.fromkeys(self.model, never)
        changed = True
        while changed:
            changed = False
            for name in self.model:
                height = self._height(name)
                if height < self.heights[name]:
                    self.heights[name] = height
                    changed = True

    def _height(self, name):
        shape = self.model[name]
        if shape["type"] == "list":
            return 1 + (self.heights[shape["member"]["shape"]] if shape.get("min") else 0)
        if shape["type"] == "map":
            return 1 + (self.heights[shape["value"]["shape"]] if shape.get("min") else 0)
        if shape["type"] != "structure":
            return 0
        members = shape.get("members", {})
        if shape.get("union"):
            return 1 + min((self.heights[it["shape"]] for it in members.values()), default=0)
        required = [members[name] for name in shape.get("required", ()) if name in members]
        return 1 + max((self.heights[it["shape"]] for it in required), default=0)

    def unset(self, service):
        """The members that are never set, and those of documents, which have none."""
        left_out = [
            self.bits[shape, member]
            for (of, shape), members in facts.LEFT_OUT.items()
            for member in members
            if of == service and (shape, member) in self.bits
        ]
        return sum(left_out)

    def is_document(self, name):
        return self.model[name].get("document", False)

    def has_events(self, name):
        """Whether a member of the structure is a stream of events."""
        members = self.model[name].get("members", {}).values()
        return any(self.model[it["shape"]].get("eventstream") for it in members)
