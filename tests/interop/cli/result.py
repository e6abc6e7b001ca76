"""What a run has found, to read."""

from collections import Counter, defaultdict

from judge import KINDS, OUTPUTS, difference
from report import show

# Of the cases of each kind, so many have to be the same.
LEAST = 99.0


def counts(outcomes, differences):
    """How many cases were compared, by kind and service, and how many differ."""
    compared, differ = Counter(), Counter()
    for outcome in outcomes:
        for kind, count in outcome.compared.items():
            compared[kind, outcome.service] += count
    for it in differences:
        differ[it.kind, it.service] += 1
    return compared, differ


def row(names, compared, differ, explained):
    share = 100 * (compared - differ) / compared if compared else 0.0
    return (*names, compared, compared - differ, explained, differ - explained, f"{share:.2f}")


def tables(outcomes, differences, explained):
    """The table of kinds and that of services; says whether enough is the same."""
    compared, differ = counts(outcomes, differences)
    _, known = counts((), explained)
    head = ("compared", "the same", "explained", "not explained", "%")
    rows, enough = [("kind", *head)], True
    for kind in KINDS:
        sums = [
            sum(n for (of, _), n in it.items() if of == kind) for it in (compared, differ, known)
        ]
        rows.append(row((kind,), *sums))
        enough = enough and float(rows[-1][-1]) >= LEAST
    show(rows)
    print()
    services = defaultdict(set)
    for outcome in outcomes:
        services[outcome.service].update(outcome.operations)
    rows = [("service", "operations", *KINDS)]
    for service, operations in sorted(services.items()):
        cells = []
        for kind in KINDS:
            all_, wrong = compared[kind, service], differ[kind, service]
            cells.append(f"{all_ - wrong}/{all_}")
        rows.append((service, len(operations), *cells))
    rows.append(("all", sum(map(len, services.values())), *[""] * len(KINDS)))
    show(rows)
    return enough


def unexplained(differences, most):
    """The kinds of differences, the most frequent first, each with an example."""
    groups = defaultdict(list)
    for it in differences:
        groups[it.kind, it.difference].append(it)
    listed = sorted(groups.items(), key=lambda it: -len(it[1]))
    for (kind, what), found in listed[:most]:
        where = Counter(f"{it.service} {it.operation}" for it in found)
        names = ", ".join(list(where)[:3]) + (", …" if len(where) > 3 else "")
        print(f"{len(found):6} {kind}: {what} ({names})")
    if len(listed) > most:
        print(f"       … and {len(listed) - most} other kinds; `--all` shows them")


def examples(differences, most):
    """The first of each kind of difference, with both sides."""
    seen = Counter()
    for it in differences:
        seen[it.kind, it.difference] += 1
        if seen[it.kind, it.difference] > 1 or len(seen) > most:
            continue
        print(f"\n=== {it.kind}: {it.difference}\n{it.command}")
        if it.kind not in OUTPUTS or len(it.theirs) + len(it.ours) < 400:
            print(f"--- aws\n{it.theirs}\n--- ours\n{it.ours}")
        else:
            print(difference(it.theirs, it.ours)[:3000])
