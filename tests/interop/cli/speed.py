"""One small call from start to finish, ours and the AWS CLI's in turn: time and peak memory.

    tests/interop/cli/speed             prints both, and our `--help`
    tests/interop/cli/speed --check     fails if they are not as far apart as they are meant to be

Both call the same server on the loopback interface. What is shown is the median of all rounds: of
the time from the start of the process to its end, and of the most memory that was resident. It is
measured by a small process, for a process that starts another one lends it its own peak.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[1:1] = [str(HERE.parent / "differential"), str(HERE.parent)]

from loopback import Loopback  # noqa: E402
from report import show  # noqa: E402

ROOT = HERE.parents[2]
# The parts of the AWS CLI's time and memory that ours may take, and the milliseconds of our help.
TIME, MEMORY, HELP = 1 / 60, 1 / 4, 10
CALL = ("ivs", "list-channels")
BODY = json.dumps(
    {
        "channels": [
            {"arn": f"arn:aws:ivs:us-west-2:111122223333:channel/{name}", "name": name}
            for name in ("harbour", "lighthouse")
        ]
    }
).encode()
# Nothing is imported that is not in the interpreter already.
STOPWATCH = """
import posix, sys, time
null = posix.open("/dev/null", posix.O_RDWR)
begun = time.perf_counter()
actions = [(posix.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1)]
child = posix.posix_spawn(sys.argv[1], sys.argv[1:], posix.environ, file_actions=actions)
_, status, used = posix.wait4(child, 0)
took = time.perf_counter() - begun
print(posix.waitstatus_to_exitcode(status), took, used.ru_maxrss)
"""


def measure(words, environment):
    """Seconds and MiB of a command that must go well."""
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", STOPWATCH, *words],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    code, took, peak = ran.stdout.split()
    if code != "0":
        raise SystemExit(f"`{' '.join(words)}` ended with {code}: {ran.stderr}")
    return float(took), int(peak) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=str(ROOT / "target/release/typefoundry"))
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--check", action="store_true", help="fail if a goal is missed")
    options = parser.parse_args()
    aws = os.path.join(os.path.dirname(sys.executable), "aws")
    call = [options.binary, "call", "aws", *CALL]
    with tempfile.TemporaryDirectory() as home, Loopback() as server:
        server.answer = lambda _: (200, {"content-type": "application/json"}, BODY)
        environment = clean(home)
        to = ["--endpoint-url", server.url]
        commands = {
            "ours": [*call, *to],
            "aws": [sys.executable, aws, *CALL, *to],
            "ours, --help": [options.binary, "--help"],
            "ours, help of the operation": [*call, "--help"],
        }
        found = {name: [] for name in commands}
        for number in range(options.rounds + 1):
            for name, words in commands.items():
                measured = measure(words, environment)
                # The first time files are read from the disk.
                if number:
                    found[name].append(measured)
    return told(found, options)


def clean(home):
    """An environment in which neither side finds a configuration of this machine's."""
    return {
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "an-example-and-no-secret",
        "AWS_DEFAULT_REGION": "us-west-2",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "HOME": home,
        "PATH": os.environ["PATH"],
        "NO_PROXY": "127.0.0.1",
    }


def told(found, options):
    """Prints the medians; says whether a goal is missed and that matters."""
    medians = {
        name: [statistics.median(column) for column in zip(*all_, strict=True)]
        for name, all_ in found.items()
    }
    rows = [("", "ms", "the least", "MiB")]
    for name, (took, peak) in medians.items():
        least = min(it for it, _ in found[name])
        rows.append((name, f"{took * 1000:.1f}", f"{least * 1000:.1f}", f"{peak:.1f}"))
    show(rows)
    time, memory = (one / other for one, other in zip(medians["ours"], medians["aws"], strict=True))
    help_ = 1000 * max(medians[it][0] for it in medians if "help" in it)
    goals = (
        (f"1/{1 / time:.0f} of the time, where 1/60 is the goal", time <= TIME),
        (f"1/{1 / memory:.1f} of the memory, where 1/4 is the goal", memory <= MEMORY),
        (f"{help_:.1f} ms of help, where {HELP} ms are the goal", help_ < HELP),
    )
    print()
    for goal, reached in goals:
        print(goal + ("" if reached else ": missed"))
    return options.check and not all(reached for _, reached in goals)


if __name__ == "__main__":
    sys.exit(main())
