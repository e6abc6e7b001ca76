"""Made-up values of a model's shapes: random, from a seed, and valid."""

import math

import facts
import scalars

# How values are made, by their number: some are there each time, the others are mixed.
STYLES = ("all", "required", "empty", "unicode")
# So many values go into one input before members are left out that were there already.
BUDGET = 120
# Deeper than this a value is as shallow as it can be: shapes are recursive.
DEEP = 24
WHERE = {"uri": "label", "querystring": "query", "header": "header", "headers": "header"}


class Maker:
    """Makes values for one operation, and remembers which members were there already."""

    def __init__(self, service, shapes, default_times, rng):
        self.service = service
        self.shapes = shapes
        # The format of times in a body, unless a shape says its own.
        self.default_times = default_times
        # What is never there needs not be waited for.
        self.covered = shapes.unset(service)
        self.rng = rng

    def missing(self, name):
        """Members that a value of the shape can hold and that were never there."""
        return self.shapes.reaches[name] & ~self.covered

    def never(self, name):
        """Their names."""
        missing = self.missing(name)
        return [f"{it}.{member}" for (it, member), bit in self.shapes.bits.items() if bit & missing]

    def top(self, name, number, rng, is_input):
        """The value of an operation's input or output."""
        self.rng = rng
        self.style = STYLES[number] if number < len(STYLES) else "mixed"
        self.left = BUDGET
        self.is_input = is_input
        shape = self.shapes[name]
        return self.structure(name, shape, 0)

    def structure(self, name, shape, depth):
        members = shape.get("members", {})
        if shape.get("union"):
            chosen = self.alternative(name, members, depth)
            return {it: self.member(name, it, members[it], depth) for it in chosen}
        required = set(shape.get("required", ()))
        left_out = facts.left_out(self.service, name)
        made = {}
        for member, reference in members.items():
            if depth == 0 and self.is_input and reference.get("idempotencyToken"):
                # Without it each side would make up its own.
                required.add(member)
            if member in left_out:
                continue
            if member in required or self.wants(name, member, reference, depth):
                made[member] = self.member(name, member, reference, depth)
        return made

    def alternative(self, name, members, depth):
        """The one member of a union."""
        if not members:
            return []
        fresh = [it for it in members if not self.covered & self.shapes.bits[name, it]]
        if self.left > -2 * BUDGET and depth < DEEP:
            open_ones = [it for it, ref in members.items() if self.uncovered(ref["shape"])]
            if fresh or open_ones:
                return [self.rng.choice(fresh or open_ones)]
        if self.left > 0 and depth < DEEP:
            return [self.rng.choice(list(members))]
        heights = self.shapes.heights
        lowest = min(heights[ref["shape"]] for ref in members.values())
        low = [it for it, ref in members.items() if heights[ref["shape"]] <= lowest]
        return [self.rng.choice([it for it in low if it in fresh] or low)]

    def uncovered(self, target):
        return bool(self.shapes.reaches[target] & ~self.covered)

    def further(self, target, depth):
        """Whether a value is worth it although there are enough."""
        return depth < DEEP and self.left > -2 * BUDGET and self.uncovered(target)

    def wants(self, name, member, reference, depth):
        """Whether an optional member is there."""
        if self.style == "required":
            return False
        if not self.covered & self.shapes.bits[name, member]:
            return depth == 0 or self.style == "all" or self.rng.random() < 0.5
        if self.left <= 0 or depth >= DEEP:
            return self.further(reference["shape"], depth) and self.rng.random() < 0.5
        if depth == 0 and self.style in ("all", "empty", "unicode"):
            return True
        if self.uncovered(reference["shape"]):
            return self.rng.random() < 0.8
        return self.rng.random() < 0.6 / (1 + depth / 2)

    def member(self, name, member, reference, depth):
        self.covered |= self.shapes.bits[name, member]
        known = facts.value(self.service, name, member, self.rng)
        if known is not None and self.shapes[reference["shape"]]["type"] == "string":
            return known
        where = "body"
        if depth == 0:
            where = WHERE.get(reference.get("location"), "body")
            if reference.get("hostLabel"):
                where = "host"
            if where == "header" and reference.get("jsonvalue"):
                return scalars.document(self.rng)
        return self.value(reference["shape"], reference, where, depth + 1)

    def value(self, name, reference, where, depth):
        self.left -= 1
        shape = self.shapes[name]
        return getattr(self, shape["type"] + "_")(name, shape, reference, where, depth)

    def structure_(self, name, shape, reference, where, depth):
        if shape.get("document"):
            return scalars.document(self.rng)
        return self.structure(name, shape, depth)

    def list_(self, name, shape, reference, where, depth):
        item = shape["member"]
        length = self.length(shape, item["shape"], depth)
        return [self.value(item["shape"], item, where, depth + 1) for _ in range(length)]

    def map_(self, name, shape, reference, where, depth):
        key, item = shape["key"], shape["value"]
        made = {}
        for number in range(self.length(shape, item["shape"], depth)):
            name = self.value(key["shape"], key, where, depth)
            # What is under an empty key moto writes beside the map.
            name = name or ("" if self.is_input else f"key {number}")
            if where == "header":
                letters = "".join(it for it in name if it.isalnum() and it.isascii())
                name = f"x-{number}{letters}".lower()
            made[name] = self.value(item["shape"], item, where, depth + 1)
        return made

    def length(self, shape, target, depth):
        """How many entries a list or a map has."""
        low, high = int(shape.get("min", 0)), shape.get("max", math.inf)
        if self.style in ("empty", "required"):
            return low
        if self.left <= 0 or depth >= DEEP:
            return int(min(max(low, self.further(target, depth)), high))
        most = 2 if self.style == "all" else self.rng.randrange(4)
        if self.uncovered(target):
            most = max(most, 1)
        return int(min(max(low, most), high))

    def string_(self, name, shape, reference, where, depth):
        values = shape.get("enum") or reference.get("enum")
        if values and (where != "body" or self.rng.random() < 0.9):
            return self.rng.choice(values)
        low, high = int(shape.get("min", 0)), shape.get("max", math.inf)
        return scalars.text(self.rng, self.style, where, low, high)

    def integer_(self, name, shape, reference, where, depth):
        return self.whole(shape, -(2**31), 2**31 - 1)

    def long_(self, name, shape, reference, where, depth):
        return self.whole(shape, -(2**63), 2**63 - 1)

    def whole(self, shape, low, high):
        low = max(low, math.ceil(shape.get("min", low)))
        high = min(high, math.floor(shape.get("max", high)))
        return scalars.whole(self.rng, low, max(low, high))

    def float_(self, name, shape, reference, where, depth):
        return self.real(shape, True, where)

    def double_(self, name, shape, reference, where, depth):
        return self.real(shape, False, where)

    def real(self, shape, single, where):
        low, high = shape.get("min", -math.inf), shape.get("max", math.inf)
        # moto writes those that JSON has no number for as no JSON.
        special = where == "body" and self.is_input
        return scalars.real(self.rng, single, low, high, special)

    def boolean_(self, name, shape, reference, where, depth):
        return self.rng.random() < 0.5

    def blob_(self, name, shape, reference, where, depth):
        return scalars.blob(
            self.rng, self.style, int(shape.get("min", 0)), shape.get("max", math.inf)
        )

    def timestamp_(self, name, shape, reference, where, depth):
        default = {"header": "rfc822", "query": "iso8601"}.get(where, self.default_times)
        written = reference.get("timestampFormat") or shape.get("timestampFormat") or default
        digits = facts.fraction(self.service, written.lower(), where, self.is_input)
        return scalars.time(self.rng, self.style, digits)
