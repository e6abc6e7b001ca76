"""The comparison of a service's operations."""

import copy
import random
import traceback
from dataclasses import dataclass, field

import asked
import compare
import driver
import models
from answers import Answers, Failure
from asked import Peer, Refused
from generate import Maker
from shapes import Shapes

# How times are written in bodies where a model says nothing.
TIMES = {"query": "iso8601", "ec2": "iso8601", "rest-xml": "iso8601"}
# moto writes answers in these; the names are botocore's.
WRITTEN = {
    "rest-json": "rest-json",
    "json-1.0": "json",
    "json-1.1": "json",
    "query": "query",
    "ec2": "ec2",
    "rest-xml": "rest-xml",
}
# To this botocore asks for another endpoint and calls again, for as long as it is the answer.
UNENDING = "InvalidEndpointException"
# Some members are only reached by choice, and some unions have many.
MOST_INPUTS = 400


@dataclass
class Outcome:
    """What came of the comparison of an operation."""

    protocol: str
    service: str
    operation: str
    inputs: int = 0
    outputs: int = 0
    differences: dict = field(default_factory=dict)
    """By side and kind, what was found first, and how often."""
    left_out: str = ""
    """Why a spec does not have the operation, in the importer's words."""
    skipped: list = field(default_factory=list)
    """What was not compared, and why."""

    def differs(self, side, kind, detail):
        key = f"{side} {kind}"
        first, count = self.differences.get(key, (detail, 0))
        self.differences[key] = (first, count + 1)


@dataclass
class Settings:
    """How much is compared."""

    seed: int
    inputs: int
    outputs: int


class Check:
    """A service, loaded on both sides."""

    def __init__(self, service, settings, wire):
        self.service = service
        self.settings = settings
        self.wire = wire
        self.description = models.loader(service.search).load_service_model(
            service.name, models.MODEL
        )
        self.shapes = Shapes(self.description["shapes"])
        self.peer = Peer(service)
        written = WRITTEN.get(service.protocol)
        self.answers = written and Answers(service.name, self.description, written)
        self.loaded = wire.load(service.folder)
        self.known = set(self.loaded.get("operations", ()))

    def operation(self, name):
        """Compares one operation."""
        outcome = Outcome(self.service.protocol, self.service.name, name)
        if name not in self.known:
            outcome.left_out = self.reason(name)
            return outcome
        model = self.description["operations"][name]
        shape = model.get("input", {}).get("shape")
        if shape and self.shapes.has_events(shape):
            outcome.skipped.append("botocore cannot send a stream of events")
            return outcome
        try:
            accepted = self.requests(outcome, name, shape)
            if accepted is not None and self.answers:
                self.responses(outcome, name, model, accepted)
        except Exception:  # noqa: BLE001, it can be anything
            # The others are worth knowing all the same.
            outcome.differs("run", "failed", traceback.format_exc(limit=-4))
        return outcome

    def reason(self, name):
        if "error" in self.loaded:
            return self.loaded["error"]
        notes = [it["what"] for it in self.loaded["notes"] if it["place"] == name]
        return "; ".join(notes) or "no note says why"

    def random(self, *names):
        return random.Random("/".join(map(str, (self.settings.seed, self.service.name, *names))))

    def values(self, name, side, shape, least, outcome):
        """Values of a shape until each member was there."""
        if shape is None or not self.shapes[shape].get("members"):
            return [{}]
        default = TIMES.get(self.service.protocol, "unixtimestamp")
        maker = Maker(self.service.name, self.shapes, default, None)
        made = []
        while len(made) < least or maker.missing(shape) and len(made) < MOST_INPUTS:
            number = len(made)
            rng = self.random(name, side, number)
            made.append(maker.top(shape, number, rng, side == "input"))
        if maker.missing(shape):
            never = maker.never(shape)
            outcome.differs(side, "was not made up whole", f"never there: {', '.join(never)}")
        return made

    def requests(self, outcome, name, shape):
        """Compares requests; returns an input that both sides send."""
        inputs = self.values(name, "input", shape, self.settings.inputs, outcome)
        given = [asked.plain(it, shape, self.shapes) if shape else {} for it in inputs]
        ours = self.wire.ask([driver.call(name, it) for it in given])
        accepted = None
        for params, plain, request in zip(inputs, given, ours, strict=True):
            outcome.inputs += 1
            kept = copy.deepcopy(params) if accepted is None else None
            try:
                theirs = self.peer.request(name, params)
            except Refused as refused:
                outcome.differs("request", "refused", f"{refused}; ours: {request}; {plain}"[:600])
                continue
            if "error" in request:
                outcome.differs("request", "not sent", f"{request['error']}; {plain}"[:600])
                continue
            if accepted is None:
                accepted = (kept, plain)
            for kind, detail in compare.requests(theirs, request):
                outcome.differs("request", kind, detail)
        return accepted

    def responses(self, outcome, name, model, accepted):
        """Compares what the two make of answers."""
        shape = model.get("output", {}).get("shape")
        results = []
        if shape and self.shapes.has_events(shape):
            outcome.skipped.append("moto does not write streams of events")
        else:
            results += self.values(name, "output", shape, self.settings.outputs, outcome)
        results += self.failures(name, model)
        responses = []
        for result in results:
            try:
                responses.append(self.answers.write(name, result))
            except Exception as error:  # noqa: BLE001, it can be anything
                outcome.skipped.append(f"moto cannot write it: {type(error).__name__}: {error}")
        params, plain = accepted
        ours = self.wire.ask([driver.call(name, plain, response) for response in responses])
        for response, answer in zip(responses, ours, strict=True):
            outcome.outputs += 1
            for kind, detail in self.answer(name, shape, params, response, answer):
                outcome.differs("response", kind, f"{detail} in {response}"[:900])

    def answer(self, name, shape, params, response, ours):
        """What is different about two readings of an answer."""
        try:
            theirs = self.peer.answer(name, copy.deepcopy(params), response)
        except asked.ServiceError as error:
            one = {"code": error.code, "message": error.message or ""}
            other = {"code": ours.get("code"), "message": ours.get("message") or ""}
            if "code" not in ours:
                return [("error", f"{one} != {ours}")]
            return [(f"error {path}", detail) for path, detail in compare.values(one, other)]
        except Refused as refused:
            return [("refused", f"{refused}; ours: {ours}")]
        if "output" not in ours:
            return [("output", f"{compare.shown(theirs)} != {ours}")]
        if shape is None:
            return compare.values(theirs, ours["output"])
        one = asked.plain(theirs, shape, self.shapes)
        other = compare.plain(ours["output"], shape, self.shapes)
        one, other = (compare.narrowed(it, shape, self.shapes) for it in (one, other))
        payload = self.shapes[shape].get("payload")
        if one.get(payload) == "" and not response[2]:
            # No body is no payload (`RestJsonHttpPayloadTraitsWithNoBlobBody` of the protocol's
            # suite); botocore makes an empty one of it.
            del one[payload]
        return [(f"output {path}", detail) for path, detail in compare.values(one, other)]

    def failures(self, name, model):
        """Some of the operation's errors, and one that the model does not know."""
        rng = self.random(name, "errors")
        listed = [it["shape"] for it in model.get("errors", ()) if it["shape"] != UNENDING]
        chosen = rng.sample(listed, min(2, len(listed)))
        default = TIMES.get(self.service.protocol, "unixtimestamp")
        made = []
        for shape in chosen:
            maker = Maker(self.service.name, self.shapes, default, rng)
            members = maker.top(shape, len(made) * 4, rng, False)
            code = self.shapes[shape].get("error", {}).get("code", shape)
            # Whichever of these a client takes for the message.
            message = f'Sorry: <no> & "no" {rng.random()}.'
            members.update({it: message for it in members if it.lower().endswith("message")})
            # moto writes the member over the code.
            texts = [it for it in members if isinstance(members[it], str)]
            members.update({it: code for it in texts if it.lower() == "code"})
            made.append(Failure(code, message, members))
        made.append(Failure("SomethingNew", "Nobody knows this one.", {}))
        return made
