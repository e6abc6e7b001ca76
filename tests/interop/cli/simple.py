"""Commands with the options that the AWS CLI adds to operations of EC2.

These are in no model, so that nothing else here makes them up; `--cidr` and the like.
"""

_RULES = [
    "--group-id sg-1 --protocol tcp --port 22 --cidr 10.0.0.0/8",
    "--group-id sg-1 --protocol udp --port 22-25 --source-group sg-2 --group-owner 123456789012",
    "--group-id sg-1 --protocol all --source-group pets",
    "--group-id sg-1 --protocol icmp --port -1 --cidr 0.0.0.0/0",
    "--group-id sg-1 --protocol 50 --port all",
    "--group-id sg-1 --ip-protocol tcp --from-port 1 --to-port 2 --cidr-ip 10.0.0.0/8",
    "--group-id sg-1 --ip-permissions IpProtocol=tcp,FromPort=1,ToPort=2",
    "--group-id sg-1 --protocol 256",
    "--group-id sg-1 --protocol gre",
    "--group-id sg-1 --protocol tcp --port a",
    "--group-id sg-1 --protocol tcp --port 1-",
    "--group-id sg-1 --ip-permissions IpProtocol=tcp --cidr 10.0.0.0/8",
    "--group-id sg-1 --ip-permissions IpProtocol=tcp --source-group sg-2",
]
_PROTOCOLS = [
    f"--network-acl-id acl-1 --rule-number 1 --rule-action allow --ingress --protocol {it}"
    for it in ("tcp", "udp", "icmp", "all", "6", "-1")
]
COMMANDS = {
    "RunInstances": [
        "--image-id ami-1",
        "--image-id ami-1 --count 2",
        "--image-id ami-1 --count 2:5",
        '--image-id ami-1 --cli-input-json {"MinCount":3,"MaxCount":4}',
        '--image-id ami-1 --count 2 --cli-input-json {"MinCount":3,"MaxCount":4}',
        "--image-id ami-1 --count a",
        "--image-id ami-1 --count 1:",
        "--image-id ami-1 --count 1:2:3",
        "--image-id ami-1 --min-count 1 --max-count 1",
        "--image-id ami-1 --associate-public-ip-address --subnet-id s-1 --security-group-ids sg-1 sg-2",
        "--image-id ami-1 --no-associate-public-ip-address --private-ip-address 10.0.0.1",
        "--image-id ami-1 --associate-public-ip-address --no-associate-public-ip-address",
        "--image-id ami-1 --secondary-private-ip-addresses 10.0.0.2 10.0.0.3 --subnet-id s-1",
        "--image-id ami-1 --secondary-private-ip-addresses 10.0.0.2 --private-ip-address 10.0.0.1",
        "--image-id ami-1 --secondary-private-ip-address-count 2 --ipv6-address-count 1",
        "--image-id ami-1 --secondary-private-ip-address-count 0 --subnet-id s-1",
        "--image-id ami-1 --secondary-private-ip-address-count a",
        "--image-id ami-1 --network-interfaces DeviceIndex=0 --associate-public-ip-address",
        "--image-id ami-1 --network-interfaces DeviceIndex=0 --no-associate-public-ip-address",
        "--image-id ami-1 --network-interfaces DeviceIndex=1,AssociatePublicIpAddress=true --subnet-id s-1",
        "--image-id ami-1 --network-interfaces DeviceIndex=1 --subnet-id s-1",
        "--image-id ami-1 --block-device-mappings DeviceName=/dev/sda1,NoDevice=x",
        "--image-id ami-1 --count 1 --dry-run",
    ],
    "AuthorizeSecurityGroupIngress": _RULES,
    "AuthorizeSecurityGroupEgress": _RULES,
    "RevokeSecurityGroupIngress": _RULES,
    "RevokeSecurityGroupEgress": _RULES,
    "CreateNetworkAclEntry": _PROTOCOLS,
    "ReplaceNetworkAclEntry": _PROTOCOLS,
}


def commands(service, operation):
    """The words behind the command."""
    words = COMMANDS.get(operation, ()) if service == "ec2" else ()
    # It would be another one each time.
    token = ["--client-token", "t"] if operation == "RunInstances" else []
    return [[*it.split(" "), *token] for it in words]
