"""Compares `typefoundry call` with the AWS CLI, word for word and byte for byte.

    tests/interop/cli/run                       all of it
    tests/interop/cli/run --sample 40           so many operations over all services, for CI
    tests/interop/cli/run --only ivs,sqs --operation 'List*' --show

`run` makes a venv with the pinned packages and builds the command, then starts this. For each
operation random valid inputs are made up from the seed and written as commands, in all the forms
that the AWS CLI takes: words, JSON, shorthand, files. Both tools get the same words and call the
same server on the loopback interface, which answers with what moto's serializers write. Compared
are the requests, what is printed as JSON, text and table, the results of `--query`, the skeletons,
and the pages under the options of paging; what the AWS CLI adds to single operations (`simple.py`),
and what it changes about those of all services (`customs.py`); beside that, exit codes and messages of wrong commands and of errors that the service answers, and
the files in which both keep the credentials of roles (`roles.py`).

Ours runs with `TYPEFOUNDRY_CLI_COMPAT=v1`, for the AWS CLI is version 1. Exit codes and messages
are held against those that version 2 has in the same place (`version2.py`).

A run fails if a difference is not explained in `explained.toml`, or if less than 99 % of a kind
are the same. One over everything also fails if
an explanation matches nothing. It takes a quarter of an hour on two cores.
"""

import argparse
import json
import multiprocessing
import os
import pathlib
import random
import sys
import tempfile
import time
import warnings
from collections import Counter
from dataclasses import asdict, replace
from fnmatch import fnmatchcase

HERE = pathlib.Path(__file__).resolve().parent
sys.path[1:1] = [str(HERE.parent / "differential"), str(HERE.parent)]

import customs  # noqa: E402
import explained  # noqa: E402
import models  # noqa: E402
import result  # noqa: E402
import roles  # noqa: E402
import simple  # noqa: E402
from judge import Judge, Settings  # noqa: E402
from report import explained as show_explained  # noqa: E402

ROOT = HERE.parents[2]
KEYS = ("kind", "service", "operation", "difference")
SERVICES = (
    "ivs",
    "ivs-realtime",
    "ivschat",
    "customer-profiles",
    "cloudtrail",
    "s3",
    "dynamodb",
    "sqs",
    "ec2",
)
# It has 765, and each takes its time to be read.
OF_EC2 = 60
# Of the cases of `customs.py`, a sample has each third.
SHARE = 3
# So many operations are one piece of work.
PIECE = 6


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=ROOT / "target/debug/typefoundry", help="ours")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inputs", type=int, default=6, help="of each operation, at most six")
    parser.add_argument("--sample", type=int, help="so many operations, over all services")
    parser.add_argument("--only", help="services, by botocore's names, with commas between them")
    parser.add_argument("--operation", action="append", help="a pattern of names")
    parser.add_argument(
        "--show", nargs="?", type=int, const=10, help="the first so many differences"
    )
    parser.add_argument("--kind", action="append", help="show no differences but of this kind")
    parser.add_argument("--program", type=float, help="the share of calls to start `aws` for, too")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--all", action="store_true", help="list all kinds of differences")
    parser.add_argument("--json", type=pathlib.Path, help="where all that was found goes, too")
    return parser.parse_args()


def chosen(services, options):
    """The services with the operations that are asked for."""
    wanted = options.only.split(",") if options.only else SERVICES
    unknown = set(wanted) - {it.name for it in services}
    if unknown:
        raise SystemExit(f"botocore knows no {', '.join(unknown)}")
    found = []
    for service in services:
        if service.name not in wanted or service.search:
            continue
        rng = random.Random(f"{options.seed}/{service.name}")
        names = list(service.operations)
        if options.operation:
            names = [it for it in names if any(fnmatchcase(it, p) for p in options.operation)]
        elif options.sample:
            share = -(-options.sample // len(wanted))
            names = rng.sample(names, min(share, len(names)))
        elif service.name == "ec2":
            # Those with options of their own are always among them.
            others = {name for service, name in simple.OTHERS if service == "ec2"}
            names = sorted({*rng.sample(names, OF_EC2), *simple.COMMANDS, *others})
        found.append(replace(service, operations=tuple(names)))
    return found


def pieces(services):
    """Work, the slowest first."""
    made = []
    for service in services:
        for start in range(0, len(service.operations), PIECE):
            made.append(replace(service, operations=service.operations[start : start + PIECE]))
    return sorted(made, key=lambda it: it.name != "ec2")


def work(task):
    service, settings = task
    # moto's warnings about errors that a model does not know.
    warnings.simplefilter("ignore")
    try:
        with tempfile.TemporaryDirectory() as folder:
            return Judge(service, settings, folder).run()
    except Exception as error:
        raise RuntimeError(service.name) from error


def main():
    options = arguments()
    begun = time.monotonic()
    # botocore's own copies that speak CBOR are not looked at.
    with tempfile.TemporaryDirectory() as copies:
        todo = pieces(chosen(models.services(pathlib.Path(copies), SERVICES), options))
    whole = not (options.sample or options.only or options.operation)
    share = options.program if options.program is not None else 0.005 if whole else 0.01
    settings = Settings(options.seed, options.inputs, str(options.binary), share)
    outcomes, count = [], 0
    with multiprocessing.Pool(options.jobs) as pool:
        for outcome in pool.imap_unordered(work, [(it, settings) for it in todo]):
            outcomes.append(outcome)
            count += len(outcome.operations)
            took = time.monotonic() - begun
            print(
                f"{count} operations, {took:.0f} s, {outcome.service}", file=sys.stderr, flush=True
            )
        others = [] if options.only or options.operation else customs.CASES
        tasks = [(it, settings.binary, SHARE if options.sample else 1) for it in others]
        customized = [it for found in pool.imap(customs.differences, tasks) for it in found]
    outcomes.sort(key=lambda it: (it.service, it.operations))
    if options.json:
        found = [asdict(it) for outcome in outcomes for it in outcome.differences]
        options.json.write_text(json.dumps(found), encoding="utf-8")
    failed = tell(outcomes, options, whole)
    for difference in customized:
        print(f"The AWS CLI's own option: {difference}")
        failed = True
    for difference in roles.differences(settings.binary):
        print(f"Credentials of roles are not shared: {difference}")
        failed = True
    print(f"\n{time.monotonic() - begun:.0f} s")
    return 1 if failed else 0


def tell(outcomes, options, whole):
    """Prints what was found; says whether it is a failure."""
    known = explained.explanations(HERE / "explained.toml", KEYS)
    differences = [it for outcome in outcomes for it in outcome.differences]
    open_, covered = [], []
    for it in differences:
        found = [e for e in known if e.matches({key: getattr(it, key) for key in KEYS})]
        for explanation in found:
            explanation.used.add((it.service, it.operation))
        (covered if found else open_).append(it)
    most = None if options.all else 40
    skipped = sum((it.skipped for it in outcomes), start=Counter())
    print("Not compared:")
    refused = {reason: words for it in outcomes for reason, words in it.refused.items()}
    for reason, count in skipped.items():
        print(f"{count:6} {reason}")
        if options.show and reason in refused:
            print(f"       {refused[reason][:600]}")
    print(f"{sum(it.program for it in outcomes):6} calls were held against the program `aws`")
    print("\nExplained:")
    show_explained([it for it in known if it.used])
    print("\nNot explained:")
    result.unexplained(open_, most or len(open_))
    if options.show:
        kinds = options.kind
        result.examples([it for it in open_ if not kinds or it.kind in kinds], options.show)
    print()
    enough = result.tables(outcomes, differences, covered)
    unused = [it for it in known if not it.used] if whole else []
    if unused:
        print("\nThese explanations match nothing:")
        show_explained(unused)
    # Of a few operations the share says little.
    enough = enough or not whole
    if not enough:
        print(f"\nLess than {result.LEAST} % of a kind are the same.")
    return open_ or unused or not enough


if __name__ == "__main__":
    sys.exit(main())
