"""Credentials of roles, which both tools keep in the same files: who comes second calls STS no
more."""

import os
import pathlib
import subprocess
import sys
import tempfile

from loopback import Loopback

_CONFIG = """[profile base]
aws_access_key_id = AKIDBASE
aws_secret_access_key = an-example-and-no-secret
[default]
region = us-west-2
source_profile = base
role_arn = arn:aws:iam::123456789012:role/r
"""
_OTHERS = (
    "",
    'external_id = "caf\u00e9" \\ x\n',
    "role_session_name = me\nduration_seconds = 3600\n",
)
_ROLE = b"""<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIDROLE</AccessKeyId>
<SecretAccessKey>an-example</SecretAccessKey><SessionToken>too</SessionToken>
<Expiration>2120-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser>
<Arn>arn:aws:sts::123456789012:assumed-role/r/me</Arn><AssumedRoleId>x:me</AssumedRoleId>
</AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>"""


def _answer(request):
    if b"Action=AssumeRole" in request.body:
        return 200, {"content-type": "text/xml"}, _ROLE
    return 200, {"content-type": "application/json"}, b"{}"


def _call(words, home, url):
    """Calls a tool with nothing of this machine but its programs."""
    environment = {
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": url,
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "NO_PROXY": "127.0.0.1",
        "PATH": os.environ["PATH"],
    }
    words = [*words, "ivs", "list-channels"]
    return subprocess.run(words, env=environment, capture_output=True, check=False)


def differences(binary):
    """What is wrong, each in a sentence."""
    theirs = [os.path.join(os.path.dirname(sys.executable), "aws")]
    ours = [binary, "call", "aws"]
    for others in _OTHERS:
        for first, second in ((ours, theirs), (theirs, ours)):
            with tempfile.TemporaryDirectory() as folder, Loopback() as server:
                home = pathlib.Path(folder)
                (home / ".aws").mkdir()
                (home / ".aws/config").write_text(_CONFIG + others, encoding="utf-8")

                def both(tools=(first, second), home=home, url=server.url):
                    return [_call(it, home, url) for it in tools]

                ran, requests = server.asked(_answer, both)
                roles = sum(b"Action=AssumeRole" in it.body for it in requests)
                said = [it.stderr.decode(errors="replace")[-300:] for it in ran if it.returncode]
                if said or roles != 1 or len(requests) != 3:
                    names = " and then ".join(os.path.basename(it[0]) for it in (first, second))
                    counts = f"{roles} calls of STS, {len(requests)} in all"
                    yield f"{names}, {others!r}: {counts}; {said}"
