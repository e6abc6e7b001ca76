"""What an answer of S3 has at least: the AWS CLI asks for keys to be encoded, and fails if there is
none to be decoded (`botocore.handlers`, `_decode_list_object`)."""

# By service and shape (S3's API reference).
ALWAYS = {
    ("s3", "Object"): {"Key": "harbour%2Bcam"},
    ("s3", "ObjectVersion"): {"Key": "harbour%2Bcam"},
    ("s3", "DeleteMarkerEntry"): {"Key": "harbour%2Bcam"},
    ("s3", "CommonPrefix"): {"Prefix": "harbour%2F"},
}


def complete(service, shapes, name, value):
    """Adds what is never left out to an output."""
    shape = shapes[name]
    if isinstance(value, dict) and shape["type"] == "structure":
        for member, item in value.items():
            complete(service, shapes, shape["members"][member]["shape"], item)
        for member, item in ALWAYS.get((service, name), {}).items():
            value.setdefault(member, item)
    elif isinstance(value, list) and shape["type"] == "list":
        for item in value:
            complete(service, shapes, shape["member"]["shape"], item)
    return value
