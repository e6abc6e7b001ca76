"""What the AWS CLI changes about operations of services that are not compared as a whole: options of
its own, required ones that need not be there, and answers that go to files.

    python tests/interop/cli/customs.py BINARY [SERVICE …]

In the words, `{folder}` is one with the files of `FILES`; what else is there after a command is
compared, too.
"""

import base64
import functools
import io
import json
import os
import pathlib
import re
import stat
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

if __name__ == "__main__":
    HERE = pathlib.Path(__file__).resolve().parent
    sys.path[1:1] = [str(HERE.parent / "differential"), str(HERE.parent)]

import aws
import compare
import models
import version2
from judge import COMMANDS, environment, message, sent
from loopback import Loopback

PATIENCE = 60  # seconds for one command
# What the tools make up, to be another thing each time (`cloudfront.py`).
UNIQUE = re.compile(rb"(?<=-)\d{10}-\d{1,7}\b")


def _zip(names):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "pass\n")
    return made.getvalue()


PIPELINE = {
    "objects": [
        {"id": "Default", "name": "all", "schedule": {"ref": "S"}, "z": "1", "a": ["2", "3"]},
        {"id": "S", "period": "1 day"},
    ],
    "parameters": [{"id": "my", "type": "String", "default": "x"}],
    "values": {"my": "y", "other": ["1", "2"]},
}
PATH = os.environ["PATH"]
PLUGIN = "session-manager-plugin"
# It writes down what it is told, but for spaces in JSON.
_PLUGIN = f"""#!{sys.executable}
import json, os, sys
def told(word):
    try:
        return json.loads(word)
    except ValueError:
        return word
words = [told(it) for it in sys.argv[1:]]
if words == ["--version"]:
    print("1.2.536.0\\n")
elif words:
    words.append(told(os.environ.get("AWS_SSM_START_SESSION_RESPONSE", "")))
    with open(os.path.join(os.path.dirname(sys.argv[0]), "told"), "w") as file:
        json.dump(words, file)
"""
FILES = {
    PLUGIN: _PLUGIN.encode(),
    "code.zip": _zip(["a.py", "b.py"]),
    "empty.zip": _zip([]),
    "text": b"no zip",
    "bytes": bytes(range(256)),
    "pipeline": json.dumps(PIPELINE).encode(),
    "parameters": json.dumps({"parameters": PIPELINE["parameters"]}).encode(),
    "values": json.dumps({"values": PIPELINE["values"]}).encode(),
}
FUNCTION = "create-function --function-name f --role arn:aws:iam::123456789012:role/r "
FACES = "compare-faces --region us-east-1 "
BUNDLE = (
    "start-asset-bundle-import-job --aws-account-id 123456789012 --asset-bundle-import-job-id j "
)
METRIC = "put-metric-data --namespace n "
TERMS = "import-terminology --name n --merge-strategy OVERWRITE "
DOCUMENT = "translate-document --source-language-code en --target-language-code de "
RECORDER = "put-configuration-recorder --configuration-recorder name=n,roleARN=arn:aws:iam::1:role/r "
MAIL = "send-email --from a@b.example "
DEVICE = "create-virtual-mfa-device --virtual-mfa-device-name d "
S3 = "bucket=b,key=k,bundleType=zip"
PUT = "put-pipeline-definition --pipeline-id p "
INDEX = "define-index-field --domain-name pets --name f "
GROUP = "option-group --option-group-name g --apply-immediately "

# By the AWS CLI's name of a service.
CASES = {
    "lambda": [
        FUNCTION + "--zip-file fileb://{folder}/code.zip",
        FUNCTION + "--zip-file fileb://{folder}/empty.zip --code S3Bucket=pets,S3Key=k",
        FUNCTION + "--code S3Bucket=pets,S3Key=k",
        FUNCTION + "--code ZipFile=abc",
        FUNCTION + "--zip-file fileb://{folder}/text",
        FUNCTION + "--zip-file abc",
        FUNCTION,
        "publish-layer-version --layer-name l --zip-file fileb://{folder}/code.zip",
        'publish-layer-version --layer-name l --content {"ZipFile":"abc"}',
        "publish-layer-version --layer-name l --content S3Bucket=pets,S3Key=k",
        "update-function-code --function-name f --zip-file fileb://{folder}/code.zip",
        "update-function-code --function-name f --zip-file fileb://{folder}/text",
        "update-function-code --function-name f --zip-file {folder}/code.zip",
        "update-function-code --function-name f --s3-bucket pets --s3-key k",
        "invoke --function-name f --payload {} {folder}/out",
    ],
    "cloudwatch": [
        METRIC + "--metric-name m --value 1",
        METRIC + "--metric-name m --value 1.50 --unit Count --timestamp 2026-01-02T03:04:05Z",
        METRIC + "--metric-name m --value 1e3 --dimensions A=b,C=d --storage-resolution 1",
        METRIC + "--metric-name m --dimensions A=b --statistic-values "
        "Sum=10.5,Minimum=0,Maximum=5,SampleCount=3",
        METRIC + "--metric-data MetricName=m,Value=2",
        METRIC + "--metric-data MetricName=m --value 2",
        METRIC + "--unit Count --metric-data MetricName=m",
        METRIC + "--metric-data MetricName=m,Value=2 --storage-resolution 60",
        "get-o-tel-enrichment",
    ],
    "cloudfront": [
        "create-invalidation --distribution-id D --paths /a /b/*",
        "create-invalidation --distribution-id D --paths /a",
        "create-invalidation --distribution-id D --invalidation-batch "
        "Paths={Quantity=1,Items=[/a]},CallerReference=c",
        "create-invalidation --distribution-id D --paths /a --invalidation-batch "
        "Paths={Quantity=1,Items=[/a]},CallerReference=c",
        "create-distribution --origin-domain-name cams.example.com",
        "create-distribution --origin-domain-name b.s3.amazonaws.com "
        "--default-root-object index.html",
        "create-distribution --default-root-object index.html",
        "create-distribution --origin-domain-name a.example --distribution-config {}",
        ("update-distribution --id D --default-root-object start.html", "config"),
        "update-distribution --id D --default-root-object a --distribution-config {}",
    ],
    "rekognition": [
        FACES + "--source-image-bytes fileb://{folder}/bytes "
        "--target-image-bytes fileb://{folder}/bytes",
        FACES + "--source-image S3Object={Bucket=pets,Name=n} "
        "--target-image-bytes fileb://{folder}/bytes",
        "detect-labels --image-bytes fileb://{folder}/bytes --max-labels 3",
        "detect-faces --image-bytes text",
        "index-faces --collection-id c --image S3Object={Bucket=pets,Name=n}",
        "detect-text",
        "list-collections --image-bytes x",
    ],
    "translate": [
        TERMS + "--data-file fileb://{folder}/bytes --terminology-data Format=CSV",
        TERMS + "--data-file fileb://{folder}/bytes --terminology-data File=x,Format=CSV",
        TERMS + "--terminology-data Format=CSV",
        DOCUMENT + "--document ContentType=text/html --document-content fileb://{folder}/bytes",
        DOCUMENT + "--document ContentType=text/html,Content=x --document-content y",
        DOCUMENT + "--document-content fileb://{folder}/bytes",
    ],
    "quicksight": [
        BUNDLE + "--asset-bundle-import-source-bytes fileb://{folder}/code.zip",
        BUNDLE + "--asset-bundle-import-source S3Uri=s3://b/k",
        BUNDLE,
    ],
    "iam": [
        (DEVICE + "--outfile {folder}/seed --bootstrap-method QRCodePNG", "device"),
        (DEVICE + "--outfile {folder}/seed --bootstrap-method Base32StringSeed", "device"),
        DEVICE + "--outfile {folder}/seed",
        DEVICE + "--outfile {folder}/seed --bootstrap-method Other",
        DEVICE + "--outfile {folder}/none/seed --bootstrap-method QRCodePNG",
    ],
    "iot": [
        (
            "create-keys-and-certificate --certificate-pem-outfile {folder}/c "
            "--public-key-outfile {folder}/text --private-key-outfile {folder}/k",
            "keys",
        ),
        "create-keys-and-certificate --set-as-active --public-key-outfile {folder}/none/k",
        (
            "create-certificate-from-csr --certificate-signing-request r "
            "--certificate-pem-outfile {folder}/c",
            "keys",
        ),
        "create-certificate-from-csr --certificate-signing-request r "
        "--certificate-pem-outfile {folder}/c",
    ],
    "rds": [
        "add-option-to-" + GROUP + "--options OptionName=OEM,Port=5500,VpcSecurityGroupMemberships=a",
        "remove-option-from-" + GROUP + "--options OEM Other",
        "add-option-to-" + GROUP + "--options-to-remove OEM",
        "remove-option-from-" + GROUP + "--options-to-include OptionName=OEM",
    ],
    "ses": [
        MAIL + "--to a@c.example b@c.example --cc c@c.example --bcc d@c.example --subject s --text t",
        MAIL + "--to a@c.example --subject s --html <p>t</p> --text t",
        MAIL + "--to a@c.example --subject s --html ",
        MAIL + "--to a@c.example --text t",
        MAIL + "--destination ToAddresses=a@c.example --message "
        "Subject={Data=s},Body={Text={Data=t}}",
        MAIL + "--destination ToAddresses=a@c.example --to b@c.example --subject s --text t",
        MAIL + "--to b@c.example --message Subject={Data=s},Body={Text={Data=t}} --html t",
        MAIL + "--to b@c.example --message Subject={Data=s},Body={Text={Data=t}} --subject other",
        "send-email --source a@b.example --to a@c.example --subject s --text t",
        "send-email --to a@c.example --subject s --text file://{folder}/text --from a@b.example",
    ],
    "deploy": [
        "get-application-revision --application-name a --s3-location " + S3,
        "register-application-revision --application-name a --s3-location " + S3 + ",eTag=e,version=v",
        'create-deployment --application-name a --s3-location {"bucket":"b","key":"k",'
        '"bundleType":"tar"}',
        "create-deployment --application-name a --github-location repository=a/b,commitId=c",
        "create-deployment --application-name a --github-location repository=a/b",
        "create-deployment --application-name a --s3-location bucket=b,key=k",
        "create-deployment --application-name a --revision revisionType=S3",
    ],
    "configservice": [
        RECORDER + "--recording-group allSupported=true,includeGlobalResourceTypes=false",
        RECORDER + '--recording-group {"resourceTypes":["AWS::EC2::Instance"]}',
        RECORDER,
        "put-configuration-recorder --recording-group allSupported=true",
    ],
    "cloudsearch": [
        "define-expression --domain-name pets --name e --expression _score",
        "define-expression --domain-name pets --name e",
        INDEX + "--type int --default-value 3 --facet-enabled true --search-enabled false",
        INDEX + "--type double-array --default-value 1.5 --return-enabled TRUE --source-field s",
        INDEX + "--type date --source-field s",
        INDEX + "--type latlon --sort-enabled False",
        INDEX + "--type text --highlight-enabled true --analysis-scheme en",
        INDEX + "--type literal --default-value x",
        INDEX + "--type int --default-value x",
        INDEX,
    ],
    "emr": [
        "add-tags --resource-id r --tags a=b c d=e=f",
        "add-tags --resource-id r",
        "list-clusters --active",
        "list-clusters --terminated --created-after 2026-01-02T00:00:00Z",
        "list-clusters --failed --created-before 1767312000",
        "list-clusters --cluster-states RUNNING WAITING",
        "list-clusters --cluster-states RUNNING --active",
        "list-clusters --active --failed",
        "terminate-clusters --cluster-ids a b",
        "terminate-clusters",
    ],
    "datapipeline": [
        PUT + "--pipeline-definition file://{folder}/pipeline",
        PUT + "--pipeline-definition file://{folder}/pipeline --parameter-objects "
        "file://{folder}/parameters",
        PUT + "--pipeline-definition file://{folder}/pipeline --parameter-values-uri "
        "file://{folder}/values",
        PUT + "--pipeline-definition file://{folder}/pipeline --parameter-values a=b c=d=e a=f",
        PUT + "--pipeline-definition file://{folder}/pipeline --parameter-values a=b "
        "--parameter-values-uri file://{folder}/values",
        PUT + "--pipeline-definition {}",
        PUT + '--pipeline-definition {"objects":[{"name":"n"}]}',
        PUT + "--pipeline-definition {",
        PUT,
        "activate-pipeline --pipeline-id p --parameter-values a=b a=c d=e",
        "activate-pipeline --pipeline-id p --parameter-values a",
        "activate-pipeline --pipeline-id p --parameter-values-uri file://{folder}/values",
        ("get-pipeline-definition --pipeline-id p", "pipeline"),
        ("get-pipeline-definition --pipeline-id p --query objects[].id --output text", "pipeline"),
    ],
    "kinesis": [
        "list-streams --exclusive-start-stream-name s",
        "list-streams --exclusive-start-stream-name s --max-items 3",
        "list-streams",
    ],
    "cloudsearchdomain": ["search --search-query q", "suggest --suggest-query q --suggester s"],
    "mturk": ["list-hi-ts-for-qualification-type --qualification-type-id q"],
    "socialmessaging": [
        "delete-whatsapp-media-message --media-id 123456789012 --origination-phone-number-id "
        "phone-number-id-0123456789abcdef0123456789abcdef"
    ],
    "ssm": [
        ("start-session --target i-1234567890abcdef0", "session"),
        ("start-session --target i-1", "no plugin"),
        ("start-session --target i-1 --document-name d --parameters p=1", "session"),
    ],
    "ecs": [
        ("execute-command --cluster c --task t --interactive --command sh", "tasks"),
        ("execute-command --task t --interactive --command sh", "no plugin"),
        ("execute-command --task t --non-interactive --command sh", "tasks"),
    ],
    "ecr": [
        ("get-login-password", "tokens"),
        ("get-login-password --output json --query a", "tokens"),
    ],
    "ecr-public": [("get-login-password", "token")],
    "iot-data": [
        ("get-thing-shadow --thing-name t {folder}/out", "shadow"),
        "get-thing-shadow --thing-name t {folder}/out",
        "get-thing-shadow --thing-name t",
        "update-thing-shadow --thing-name t --payload {} {folder}/out",
    ],
    "runtime.sagemaker": ["invoke-endpoint --endpoint-name e --body fileb://{folder}/bytes {folder}/out"],
}
_SEED = base64.b64encode(b"\x89PNG and so on").decode()
_TOKEN = base64.b64encode(b"AWS:pass-w0rd").decode()
_CONFIG = """<DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">
<CallerReference>c</CallerReference><Aliases><Quantity>1</Quantity><Items><CNAME>a.example</CNAME>
</Items></Aliases><DefaultRootObject>index.html</DefaultRootObject><Origins><Quantity>1</Quantity>
<Items><Origin><Id>o</Id><DomainName>o.example</DomainName><OriginPath></OriginPath>
<CustomHeaders><Quantity>0</Quantity></CustomHeaders></Origin></Items></Origins>
<DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><ViewerProtocolPolicy>allow-all
</ViewerProtocolPolicy><MinTTL>0</MinTTL><Compress>true</Compress></DefaultCacheBehavior>
<Comment></Comment><Enabled>true</Enabled></DistributionConfig>"""
ANSWERS = {
    "config": _CONFIG,
    "device": "<CreateVirtualMFADeviceResponse><CreateVirtualMFADeviceResult><VirtualMFADevice>"
    f"<SerialNumber>arn:aws:iam::123456789012:mfa/d</SerialNumber><QRCodePNG>{_SEED}</QRCodePNG>"
    f"<Base32StringSeed>{_SEED}</Base32StringSeed></VirtualMFADevice>"
    "</CreateVirtualMFADeviceResult></CreateVirtualMFADeviceResponse>",
    "tokens": json.dumps({"authorizationData": [{"authorizationToken": _TOKEN}]}),
    "token": json.dumps({"authorizationData": {"authorizationToken": _TOKEN}}),
    "no plugin": '{"SessionId":"s-2","TokenValue":"secret","StreamUrl":"wss://a.example"}',
    "session": '{"SessionId":"s-1","TokenValue":"secret","StreamUrl":"wss://a.example"}',
    "tasks": '{"clusterArn":"arn:aws:ecs:us-west-2:1:cluster/c","taskArn":"arn:a:b/c/t",'
    '"containerName":"web","session":{"sessionId":"s","streamUrl":"u","tokenValue":"v"},'
    '"tasks":[{"containers":[{"name":"other","runtimeId":"1"},{"name":"web","runtimeId":"2"}]}]}',
    "shadow": '{"state":{}}',
    "invalidation": "<Invalidation><Id>I</Id></Invalidation>",
    "distribution": "<Distribution><Id>I</Id></Distribution>",
    "keys": '{"certificateArn":"a","certificatePem":"PEM\\n","keyPair":{"PublicKey":"public",'
    '"PrivateKey":"private"}}',
    "pipeline": json.dumps(
        {
            "pipelineObjects": [
                {
                    "id": "a",
                    "name": "b",
                    "fields": [
                        {"key": "k", "stringValue": "1"},
                        {"key": "k", "stringValue": "2"},
                        {"key": "k", "stringValue": "3"},
                        {"key": "r", "refValue": "S"},
                    ],
                }
            ],
            "parameterObjects": [{"id": "p", "attributes": [{"key": "t", "stringValue": "x"}]}],
            "parameterValues": [
                {"id": "p", "stringValue": "1"},
                {"id": "p", "stringValue": "2"},
                {"id": "q", "stringValue": "3"},
            ],
        }
    ),
}
EMPTY = {"json": b"{}", "rest-json": b"{}", "rest-xml": b"", "cbor": b"\xa0"}
NAMES = {cli: botocore for botocore, cli in COMMANDS.items()} | {
    "deploy": "codedeploy",
    "configservice": "config",
    "runtime.sagemaker": "sagemaker-runtime",
}


class Service:
    """A service whose cases are compared."""

    def __init__(self, cli, binary, server):
        self.cli, self.binary, self.server = cli, binary, server
        with tempfile.TemporaryDirectory() as copies:
            self.model = models.services(pathlib.Path(copies), [NAMES.get(cli, cli)])[0]

    def answer(self, request, body):
        if self.cli == "cloudfront" and request.method == "POST":
            # Nothing would not be one.
            body = ANSWERS["invalidation" if b"Paths" in request.body else "distribution"]
        protocol = self.model.protocol
        headers = {"content-type": "application/json", "etag": "E"}
        if protocol in ("query", "rest-xml"):
            headers["content-type"] = "text/xml"
        if protocol == "cbor":
            headers |= {"content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}
        if body is not None:
            return 200, headers, body.encode()
        if protocol == "query":
            action = re.search(rb"Action=(\w+)", request.body)[1].decode()
            text = f"<{action}Response><{action}Result/></{action}Response>"
            return 200, headers, text.encode()
        return 200, headers, EMPTY.get(protocol.removesuffix("-1.0").removesuffix("-1.1"), b"{}")

    def ask(self, words, body, call):
        """What a tool does, and the files that are there behind it."""
        with tempfile.TemporaryDirectory() as folder:
            for name, content in FILES.items():
                (pathlib.Path(folder) / name).write_bytes(content)
            (pathlib.Path(folder) / PLUGIN).chmod(0o700)
            if body == ANSWERS["no plugin"]:
                (pathlib.Path(folder) / PLUGIN).unlink()
            os.environ["PATH"] = f"{folder}{os.pathsep}{PATH}"
            words = [word.replace("{folder}", folder) for word in words]
            if self.cli != "cloudsearchdomain":
                words += ["--endpoint-url", self.server.url]
            answer = functools.partial(self.answer, body=body)
            ran, requests = self.server.asked(answer, functools.partial(call, words))
            found = {}
            for path in sorted(pathlib.Path(folder).iterdir()):
                content = path.read_bytes()
                if content != FILES.get(path.name):
                    found[path.name] = (content, stat.S_IMODE(path.stat().st_mode))
        # Both say where a file is.
        ran.err = ran.err.replace(folder.encode(), b"{folder}")
        return ran, requests, found

    def ours(self, words):
        begin = [self.binary, "call", "--spec", self.model.folder]
        words = [*begin, *words]
        environment = {**os.environ, "TYPEFOUNDRY_CLI_COMPAT": "v1"}
        ran = subprocess.run(
            words,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
            env=environment,
        )
        return aws.Ran(ran.returncode, ran.stdout, ran.stderr)

    def compare(self, words, body):
        """What is different about a command."""
        theirs, asked, files = self.ask(words, body, lambda it: aws.call([self.cli, *it]))
        ours, other, others = self.ask(words, body, self.ours)
        said = message(_Answer(theirs))
        expected = version2.code(asked, theirs.code, said)
        if ours.code != expected:
            told = ours.err.decode(errors="replace").strip()
            yield f"exit code {ours.code}, not {expected} ({said!r}): {told!r}"
            return
        if theirs.code:
            text = version2.message(said, words)
            if text not in ours.err.decode(errors="replace"):
                yield f"message {ours.err.decode(errors='replace')!r}, not {text!r}"
        elif theirs.out != ours.out:
            yield f"output {ours.out!r}, not {theirs.out!r}"
        if len(asked) != len(other):
            yield f"{len(other)} requests, not {len(asked)}"
        for one, another in zip(asked, other, strict=False):
            one, another = sent(_without_chance(one)), sent(_without_chance(another))
            there = {**vars(another), "body": base64.b64encode(another.body)}
            for kind, detail in compare.requests(one, there):
                yield f"{kind}: {detail}"
        if files != others:
            yield f"files {others}, not {files}"


class _Answer:
    def __init__(self, ran):
        self.ran = ran


def _without_chance(request):
    body = UNIQUE.sub(b"0", request.body)
    if body.startswith(b"<"):
        # The AWS CLI's elements are in the order in which they were put together.
        body = ElementTree.tostring(_ordered(ElementTree.fromstring(body)))
    return replace(request, body=body)


def _ordered(element):
    element[:] = sorted(map(_ordered, element), key=lambda it: it.tag)
    return element


def differences(task):
    """What is wrong about a service, each in a sentence. The task is its name, our binary, and that
    each so manieth case is enough."""
    cli, binary, step = task
    kept = dict(os.environ)
    found = []
    with tempfile.TemporaryDirectory() as folder, Loopback() as server:
        environment(pathlib.Path(folder))
        os.environ["AWS_CONFIG_FILE"] = os.devnull
        try:
            service = Service(cli, binary, server)
            for case in CASES[cli][::step]:
                words, answer = case if isinstance(case, tuple) else (case, None)
                body = ANSWERS[answer] if answer else None
                for difference in service.compare(words.split(), body):
                    found.append(f"{cli} {words}: {difference}")
        finally:
            os.environ.clear()
            os.environ.update(kept)
    return found


if __name__ == "__main__":
    program, *names = sys.argv[1:]
    wrong = [it for name in names or CASES for it in differences((name, program, 1))]
    print("\n".join(wrong))
    sys.exit(bool(wrong))
