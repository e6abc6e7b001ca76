"""Compares the waiters of every service with botocore's.

    tests/interop/differential/run-waiters                all waiters of all services
    tests/interop/differential/run-waiters --sample 60    some of them, for CI

For each waiter sequences of answers are made up from the seed: outputs whose members on the paths of
the waiter have values that it expects, or nearly, and errors of codes that it knows and others.
moto's serializers write them, botocore's waiter and ours wait by them, and how it ended, after how
many calls and how many seconds of pauses must be the same.

A run fails if anything is different but where botocore's waiter itself breaks: its expressions have
errors for wrong types (`length` of what an answer leaves out), where ours go on.
"""

import argparse
import copy
import gzip
import json
import multiprocessing
import os
import pathlib
import random
import re
import shutil
import sys
import time
import types
import warnings
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

import asked
import botocore.waiter
import driver
import models
from answers import Answers, Failure
from asked import Peer, Refused
from botocore.exceptions import WaiterError
from check import TIMES, UNENDING, WRITTEN
from driver import Wire
from generate import Maker
from jmespath.exceptions import JMESPathTypeError
from shapes import Shapes

ROOT = pathlib.Path(__file__).resolve().parents[3]
REASONS = (
    ("Waiter encountered a terminal failure state", "failed"),
    ("Max attempts exceeded", "gave up"),
    ("An error occurred", "call"),
)
# A waiter that never ends would be asked as often as it says only once.
LONGEST = 6
# Differences that are meant, by service and waiter: how it ends there, and why.
EXPLAINED = {
    ("location", "JobCompleted"): (
        "call",
        "its output has a member `Error`, for which botocore takes it to be one",
    ),
    ("rds", "TenantDatabaseDeleted"): (
        "call",
        "it waits for the error by the name of its shape, and botocore knows its code alone",
    ),
}


class Sequence(Peer):
    """A client that is answered from a list, the last answer for ever."""

    def begin(self, operation, responses):
        self.responses, self.calls, self.slept = list(responses), 0, 0
        self.operation = operation

    def intercept(self, request, event_name, **kwargs):
        # Some services are asked for an endpoint before.
        if event_name.endswith(f".{self.operation}"):
            self.given = self.responses[min(self.calls, len(self.responses) - 1)]
            self.calls += 1
        return super().intercept(request, event_name, **kwargs)

    def sleep(self, seconds):
        self.slept += seconds

    def wait(self, waiter, params, config):
        """How waiting ends, after how many calls and seconds."""
        # botocore has no other way in.
        botocore.waiter.time = types.SimpleNamespace(sleep=self.sleep)
        try:
            self.client.get_waiter(botocore_name(self.client, waiter)).wait(
                **params, WaiterConfig=config
            )
            ended = "done"
        except WaiterError as error:
            reason = error.kwargs["reason"]
            ended = next(word for start, word in REASONS if reason.startswith(start))
        except JMESPathTypeError as error:
            raise Broken(str(error)) from error
        except Exception as error:
            raise Refused(f"{type(error).__name__}: {error}") from error
        return {"ended": ended, "attempts": self.calls, "waited": self.slept}


class Broken(Exception):
    """botocore's waiter fails at an answer."""


def botocore_name(client, waiter):
    """The name that `get_waiter` takes."""
    return next(it for it in client.waiter_names if squeezed(it) == squeezed(waiter))


def squeezed(name):
    return name.replace("_", "").lower()


@dataclass
class Outcome:
    """What came of the comparison of a waiter."""

    service: str
    protocol: str
    waiter: str
    same: Counter = field(default_factory=Counter)
    """By how it ended"""
    broken: int = 0
    explained: int = 0
    differences: list = field(default_factory=list)
    skipped: str = ""


class Check:
    """A service, loaded on both sides."""

    def __init__(self, service, waiters, settings, wire):
        self.service, self.waiters, self.settings, self.wire = service, waiters, settings, wire
        loader = models.loader(service.search)
        self.description = loader.load_service_model(service.name, models.MODEL)
        self.shapes = Shapes(self.description["shapes"])
        self.peer = Sequence(service)
        written = WRITTEN[service.protocol]
        self.answers = Answers(service.name, self.description, written)
        self.loaded = wire.load(service.folder)

    def random(self, *names):
        return random.Random("/".join(map(str, (self.settings.seed, self.service.name, *names))))

    def made(self, shape, number, rng, is_input):
        if shape is None or not self.shapes[shape].get("members"):
            return {}
        default = TIMES.get(self.service.protocol, "unixtimestamp")
        maker = Maker(self.service.name, self.shapes, default, rng)
        return maker.top(shape, number, rng, is_input)

    def waiter(self, name):
        """Compares one waiter."""
        waiter = self.waiters[name]
        outcome = Outcome(self.service.name, self.service.protocol, name)
        if "error" in self.loaded:
            outcome.skipped = self.loaded["error"]
            return outcome
        operation = self.description["operations"][waiter["operation"]]
        shape = operation.get("input", {}).get("shape")
        params = self.made(shape, 1, self.random(name, "input"), True)
        plain = asked.plain(params, shape, self.shapes) if shape else {}
        steering = Steering(waiter, operation, self.shapes)
        commands, theirs = [], []
        for number in range(self.settings.sequences):
            rng = self.random(name, number)
            responses, config = self.sequence(waiter, operation, steering, number, rng)
            if not responses:
                outcome.skipped = "moto cannot write any answer"
                return outcome
            self.peer.begin(waiter["operation"], responses)
            try:
                theirs.append(self.peer.wait(name, copy.deepcopy(params), config))
            except Broken as broken:
                theirs.append(broken)
            except Refused as refused:
                theirs.append(refused)
            commands.append(driver.wait(name, plain, responses, config.get("MaxAttempts")))
        for command, one, other in zip(commands, theirs, self.wire.ask(commands), strict=True):
            self.compare(outcome, command, one, other)
        return outcome

    def compare(self, outcome, command, theirs, ours):
        if isinstance(theirs, Broken):
            outcome.broken += 1
            if "error" in ours:
                outcome.differences.append(f"botocore breaks: {theirs}; ours: {ours}")
        elif isinstance(theirs, Refused):
            outcome.differences.append(f"botocore refuses: {theirs}; ours: {ours}"[:600])
        elif {it: ours.get(it) for it in theirs} == theirs:
            outcome.same[theirs["ended"]] += 1
        elif theirs["ended"] == EXPLAINED.get((outcome.service, outcome.waiter), ("",))[0]:
            outcome.explained += 1
        else:
            detail = f"{theirs} != {ours}, by {len(command['responses'])} answers"
            outcome.differences.append(detail[:900])

    def sequence(self, waiter, operation, steering, number, rng):
        """Answers, and what is set about waiting."""
        length = rng.randint(1, LONGEST)
        written = []
        for _ in range(length * 3):
            result = self.result(operation, steering, rng)
            try:
                written.append(self.answers.write(waiter["operation"], result))
            except Exception:  # noqa: BLE001, moto cannot write all
                continue
            if len(written) == length:
                break
        # Once as often as the waiter says itself.
        config = {} if number == 0 else {"MaxAttempts": rng.randint(1, LONGEST)}
        return written, config

    def result(self, operation, steering, rng):
        if steering.errors and rng.random() < 0.35 or rng.random() < 0.08:
            return self.failure(operation, steering, rng)
        shape = operation.get("output", {}).get("shape")
        value = self.made(shape, rng.choice((0, 0, 0, 1, 2, 5, 6)), rng, False)
        if shape:
            steering.steer(value, shape, rng)
        return value

    def failure(self, operation, steering, rng):
        listed = [it["shape"] for it in operation.get("errors", ()) if it["shape"] != UNENDING]
        codes = [self.shapes[it].get("error", {}).get("code", it) for it in listed]
        if steering.errors and rng.random() < 0.8:
            code = rng.choice(steering.errors)
        else:
            code = rng.choice([*codes, "SomethingNew"])
        return Failure(code, "Sorry.", {})


class Steering:
    """What the members on a waiter's paths should be for it to matter."""

    def __init__(self, waiter, operation, shapes):
        self.shapes = shapes
        self.errors = []
        # Values by the name of the member that a path ends in, or that it compares.
        self.values = {}
        for acceptor in waiter["acceptors"]:
            if acceptor["matcher"] == "error":
                # Of any error or none there is no code.
                self.errors += [it for it in [acceptor["expected"]] if isinstance(it, str)]
            if acceptor["matcher"] == "status" and acceptor["expected"] >= 400:
                self.errors.append(str(acceptor["expected"]))
            path = acceptor.get("argument")
            if path is None:
                continue
            literals = re.findall(r"'([^']*)'", path)
            names = re.findall(r"[A-Za-z_]\w*", re.sub(r"'[^']*'|`[^`]*`", "", path))
            for name in names if literals or "(" in path else names[-1:]:
                values = self.values.setdefault(name, [])
                values += literals
                if isinstance(acceptor["expected"], str) and not literals:
                    values.append(acceptor["expected"])

    def steer(self, value, name, rng):
        """Changes an output so that the waiter has something to see."""
        # All alike, or each by itself.
        self.alike = {it: rng.choice(values) for it, values in self.values.items() if values}
        self.strict = rng.random() < 0.6
        self.walk(value, name, rng)

    def walk(self, value, name, rng):
        shape = self.shapes[name]
        kind = shape["type"]
        if kind == "structure" and isinstance(value, dict):
            for member, reference in shape.get("members", {}).items():
                self.member(value, member, reference["shape"], rng)
        elif kind == "list":
            for item in value:
                self.walk(item, shape["member"]["shape"], rng)
        elif kind == "map":
            for item in value.values():
                self.walk(item, shape["value"]["shape"], rng)

    def member(self, value, member, target, rng):
        kind = self.shapes[target]["type"]
        if member in self.values:
            if rng.random() < 0.05:
                value.pop(member, None)
            elif kind == "string" and self.values[member]:
                alike = self.strict or rng.random() < 0.3
                value[member] = self.alike[member] if alike else rng.choice(self.values[member])
            elif kind == "boolean":
                value[member] = rng.random() < 0.5
            elif kind in ("integer", "long"):
                value[member] = rng.choice((0, 1, 2))
            elif kind == "list" and member in value and rng.random() < 0.15:
                value[member] = []
        if member in value:
            self.walk(value[member], target, rng)


@dataclass
class Settings:
    seed: int
    sequences: int


def start(binary, settings):
    """What a process has of its own."""
    global WIRE, SETTINGS
    WIRE, SETTINGS = Wire(binary), settings
    warnings.simplefilter("ignore")


def work(piece):
    service, waiters, names = piece
    try:
        check = Check(service, waiters, SETTINGS, WIRE)
        return [check.waiter(name) for name in names]
    except Exception as error:
        raise RuntimeError(f"{service.name} ({service.protocol})") from error


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=ROOT / "target/debug/wire", help="the program `wire`")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sequences", type=int, default=40, help="of each waiter")
    parser.add_argument("--sample", type=int, help="so many waiters")
    parser.add_argument("--service", default="*", help="a pattern of botocore's names")
    parser.add_argument("--waiter", default="*", help="a pattern of names")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count())
    return parser.parse_args()


def waiters_of(service):
    """The waiters of a service's model."""
    for name in ("waiters-2.json.gz", "waiters-2.json"):
        path = pathlib.Path(service.folder, name)
        if path.is_file():
            opened = gzip.open(path) if name.endswith("gz") else path.open()
            with opened as file:
                return json.load(file)["waiters"]
    return {}


def pieces(options, services):
    """Services with the waiters that are asked for."""
    found = []
    for service in services:
        # moto writes no CBOR.
        if service.protocol not in WRITTEN or not fnmatchcase(service.name, options.service):
            continue
        waiters = waiters_of(service)
        names = [name for name in waiters if fnmatchcase(name, options.waiter)]
        if names:
            found.append((service, waiters, names))
    if options.sample:
        # A few of each service that is chosen, for each takes a while to load.
        rng, left, chosen = random.Random(options.seed), options.sample, []
        rng.shuffle(found)
        for service, waiters, names in found:
            some = rng.sample(names, min(len(names), 8, left))
            left -= len(some)
            if some:
                chosen.append((service, waiters, some))
        found = chosen
    return sorted(found, key=lambda it: -len(it[2]))


def main():
    options = arguments()
    begun = time.monotonic()
    copies = ROOT / "target/differential/waiter-models"
    shutil.rmtree(copies, ignore_errors=True)
    todo = pieces(options, models.services(copies))
    outcomes = []
    settings = Settings(options.seed, options.sequences)
    with multiprocessing.Pool(options.jobs, start, (options.binary, settings)) as pool:
        for done in pool.imap_unordered(work, todo):
            outcomes += done
    outcomes.sort(key=lambda it: (it.service, it.waiter))
    same = sum((it.same for it in outcomes), Counter())
    different = [it for it in outcomes if it.differences]
    for outcome in different:
        first, *others = outcome.differences
        place = f"{outcome.service} {outcome.waiter} ({outcome.protocol})"
        print(f"{place}: {len(others) + 1} times different\n    {first}")
    for outcome in outcomes:
        if outcome.skipped:
            print(f"{outcome.service} {outcome.waiter}: not compared: {outcome.skipped}")
    for outcome in outcomes:
        if outcome.explained:
            _, why = EXPLAINED[outcome.service, outcome.waiter]
            place = f"{outcome.service} {outcome.waiter}"
            print(f"{place}: {outcome.explained} times different, for {why}")
    ends = ", ".join(f"{count} {ended}" for ended, count in same.most_common())
    print(
        f"{len(outcomes)} waiters of {len({it.service for it in outcomes})} services, "
        f"{same.total()} sequences with the same end ({ends}), "
        f"{sum(it.broken for it in outcomes)} that break botocore's waiter, "
        f"{sum(len(it.differences) for it in outcomes)} different; "
        f"{time.monotonic() - begun:.0f} s"
    )
    return 1 if different or any(it.skipped for it in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
