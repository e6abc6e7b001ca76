"""A model of botocore's with a part of its operations: to read the 765 of `ec2` for each call takes
a program that is not optimized a second."""

import gzip
import json
import pathlib
import shutil

import models


def write(service, description, shapes, folder):
    """Writes the service's operations and what belongs to them, as botocore's folders have it."""
    folder = pathlib.Path(folder)
    folder.mkdir()
    operations = {name: description["operations"][name] for name in service.operations}
    needed, found = set(), []
    for operation in operations.values():
        places = [operation.get("input"), operation.get("output"), *operation.get("errors", ())]
        found += [place["shape"] for place in places if place]
    while found:
        name = found.pop()
        if name not in needed:
            needed.add(name)
            found += shapes.targets(name)
    kept = {name: shape for name, shape in shapes.model.items() if name in needed}
    save(folder / "service-2.json", {**description, "operations": operations, "shapes": kept})
    theirs = pathlib.Path(service.folder)
    for path in theirs.iterdir():
        if path.name.startswith("paginators-1."):
            read = gzip.open if path.suffix == ".gz" else open
            with read(path, "rt", encoding="utf-8") as file:
                pages = json.load(file)
            known = pages.get("pagination", {})
            pages["pagination"] = {it: known[it] for it in service.operations if it in known}
            save(folder / path.name.removesuffix(".gz"), pages)
        elif path.name.startswith("endpoint-rule-set-1.") and path.name in models.BESIDE:
            shutil.copyfile(path, folder / path.name)
    return folder


def save(path, value):
    path.write_text(json.dumps(value), encoding="utf-8")
