"""Responses, written by moto's serializers."""

import moto.core.serialize as moto
from moto.core.errors import ErrorLookupFactory
from moto.core.model import ServiceModel

# Bodies that are not named for their operation, which moto does not know, by service and operation
# (the `Response Syntax` of S3's API reference).
ROOTS = {("s3", "GetBucketLocation"): b"LocationConstraint"}

# moto looks for a member under other names, too, for its own back ends.


def pick(context):
    if isinstance(context.obj, dict):
        return context.obj.get(context.key)
    return context.obj.members.get(context.key)


class Failure(Exception):
    """An error that a service answers."""

    def __init__(self, code, message, members):
        super().__init__(message)
        self.code = code
        self.message = message
        self.members = members


class Answers:
    """What a service answers."""

    def __init__(self, service, description, protocol):
        self.service = service
        self.model = ServiceModel(description, service)
        self.serializer = moto.get_serializer_class(service, protocol)
        # moto puts this table together again for each error.
        self.errors = ErrorLookupFactory().for_service(self.model)
        self.known = moto.get_error_model

    def write(self, operation, result):
        """Status, headers and body of an answer; a result may be a `Failure`."""
        moto.get_error_model = self.error_model
        model = self.model.operation_model(operation)
        made = self.serializer(model, value_picker=pick).serialize(result)
        body = made["body"]
        body = body.encode() if isinstance(body, str) else body
        root = ROOTS.get((self.service, operation))
        if root and body:
            body = body.replace(f"{operation}Response".encode(), root)
        headers = {str(name): str(value) for name, value in made["headers"].items()}
        for name in headers.keys() & {"Content-Length"}:
            # A member is bound to it, but it is the HTTP client's, too.
            headers[name] = str(len(body or b""))
        return made["status_code"], headers, body or b""

    def error_model(self, error, service_model):
        return self.errors.from_code(error.code) or self.known(error, service_model)
