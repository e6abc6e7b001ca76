"""The cases of an operation: commands, what the service answers, and what is compared."""

import copy
import random
import re
from dataclasses import dataclass, field

import facts
import listed
import paging
import queries
import simple
from answers import Answers, Failure
from awscli.arguments import BooleanArgument, CLIArgument
from check import TIMES, UNENDING, WRITTEN
from generate import Maker
from words import Command

# A directory bucket's calls have a session before them, which the server here does not answer: it
# knows one answer at a time. `tests/interop/differential` compares them.
facts.VALUES["s3", "Bucket"] = tuple(
    name for name in facts.VALUES["s3", "Bucket"] if not name.endswith("-s3")
)

# The output of each input, and how it is written: everything that can be there once in each form.
PLAN = (("json", 0), ("text", 0), ("table", 0), ("json", 3), ("text", 4), ("table", 5))
QUERIES = 4
FORMS = ("json", "json", "text", "table")


@dataclass
class Case:
    """A command, for both tools."""

    kind: str
    words: list
    answer: object
    outfile: object = None
    iso8601: bool = False
    """Whether the configuration asks for times in ISO 8601."""
    follow: bool = False
    """Whether the output says where to go on."""
    members: dict = field(default_factory=dict)


class Fixed:
    """Answers in their order; the last one for ever."""

    def __init__(self, answers):
        self.answers = answers
        self.count = 0

    def __call__(self, request):
        answer = self.answers[min(self.count, len(self.answers) - 1)]
        self.count += 1
        return answer


class Cases:
    """Makes up the cases of a service's operations."""

    def __init__(self, service, description, shapes, settings, globals_):
        self.service = service
        self.description = description
        self.shapes = shapes
        self.settings = settings
        self.globals = globals_
        self.answers = Answers(service.name, description, WRITTEN[service.protocol])
        self.default_times = TIMES.get(service.protocol, "unixtimestamp")

    def random(self, *names):
        return random.Random("/".join(map(str, (self.settings.seed, self.service.name, *names))))

    def maker(self, *names):
        return Maker(self.service.name, self.shapes, self.default_times, self.random(*names))

    def of(self, operation, files):
        """All cases. Answers that cannot be written are left out; `None` stands for them."""
        self.inputs = self.maker(operation.name, "input")
        self.outputs = self.maker(operation.name, "output")
        if (self.service.name, operation.name) in simple.EVENTS:
            yield from self.simple(operation, files)
            return
        yield from self.plain(operation, files)
        yield from self.queries(operation, files)
        yield from self.skeletons(operation, files)
        if operation.paginator:
            yield from self.pages(operation, files)
        yield from self.failures(operation, files)
        yield from self.mistakes(operation, files)
        yield from self.simple(operation, files)

    def input(self, operation, number, *name):
        if operation.input is None:
            return {}
        rng = self.random(operation.name, "input", number, *name)
        return self.inputs.top(operation.input, number, rng, True)

    def output(self, operation, number, *name):
        if operation.output is None:
            return {}
        rng = self.random(operation.name, "output", number, *name)
        made = self.outputs.top(operation.output, number, rng, False)
        return listed.complete(self.service.name, self.shapes, operation.output, made)

    def command(self, operation, files, *names):
        rng = self.random(operation.name, "words", *names)
        return Command(operation, self.shapes, self.globals, rng, files)

    def written(self, operation, outputs):
        """What goes over the wire; nothing if moto has no way to write it."""
        try:
            # Its serializers change what they write.
            return [self.answers.write(operation.name, copy.deepcopy(it)) for it in outputs]
        except Exception:  # noqa: BLE001, it can be anything
            return None

    def pair(self, operation, number, *name):
        """An output, and the page behind it."""
        first = self.output(operation, number, *name)
        outputs = [first]
        if operation.paginator:
            outputs.append(self.last(operation, self.output(operation, 4, "last", *name)))
        return first, outputs

    def last(self, operation, page):
        """An output behind which nothing comes."""
        paginator = operation.paginator
        for expression in paging.listed(paginator["output_token"]):
            for path in expression.split("||"):
                found = page
                *above, last = path.strip().split(".")
                for step in above:
                    found = found.get(step) or {}
                if isinstance(found, dict):
                    found.pop(last, None)
        if "more_results" in paginator:
            paging.mark(page, operation.output, paginator["more_results"], False, self.shapes)
        return page

    def case(self, kind, command, value, answers, further, **others):
        words = command.words(value, further)
        answer = answers if callable(answers) else lambda: Fixed(answers)
        return Case(kind, words, answer, command.outfile, **others)

    def plain(self, operation, files):
        for number, (form, shape) in enumerate(PLAN[: self.settings.inputs]):
            command = self.command(operation, files, number)
            value = self.input(operation, number)
            _, outputs = self.pair(operation, shape, number)
            answers = self.written(operation, outputs)
            if answers is None:
                yield None
                continue
            further = [self.form(command, form)]
            if operation.paginator and number in (1, 5):
                further.append(["--no-paginate"])
            yield self.case(form, command, value, answers, further, iso8601=number >= 3)

    def form(self, command, form):
        if form == "json" and command.rng.random() < 0.5:
            return []
        return ["--output", form]

    def queries(self, operation, files):
        if operation.output is None or not self.shapes[operation.output].get("members"):
            return
        for number in range(QUERIES):
            command = self.command(operation, files, "query", number)
            value = self.input(operation, 1, "query", number)
            first, outputs = self.pair(operation, 0 if number % 2 else 5, "query", number)
            answers = self.written(operation, outputs)
            if answers is None:
                yield None
                continue
            made = queries.Queries(self.shapes, command.rng)
            for expression in made.chosen(operation.output, first, 1):
                form = FORMS[number % len(FORMS)]
                further = [["--query", expression], ["--output", form]]
                yield self.case("query", command, value, answers, further, iso8601=number == 1)

    def simple(self, operation, files):
        """With what is in no model. Some of the commands are wrong."""
        outfile = files.path()
        for words, command in simple.commands(self.service.name, operation.name, outfile):
            if command.answer:
                answers = [command.answer]
            else:
                output = command.output or self.output(operation, 0, "simple")
                answers = self.written(operation, [output])
            if answers is None:
                yield None
                continue
            answer = lambda it=answers, of=command: simple.Beside(of.pages, Fixed(it))  # noqa: E731
            out = outfile if str(outfile) in words else None
            yield Case(command.kind, [operation.command, *words], answer, out)

    def skeletons(self, operation, files):
        if "generate-cli-skeleton" not in operation.arguments:
            return
        nothing = [(200, {}, b"")]
        command = self.command(operation, files, "skeleton")
        further = [["--generate-cli-skeleton", *command.rng.choice(([], ["input"]))]]
        yield self.case("skeleton", command, {}, nothing, further, members=operation.input)
        command = self.command(operation, files, "skeleton", "output")
        value = self.input(operation, 1, "skeleton")
        further = [["--generate-cli-skeleton", "output"]]
        yield self.case("skeleton", command, value, nothing, further, members=operation.output)

    def pages(self, operation, files):
        rngs = [self.random(operation.name, "page", number) for number in range(3)]
        try:
            outputs = paging.outputs(operation, self.shapes, self.outputs, rngs)
        except paging.Unknown:
            return
        for output in outputs:
            listed.complete(self.service.name, self.shapes, operation.output, output)
        answers = self.written(operation, outputs)
        if answers is None:
            yield None
            return
        answer = lambda: paging.Pages(answers)  # noqa: E731
        limited = []
        if "limit_key" in operation.paginator:
            reference = self.shapes[operation.input]["members"][operation.paginator["limit_key"]]
            size = max(2, int(self.shapes[reference["shape"]].get("min", 0)))
            limited = [["--page-size", str(size)]]
        plans = [
            ([], False),
            ([["--max-items", "4"]], True),
            ([["--max-items", "1"], *limited], True),
            ([["--max-items", "5"], ["--output", "text"]], False),
            ([["--max-items", "2"], ["--output", "table"], *limited], False),
            ([["--output", "text"], *limited], False),
            ([["--no-paginate"]], False),
        ]
        for number, (further, follow) in enumerate(plans):
            command = self.command(operation, files, "pages", number)
            value = self.unpaged(operation, self.input(operation, 1, "pages", number))
            yield self.case("pages", command, value, answer, further, follow=follow)

    def unpaged(self, operation, value):
        """An input without what turns paging off."""
        paginator = operation.paginator
        taken = [*paging.listed(paginator["input_token"]), paginator.get("limit_key")]
        return {name: it for name, it in value.items() if name not in taken}

    def failures(self, operation, files):
        """Errors that the service answers."""
        rng = self.random(operation.name, "errors")
        model = self.description["operations"][operation.name]
        listed = [it["shape"] for it in model.get("errors", ()) if it["shape"] != UNENDING]
        made = [Failure("SomethingNew", "Nobody knows this one.", {})]
        for shape in rng.sample(listed, min(1, len(listed))):
            members = self.maker(operation.name, "error").top(shape, 0, rng, False)
            code = self.shapes[shape].get("error", {}).get("code", shape)
            message = f'Sorry: <no> & "no" {rng.random()}.'
            members.update({it: message for it in members if it.lower().endswith("message")})
            texts = [it for it in members if isinstance(members[it], str)]
            members.update({it: code for it in texts if it.lower() == "code"})
            made.append(Failure(code, message, members))
        for number, failure in enumerate(made):
            answers = self.written(operation, [failure])
            if answers:
                command = self.command(operation, files, "error", number)
                value = self.input(operation, 1, "error", number)
                yield self.case("service error", command, value, answers, [])

    def mistakes(self, operation, files):
        """Commands that are wrong."""
        found = list(self.wrong(operation, files))
        rng = self.random(operation.name, "mistakes")
        # Some of them are none: then there is an answer.
        body = b"{}" if "json" in self.service.protocol else b"<Nothing/>"
        nothing = lambda: Fixed([(200, {}, body)])  # noqa: E731
        for words in rng.sample(found, min(2, len(found))):
            yield Case("mistake", [str(it) for it in words], nothing)

    def wrong(self, operation, files):
        command = self.command(operation, files, "mistake")
        command.rng = _Plainly(command.rng)
        right = command.words(self.input(operation, 1, "mistake"))
        yield [*right, "--no-such-option", "1"]
        yield [*right, "--query", "[bad"]
        yield [*right, "--output", "nope"]
        yield ["no-such-operation", *right[1:]]
        if operation.paginator:
            yield [*right, "--no-paginate", "--max-items", "1"]
            yield [*right, "--max-items", "abc"]
        arguments = operation.arguments.values()
        needed = [it for it in arguments if it.required and it.cli_name.startswith("--")]
        if needed:
            yield [right[0]]
        for argument in arguments:
            if type(argument) is BooleanArgument or not isinstance(argument, CLIArgument):
                continue
            name, kind = argument.cli_name, argument.argument_model.type_name
            rest = without(right, name)
            if kind in ("integer", "long"):
                yield [*rest, name, "abc"]
            if kind in ("structure", "map"):
                yield [*rest, name, '{"a":']
                yield [*rest, name, "a=b,a=c"]
                yield [*rest, name, "a"]
                yield [*rest, name, "nosuchmember=1"]
            if kind == "list":
                yield [*rest, name, '["a'] if rest else []
            if kind == "string":
                yield [*rest, name, "file:///no/such/file"]
                if argument.argument_model.metadata.get("min", 0) > 0:
                    yield [*rest, name, ""]
        if "cli-input-json" in operation.arguments:
            yield [*right, "--cli-input-json", '{"NoSuchMember": 1}']
            yield [*right, "--cli-input-json", "{"]


class _Plainly(random.Random):
    """Writes each option in the plainest way, in its order."""

    def __init__(self, rng):
        super().__init__(rng.random())

    def random(self):
        return 0.99

    def choice(self, options):
        return options[0]

    def shuffle(self, items):
        pass


def without(words, name):
    """The command without an option."""
    left, skipped = [], False
    for word in words:
        if re.match("--[a-z]", word):
            skipped = word == name or word.startswith(f"{name}=")
        if not skipped:
            left.append(word)
    return left
