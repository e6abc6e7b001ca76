"""Compares the whole client with the whole of botocore.

    tests/interop/differential/run                    all services, all operations
    tests/interop/differential/run --sample 400       a sample over all protocols, for CI
    tests/interop/differential/run --service s3 --operation 'Put*'

`run` makes a venv with the pinned packages and builds the program `wire`, then starts this. For
each operation at least 20 inputs are made up from the seed, valid and with every member set at
least once; botocore's client and ours make requests of them, which are compared as method, host,
path, query in order, headers (but those that `compare.NOT_COMPARED` lists) and body by value. Then
moto's serializers write made-up outputs and errors of the operation, and both clients read them.

botocore chooses CBOR never by itself: the services that speak it are compared once more, with
copies of their models that know no other protocol. moto does not write it.

A run fails if a difference is not explained in `explained.toml`. One over everything also fails if
an explanation matches nothing, or if less than 99.5 % of a protocol's operations are the same; so
count those that are left out of specs. It takes about ten minutes on two cores.
"""

import argparse
import json
import multiprocessing
import os
import pathlib
import random
import shutil
import sys
import time
import warnings
from dataclasses import asdict, replace
from fnmatch import fnmatchcase

import explained
import models
import report
from check import Check, Outcome, Settings
from driver import Wire

ROOT = pathlib.Path(__file__).resolve().parents[3]

# So many operations are one piece of work: the largest service has 765.
PIECE = 80


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=ROOT / "target/debug/wire", help="the program `wire`")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inputs", type=int, default=20, help="of each operation, at least")
    parser.add_argument("--outputs", type=int, default=6, help="of each operation, at least")
    parser.add_argument("--sample", type=int, help="so many operations, over all protocols")
    parser.add_argument("--service", action="append", help="a pattern of botocore's names")
    parser.add_argument("--operation", action="append", help="a pattern of names")
    parser.add_argument("--protocol", action="append", help="as the report names it")
    parser.add_argument("--ignore", action="append", help="a pattern of differences to pass over")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--all", action="store_true", help="show differences service by service")
    parser.add_argument("--json", type=pathlib.Path, help="where all that was found goes, too")
    return parser.parse_args()


def fits(name, patterns):
    return not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)


def chosen(services, options):
    """The services with the operations that are asked for."""
    found = []
    for service in services:
        if fits(service.name, options.service) and fits(service.protocol, options.protocol):
            names = tuple(it for it in service.operations if fits(it, options.operation))
            found.append(replace(service, operations=names))
    return sampled(found, options) if options.sample else found


def sampled(services, options):
    """A part of the operations, about as many of each protocol. Each service takes a while to load,
    so there are few of them."""
    rng = random.Random(options.seed)
    protocols = sorted({service.protocol for service in services})
    share = -(-options.sample // len(protocols))
    found = []
    for protocol in protocols:
        left = share
        speaking = [service for service in services if service.protocol == protocol]
        rng.shuffle(speaking)
        for number, service in enumerate(speaking):
            # Few of each, but all that are left of the last.
            most = left if number + 1 == len(speaking) else max(8, share // 8)
            names = rng.sample(service.operations, min(most, left, len(service.operations)))
            if names:
                found.append(replace(service, operations=tuple(names)))
            left -= len(names)
    return found


def pieces(services):
    """Work, the largest first."""
    made = []
    for service in services:
        for start in range(0, len(service.operations), PIECE):
            made.append(replace(service, operations=service.operations[start : start + PIECE]))
    return sorted(made, key=lambda it: -len(it.operations))


def start(binary, settings):
    """What a process has of its own."""
    global WIRE, SETTINGS
    WIRE, SETTINGS = Wire(binary), settings
    # moto's warnings about errors that a model does not know.
    warnings.simplefilter("ignore")


def work(service):
    try:
        check = Check(service, SETTINGS, WIRE)
        return [check.operation(name) for name in service.operations]
    except Exception as error:
        raise RuntimeError(f"{service.name} ({service.protocol})") from error


def main():
    options = arguments()
    begun = time.monotonic()
    copies = ROOT / "target/differential/models"
    shutil.rmtree(copies, ignore_errors=True)
    everything = not (options.sample or options.service or options.operation or options.protocol)
    todo = pieces(chosen(models.services(copies), options))
    settings = Settings(options.seed, options.inputs, options.outputs)
    outcomes = []
    with multiprocessing.Pool(options.jobs, start, (options.binary, settings)) as pool:
        for done in pool.imap_unordered(work, todo):
            outcomes += done
            first = done[0]
            took = time.monotonic() - begun
            place = f"{len(outcomes)} operations, {took:.0f} s, {first.service} {first.protocol}"
            print(place, file=sys.stderr, flush=True)
    for outcome in outcomes:
        ignored = [it for it in outcome.differences if options.ignore and fits(it, options.ignore)]
        for difference in ignored:
            del outcome.differences[difference]
    outcomes.sort(key=lambda it: (it.protocol, it.service, it.operation))
    if options.json:
        options.json.write_text(json.dumps([asdict(it) for it in outcomes]), encoding="utf-8")
    failed = tell(outcomes, options, everything)
    print(f"\n{time.monotonic() - begun:.0f} s")
    return 1 if failed else 0


def tell(outcomes: list[Outcome], options, everything):
    """Prints what was found; says whether it is a failure."""
    known = explained.explanations()
    differences = explained.explain(outcomes, known)
    rows, enough = report.table(outcomes)
    print("Left out of specs:")
    report.left_out(outcomes)
    print("\nNot compared:")
    report.skipped(outcomes)
    print("\nExplained:")
    report.explained([it for it in known if it.used])
    print("\nNot explained:")
    report.unexplained(differences, None if options.all else 60)
    print()
    report.show(rows)
    unused = [it for it in known if not it.used] if everything else []
    if unused:
        print("\nThese explanations match nothing:")
        report.explained(unused)
    # Of a few operations the share says little.
    enough = enough or not everything
    if not enough:
        print(f"\nLess than {report.LEAST} % of a protocol's operations are the same.")
    return differences or unused or not enough


if __name__ == "__main__":
    sys.exit(main())
