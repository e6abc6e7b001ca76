"""What a run has found, to read."""

from collections import Counter, defaultdict

# Of the operations of each protocol, so many have to be the same.
LEAST = 99.5


def table(outcomes):
    """The counts of each protocol, and whether enough is the same."""
    protocols = defaultdict(Counter)
    for outcome in outcomes:
        count = protocols[outcome.protocol]
        count["operations"] += 1
        count["inputs"] += outcome.inputs
        count["outputs"] += outcome.outputs
        count[state(outcome)] += 1
    rows = [
        (
            "protocol",
            "operations",
            "same",
            "different",
            "left out",
            "skipped",
            "%",
            "inputs",
            "outputs",
        )
    ]
    enough = True
    for protocol, count in sorted(protocols.items()):
        compared = count["operations"] - count["skipped"]
        share = 100 * count["same"] / compared if compared else 100
        enough = enough and share >= LEAST
        keys = ("operations", "same", "different", "left out", "skipped")
        numbers = [count[key] for key in keys]
        rows.append((protocol, *numbers, f"{share:.2f}", count["inputs"], count["outputs"]))
    return rows, enough


def state(outcome):
    if outcome.left_out:
        return "left out"
    if outcome.differences:
        return "different"
    return "same" if outcome.inputs else "skipped"


def show(rows):
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [str(cell).rjust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join([str(row[0]).ljust(widths[0]), *cells[1:]]))


def left_out(outcomes):
    """Why operations are in no spec."""
    reasons = defaultdict(list)
    for outcome in outcomes:
        if outcome.left_out:
            reasons[outcome.protocol, outcome.left_out].append(outcome)
    for (protocol, reason), found in sorted(reasons.items(), key=lambda it: -len(it[1])):
        print(f"{len(found):6} {protocol}: {reason} ({named(found)})")


def skipped(outcomes):
    reasons = defaultdict(list)
    for outcome in outcomes:
        for reason in sorted(set(outcome.skipped)):
            reasons[outcome.protocol, reason].append(outcome)
    for (protocol, reason), found in sorted(reasons.items(), key=lambda it: -len(it[1])):
        print(f"{len(found):6} {protocol}: {reason} ({named(found)})")


def explained(known):
    for explanation in known:
        where = ", ".join(f"{key} {'|'.join(it)}" for key, it in explanation.patterns.items())
        print(f"{len(explanation.used):6} {where}: {explanation.reason}")


def unexplained(pairs, most):
    """Differences that nothing explains, the same ones together."""
    groups = defaultdict(list)
    for outcome, difference in pairs:
        groups[outcome.protocol, outcome.service if most is None else "", difference].append(
            outcome
        )
    listed = sorted(groups.items(), key=lambda it: -len(it[1]))
    for (protocol, _, difference), found in listed[:most]:
        detail, _ = found[0].differences[difference]
        print(f"{len(found):6} {protocol}: {difference} ({named(found)})")
        print(f"       {detail}")
    if most is not None and len(listed) > most:
        print(f"       … and {len(listed) - most} other kinds; `--all` shows them")


def named(outcomes):
    names = [f"{it.service} {it.operation}" for it in outcomes[:3]]
    return ", ".join(names) + (", …" if len(outcomes) > 3 else "")
