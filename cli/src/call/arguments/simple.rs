//! Options of EC2 that stand for parts of a larger value, as the AWS CLI has them.
//!
//! Source: `awscli/customizations/ec2/{addcount,bundleinstance,decryptpassword,runinstances,secgroupsimplify}.py`
//! of version 2.

use super::parser::{Arity, Form, Spec};

/// An option that is no member's.
#[derive(Debug)]
pub(in crate::call) struct Simple {
    operations: &'static [&'static str],
    pub(in crate::call) name: &'static str,
    arity: Arity,
    form: Form,
    pub(in crate::call) part: Part,
    pub(in crate::call) docs: &'static str,
}

/// What a simple option says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::call) enum Part {
    /// The least and the greatest number of instances
    Count,
    /// More addresses of the first network interface
    Addresses,
    /// How many of them
    AddressCount,
    /// Whether the first network interface has a public address
    PublicAddress(bool),
    Protocol,
    /// The first and the last port
    Ports,
    AddressRange,
    /// A security group by its id or its name
    Group,
    /// The account of a security group
    GroupOwner,
    /// A member of where S3 keeps a bundle
    Bundle(&'static str),
    /// The secret that the upload policy of a bundle is signed with, and which is not sent
    BundleSecret,
    /// The file of the key that the password of an instance is encrypted for
    LaunchKey,
}

const RUN: &[&str] = &["run-instances"];
const BUNDLE: &[&str] = &["bundle-instance"];
const RULES: &[&str] = &[
    "authorize-security-group-ingress",
    "authorize-security-group-egress",
    "revoke-security-group-ingress",
    "revoke-security-group-egress",
];

const fn simple(
    operations: &'static [&'static str],
    name: &'static str,
    part: Part,
    docs: &'static str,
) -> Simple {
    let (arity, form) = match part {
        Part::Addresses => (Arity::Many, Form::Text),
        Part::AddressCount => (Arity::One, Form::Integer),
        Part::PublicAddress(_) => (Arity::None, Form::Text),
        _ => (Arity::One, Form::Text),
    };
    Simple { operations, name, arity, form, part, docs }
}

/// All of them, in the order of the AWS CLI.
pub(in crate::call) static SIMPLE: &[Simple] = &[
    simple(
        RUN,
        "count",
        Part::Count,
        "How many instances to launch: a number, or the least and the greatest one as `MIN:MAX`. \
         Without it, one.",
    ),
    simple(
        RUN,
        "secondary-private-ip-addresses",
        Part::Addresses,
        "Further private addresses of the instance.",
    ),
    simple(
        RUN,
        "secondary-private-ip-address-count",
        Part::AddressCount,
        "How many further private addresses the instance gets.",
    ),
    simple(
        RUN,
        "associate-public-ip-address",
        Part::PublicAddress(true),
        "The instance gets a public address.",
    ),
    simple(
        RUN,
        "no-associate-public-ip-address",
        Part::PublicAddress(false),
        "The instance gets no public address.",
    ),
    simple(
        RULES,
        "protocol",
        Part::Protocol,
        "The protocol of the rule: tcp, udp, icmp, its number, or all.",
    ),
    simple(
        RULES,
        "port",
        Part::Ports,
        "The port of the rule, the first and the last one as `FROM-TO`, or all; of ICMP its type \
         and its code.",
    ),
    simple(RULES, "cidr", Part::AddressRange, "The IPv4 addresses of the rule, in CIDR notation."),
    simple(
        RULES,
        "source-group",
        Part::Group,
        "The security group of the rule, by its id or its name.",
    ),
    simple(RULES, "group-owner", Part::GroupOwner, "The account that the security group is of."),
    simple(
        BUNDLE,
        "bucket",
        Part::Bundle("Bucket"),
        "The bucket that the image goes to: one of yours, or one that is made for it.",
    ),
    simple(
        BUNDLE,
        "prefix",
        Part::Bundle("Prefix"),
        "What the names of the image's parts begin with.",
    ),
    simple(
        BUNDLE,
        "owner-akid",
        Part::Bundle("AWSAccessKeyId"),
        "The access key id of the bucket's owner.",
    ),
    simple(
        BUNDLE,
        "owner-sak",
        Part::BundleSecret,
        "The secret access key of the bucket's owner. The upload policy is signed with it here; it is \
         not sent.",
    ),
    simple(
        BUNDLE,
        "policy",
        Part::Bundle("UploadPolicy"),
        "The policy of S3 that lets EC2 put the image into the bucket, which takes --owner-sak for its \
         signature. Without it, one is made that holds for a day.",
    ),
    simple(
        &["get-password-data"],
        "priv-launch-key",
        Part::LaunchKey,
        "The file of the private key that the instance was launched with, as PEM (`RSA PRIVATE KEY`). \
         The password is decrypted with it before it is shown.",
    ),
];

/// Members that need no option of their own where simple ones may stand for it.
const EASED: &[(&str, &str)] = &[("bundle-instance", "storage")];

/// Members that have no option where there are simple ones.
pub(in crate::call) const REMOVED: &[(&str, &str)] =
    &[("run-instances", "min-count"), ("run-instances", "max-count")];

/// Options of members that are not shown where there are simple ones.
const HIDDEN: &[&str] = &[
    "ip-protocol",
    "from-port",
    "to-port",
    "cidr-ip",
    "source-security-group-name",
    "source-security-group-owner-id",
];

/// The simple options of an operation of EC2, with their places in [`SIMPLE`].
pub(in crate::call) fn of(operation: &str) -> impl Iterator<Item = (usize, Spec)> {
    let all = SIMPLE.iter().enumerate().filter(move |(_, it)| it.operations.contains(&operation));
    all.map(|(place, it)| (place, Spec::new(it.name, it.arity).of(it.form)))
}

/// Whether the option of a member that must be there may be left out for simple ones.
pub(in crate::call) fn eases(operation: &str, option: &str) -> bool {
    EASED.contains(&(operation, option))
}

/// Whether a simple option of an operation of EC2 stands for that of a member, which is not shown.
pub(in crate::call) fn hides(operation: &str, option: &str) -> bool {
    RULES.contains(&operation) && HIDDEN.contains(&option)
}
