"""Differences that are known, each with its reason, in `explained.toml`."""

import pathlib
import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

FILE = pathlib.Path(__file__).with_name("explained.toml")
KEYS = ("protocol", "service", "operation", "difference")


@dataclass
class Explanation:
    """A reason, and patterns of what it explains."""

    reason: str
    patterns: dict
    used: set = field(default_factory=set)
    """The operations that have such a difference."""

    def matches(self, place):
        """Whether it explains a difference, of which the place says what is known of it."""
        return all(
            any(fnmatchcase(place[key], pattern) for pattern in patterns)
            for key, patterns in self.patterns.items()
        )


def explanations(file=FILE, keys=KEYS):
    """All of them."""
    entries = tomllib.loads(file.read_text(encoding="utf-8")).get("explained", [])
    return [explanation(entry, keys) for entry in entries]


def explanation(entry, keys):
    reason = entry.pop("reason", "")
    unknown = [key for key in entry if key not in keys]
    if unknown or not reason or "difference" not in entry:
        known = ", ".join(keys)
        raise SystemExit(f"an explanation has `reason`, and some of {known}: {entry}")
    patterns = {key: [it] if isinstance(it, str) else it for key, it in entry.items()}
    return Explanation(reason, patterns)


def explain(outcomes, known):
    """The differences that nothing explains, as pairs of an outcome and a difference."""
    unexplained = []
    for outcome in outcomes:
        for difference in outcome.differences:
            place = {
                "protocol": outcome.protocol,
                "service": outcome.service,
                "operation": outcome.operation,
                "difference": difference,
            }
            found = [it for it in known if it.matches(place)]
            for it in found:
                it.used.add((outcome.protocol, outcome.service, outcome.operation))
            if not found:
                unexplained.append((outcome, difference))
    return unexplained
