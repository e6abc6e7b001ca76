"""JMESPath expressions that fit to an output."""

import json


class Queries:
    """Makes expressions from the shapes of a model, and values from an output."""

    def __init__(self, shapes, rng):
        self.shapes = shapes
        self.rng = rng

    def chosen(self, name, value, count):
        """Some expressions for a value of a shape."""
        found = list(dict.fromkeys(self.all(name, value)))
        return self.rng.sample(found, min(count, len(found)))

    def all(self, name, value):
        members = self.shapes[name].get("members", {})
        there = [it for it in members if it in value]
        yield "@"
        yield "keys(@)"
        yield "type(@)"
        yield "NoSuchMember"
        yield "NoSuchMember || 'none'"
        if there:
            some = self.rng.sample(there, min(3, len(there)))
            yield "[" + ", ".join(map(identifier, some)) + "]"
            yield "{" + ", ".join(f"k{n}: {identifier(it)}" for n, it in enumerate(some)) + "}"
            yield "*"
            yield f"not_null({', '.join(map(identifier, some))})"
        for member in there:
            yield from self.below(identifier(member), members[member]["shape"], value[member], 0)

    def below(self, path, name, value, depth):
        yield path
        shape = self.shapes[name]
        kind = shape["type"]
        if shape.get("document"):
            yield f"{path} | type(@)"
        elif kind == "list":
            yield from self.lists(path, shape["member"]["shape"], value, depth)
        elif kind == "map":
            yield f"keys({path})"
            yield f"values({path})"
            yield f"{path}.*"
            for key in list(value)[:1]:
                yield f"{path}.{identifier(key)}"
        elif kind == "structure":
            members = [it for it in shape.get("members", ()) if it in value]
            if members:
                some = [identifier(it) for it in self.rng.sample(members, min(2, len(members)))]
                yield f"{path}.[{', '.join(some)}]"
                yield f"{path}.{{A: {some[0]}, B: {some[-1]}, C: 'text', D: `1.5`, E: `null`}}"
            for member in members[:3] if depth < 2 else ():
                target = shape["members"][member]["shape"]
                yield from self.below(
                    f"{path}.{identifier(member)}", target, value[member], depth + 1
                )
        elif kind in ("integer", "long", "float", "double"):
            yield f"{path} > `5`"
            yield f"to_string({path})"
            yield f"[abs({path}), ceil({path}), floor({path})]"
        elif kind == "string":
            yield f"length({path})"
            yield f"starts_with({path}, 'a')"
            yield f"{path} == {literal(value)}"
            yield f"[{path}, to_number({path})]"
        else:
            yield f"{path} && 'yes' || 'no'"

    def lists(self, path, item, value, depth):
        yield f"length({path})"
        yield f"{path}[0]"
        yield f"{path}[-1]"
        yield f"{path}[:2]"
        yield f"{path}[::-1]"
        yield f"reverse({path})"
        yield f"{path}[] | [0]"
        shape = self.shapes[item]
        kind = shape["type"]
        if kind == "string":
            yield f"sort({path})"
            yield f"join(', ', {path})"
            yield f"contains({path}, {literal(value[0] if value else 'a')})"
            yield f"{path}[?@ != {literal(value[0] if value else 'a')}]"
            yield f"max({path})"
        if kind in ("integer", "long", "float", "double"):
            yield f"sum({path})"
            yield f"avg({path})"
            yield f"min({path})"
            yield f"{path}[?@ > `1`]"
        if kind == "list":
            yield f"{path}[]"
            yield f"{path}[*][0]"
        if kind == "map":
            yield f"{path}[].keys(@)"
        if kind != "structure" or shape.get("document"):
            return
        members = shape.get("members", {})
        if not members:
            return
        some = self.rng.sample(list(members), min(3, len(members)))
        names = [identifier(it) for it in some]
        yield f"{path}[*].{names[0]}"
        yield f"{path}[].[{', '.join(names)}]"
        yield f"{path}[].{{{', '.join(f'n{n}: {it}' for n, it in enumerate(names))}}}"
        yield f"map(&{names[0]}, {path})"
        yield f"{path}[?{names[0]}]"
        yield f"{path}[?!{names[0]}].{names[-1]}"
        for member in some:
            target = self.shapes[members[member]["shape"]]["type"]
            known = next((it[member] for it in value if member in it), None)
            name = identifier(member)
            if target == "string":
                yield f"{path}[?{name} == {literal(known or 'a')}]"
                yield f"sort_by({path}, &{name} || '')"
                yield f"sort_by({path}[?{name}], &{name})[].{name}"
                yield f"{path}[?contains({name} || '', 'a')].{name}"
            if target in ("integer", "long", "float", "double"):
                yield f"{path}[?{name} >= `0`].{name}"
                yield f"max_by({path}[?{name}], &{name})"
                yield f"sum({path}[].{name})"
            if target == "boolean":
                yield f"{path}[?{name} == `true`]"
            if target == "list":
                yield f"{path}[].{name}[]"
                yield f"{path}[*].length({name} || `[]`)"


def identifier(name):
    plain = name.isascii() and name.replace("_", "a").isalnum() and not name[:1].isdigit()
    return name if plain and name else json.dumps(name)


def literal(text):
    """A text, as a raw one or as JSON."""
    if not isinstance(text, str) or any(it in text for it in "'\\`\n\t"):
        return "`" + json.dumps(text if isinstance(text, str) else "a").replace("`", "\\`") + "`"
    return f"'{text}'"
