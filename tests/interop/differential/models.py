"""botocore's models: which there are, what they speak, and copies that are made to speak CBOR."""

import json
import os
import pathlib
import shutil
from dataclasses import dataclass

from botocore.loaders import Loader

CBOR = "smithy-rpc-v2-cbor"

# botocore takes the first of these that a model lists (`botocore.utils.PRIORITY_ORDERED_PROTOCOLS`)
# or else the one under `protocol`.
PREFERRED = ("json", "rest-json", "rest-xml", CBOR, "query", "ec2")
MODEL = "service-2"
# What an importer may read beside a model.
BESIDE = (
    "endpoint-rule-set-1.json.gz",
    "paginators-1.json.gz",
    "paginators-1.json",
    "paginators-1.sdk-extras.json",
    "service-2.sdk-extras.json",
    "waiters-2.json.gz",
    "waiters-2.json",
)


@dataclass(frozen=True)
class Service:
    """A service in one of its protocols."""

    name: str
    """botocore's name of the service."""
    protocol: str
    """As reports name it: `rest-json`, `json-1.0`, …"""
    folder: str
    """Where the model lies, with the version."""
    operations: tuple
    """The names of the operations, in the order of the model."""
    search: str = ""
    """Where botocore has to look for the model first."""


def loader(search=""):
    """Loads models as botocore's clients do, without those of this machine's user."""
    paths = [search] if search else []
    return Loader([*paths, Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)


def effective(metadata):
    """The protocol that botocore speaks, as reports name it."""
    listed = metadata.get("protocols", [])
    chosen = next((name for name in PREFERRED if name in listed), metadata["protocol"])
    if chosen == "json":
        return f"json-{metadata.get('jsonVersion', '1.0')}"
    return {CBOR: "cbor"}.get(chosen, chosen)


def services(copies, names=None):
    """The newest model of each service, or of those with the names; those that know CBOR once more,
    made to speak it."""
    load = loader()
    found = []
    for name in load.list_available_services(MODEL) if names is None else names:
        version = load.determine_latest_version(name, MODEL)
        folder = pathlib.Path(Loader.BUILTIN_DATA_PATH, name, version)
        model = load.load_data(os.path.join(name, version, MODEL))
        metadata = model["metadata"]
        operations = tuple(model["operations"])
        found.append(Service(name, effective(metadata), str(folder), operations))
        if CBOR in metadata.get("protocols", ()):
            forced = copies / name / version
            copy(folder, model, forced)
            found.append(Service(name, "cbor", str(forced), operations, str(copies)))
        # Each is a lot of memory, and looked at once.
        load._cache.clear()
    return found


def copy(folder, model, forced):
    """A model that knows no protocol but CBOR."""
    metadata = {**model["metadata"], "protocol": CBOR, "protocols": [CBOR]}
    forced.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**model, "metadata": metadata})
    (forced / f"{MODEL}.json").write_text(text, encoding="utf-8")
    for name in BESIDE:
        if (folder / name).is_file():
            shutil.copyfile(folder / name, forced / name)
