"""The AWS CLI, called in this process: to start it anew takes it a second, a call a twentieth.

Each call has a session of its own, and shares nothing with the next one but what was read of the
models. `run.py` holds a sample of the calls against those of the program itself.
"""

import io
import logging
import os
import subprocess
import sys
from dataclasses import dataclass

import awscli.clidriver
import botocore.loaders
import botocore.session
from botocore.exceptions import DataNotFoundError

_LOADERS = {}


def _loader(search=None, _make=botocore.loaders.create_loader):
    if search not in _LOADERS:
        _LOADERS[search] = _make(search)
    return _LOADERS[search]


botocore.session.create_loader = _loader
# Its lines are wrapped, as if a terminal were so wide.
os.environ.setdefault("COLUMNS", "80")


@dataclass
class Ran:
    """What became of a command."""

    code: int
    out: bytes
    err: bytes


def call(words):
    """Runs the command in this process."""
    out, err = io.BytesIO(), io.BytesIO()
    kept = sys.stdout, sys.stderr
    # Held, for they close the buffers when they are gone.
    texts = [io.TextIOWrapper(it, encoding="utf-8", write_through=True) for it in (out, err)]
    sys.stdout, sys.stderr = texts
    # Parsers call themselves by its name.
    sys.argv = ["aws", *words]
    try:
        code = awscli.clidriver.create_clidriver().main(words)
    except SystemExit as end:
        code = end.code or 0
    finally:
        for text in texts:
            text.flush()
        sys.stdout, sys.stderr = kept
        for name in ("awscli", "botocore", "s3transfer", "urllib3"):
            logging.getLogger(name).handlers.clear()
    return Ran(code, out.getvalue(), err.getvalue())


def program(words):
    """Runs the program itself."""
    words = [os.path.join(os.path.dirname(sys.executable), "aws"), *words]
    ran = subprocess.run(words, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    return Ran(ran.returncode, ran.stdout, ran.stderr)


class Commands:
    """What the AWS CLI knows of a service's operations."""

    def __init__(self, command, service):
        driver = awscli.clidriver.create_clidriver()
        self.session = driver.session
        self.table = driver._get_command_table()[command]._get_command_table()
        try:
            self.pages = self.session.get_paginator_model(service)
        except DataNotFoundError:
            self.pages = None

    def operations(self):
        """The commands that are an operation and nothing else, by the operation's name."""
        found = {}
        for name, command in self.table.items():
            if type(command) is awscli.clidriver.ServiceOperation:
                found.setdefault(command._operation_model.name, name)
        return found

    def arguments(self, command):
        """The arguments of an operation's command."""
        return self.table[command].arg_table

    def paginator(self, operation):
        """How the operation is paged, if it is."""
        try:
            return self.pages and self.pages.get_paginator(operation)
        except ValueError:
            return None


def globals_():
    """The names of its global options."""
    table = awscli.clidriver.create_clidriver()._get_argument_table()
    return [argument.cli_name for argument in table.values()]
