"""What a valid value is where the model does not say so, and where botocore's own ways show.

botocore's endpoint rules and handlers look into some members: a random text there is refused, or
sends the call to another place than the model says.
"""

CHECKSUMS = tuple(
    f"Checksum{name}"
    for name in ("CRC32", "CRC32C", "CRC64NVME", "MD5", "SHA1", "SHA256", "SHA512")
    + ("XXHASH3", "XXHASH64", "XXHASH128")
)

# Members that are never set, by service and shape, and why.
LEFT_OUT = {
    # botocore holds the bodies against them.
    ("s3", "GetObjectOutput"): CHECKSUMS,
    ("s3", "GetObjectAnnotationOutput"): CHECKSUMS,
}

# Values that endpoint rules or handlers take, by service and member.
ACCOUNT = "111122223333"
VALUES = {
    ("s3", "Bucket"): (
        "harbour-cam",
        "harbour.cam",
        "Harbour_Cam",
        "cam1",
        "cam--use1-az4--x-s3",
        "cam--use1-az4--xa-s3",
    ),
    # botocore does not make up MD5.
    ("s3", "ChecksumAlgorithm"): (
        *("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256", "SHA512"),
        *("XXHASH64", "XXHASH3", "XXHASH128"),
    ),
    ("events", "EndpointId"): ("abc123.456def",),
    ("sesv2", "EndpointId"): ("abc123.456def",),
    ("machinelearning", "PredictEndpoint"): (
        "https://realtime.machinelearning.us-east-1.amazonaws.com",
    ),
    # Both decode it.
    ("ec2", "Output"): ("aGFyYm91ciBjYW0=", ""),
    ("s3control", "AccountId"): (ACCOUNT,),
    ("s3control", "OutpostId"): ("op-01",),
    ("s3control", "Bucket"): (f"arn:aws:s3-outposts:us-east-1:{ACCOUNT}:outpost/op-01/bucket/cam",),
    ("kinesis", "StreamARN"): (f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/cam",),
    ("kinesis", "ResourceARN"): (f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/cam",),
    ("kinesis", "ConsumerARN"): (f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/cam/consumer/c:1",),
    ("ec2", "SourceRegion"): ("us-west-2", "eu-central-1"),
    ("rds", "SourceRegion"): ("us-west-2", "eu-central-1"),
    ("docdb", "SourceRegion"): ("us-west-2", "eu-central-1"),
    ("neptune", "SourceRegion"): ("us-west-2", "eu-central-1"),
    ("cloudfront-keyvaluestore", "KvsARN"): (f"arn:aws:cloudfront::{ACCOUNT}:key-value-store/k-1",),
}


def left_out(service, shape):
    return LEFT_OUT.get((service, shape), ())


def value(service, shape, member, rng):
    """A valid value of a member; nothing where any will do."""
    values = VALUES.get((service, member)) or VALUES.get((service, shape, member))
    return rng.choice(values) if values else None


def fraction(service, written, where, is_input):
    """How many digits of a second a time has.

    botocore cuts times to whole seconds in requests where they are numbers, although the protocols
    allow fractions and its own parsers read them, and so it does in headers; only for
    `bedrock-agentcore` it keeps milliseconds
    (`botocore.handlers.enable_millisecond_timestamp_precision`). Fractions would tell each of these
    operations apart, for this one reason; what comes of them is in our own tests.
    """
    if written == "rfc822" or where == "header":
        return 0
    if not is_input:
        return 3
    if service == "bedrock-agentcore":
        return 3
    return 6 if written == "iso8601" else 0
