//! What rules of endpoints may name. The runtime carries it out, and has a test that both agree.
//!
//! Functions, attributes and settings are those of
//! <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html>,
//! <https://smithy.io/2.0/aws/rules-engine/library-functions.html> and
//! <https://smithy.io/2.0/aws/rules-engine/built-ins.html>.

/// What a value of rules is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whatever it is
    Any,
    /// True or false
    Bool,
    /// A whole number
    Number,
    /// Text
    Text,
    /// Many texts
    List,
    /// A partition of regions
    Partition,
    /// A URL by its parts
    Url,
    /// An ARN by its parts
    Arn,
}

impl Kind {
    /// The words for it in messages.
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Bool => "true or false",
            Self::Number => "a whole number",
            Self::Text => "a text",
            Self::List => "a list of texts",
            Self::Partition => "a partition",
            Self::Url => "a URL by its parts",
            Self::Arn => "an ARN by its parts",
        }
    }

    /// Whether one may stand where the other is taken, as far as that is known.
    pub(super) fn fits(self, taken: Self) -> bool {
        self == taken || self == Self::Any || taken == Self::Any
    }

    /// The attributes that it has, and what they are.
    pub(super) fn attributes(self) -> &'static [(&'static str, Self)] {
        ATTRIBUTES.iter().find(|(kind, _)| *kind == self).map_or(&[], |(_, attributes)| *attributes)
    }
}

/// A function of rules.
#[derive(Debug)]
pub struct Function {
    /// Its name
    pub name: &'static str,
    /// What it takes
    pub takes: &'static [Kind],
    /// It takes more of the last one, as many as there are.
    pub repeats: bool,
    /// What it gives
    pub gives: Kind,
}

const fn function(name: &'static str, takes: &'static [Kind], gives: Kind) -> Function {
    Function { name, takes, repeats: false, gives }
}

/// The function whose second argument is a path.
pub(super) const GET_ATTR: &str = "getAttr";

/// All functions.
pub const FUNCTIONS: &[Function] = &[
    function("isSet", &[Kind::Any], Kind::Bool),
    function("not", &[Kind::Bool], Kind::Bool),
    function("booleanEquals", &[Kind::Bool, Kind::Bool], Kind::Bool),
    function("stringEquals", &[Kind::Text, Kind::Text], Kind::Bool),
    function(GET_ATTR, &[Kind::Any, Kind::Text], Kind::Any),
    function("substring", &[Kind::Text, Kind::Number, Kind::Number, Kind::Bool], Kind::Text),
    function("parseURL", &[Kind::Text], Kind::Url),
    function("isValidHostLabel", &[Kind::Text, Kind::Bool], Kind::Bool),
    function("uriEncode", &[Kind::Text], Kind::Text),
    Function { name: "coalesce", takes: &[Kind::Any, Kind::Any], repeats: true, gives: Kind::Any },
    function("ite", &[Kind::Bool, Kind::Any, Kind::Any], Kind::Any),
    function("split", &[Kind::Text, Kind::Text, Kind::Number], Kind::List),
    function("aws.partition", &[Kind::Text], Kind::Partition),
    function("aws.parseArn", &[Kind::Text], Kind::Arn),
    function("aws.isVirtualHostableS3Bucket", &[Kind::Text, Kind::Bool], Kind::Bool),
];

/// The kinds that have attributes, and theirs.
pub const ATTRIBUTES: &[(Kind, &[(&str, Kind)])] = &[
    (
        Kind::Partition,
        &[
            ("name", Kind::Text),
            ("dnsSuffix", Kind::Text),
            ("dualStackDnsSuffix", Kind::Text),
            ("implicitGlobalRegion", Kind::Text),
            ("supportsFIPS", Kind::Bool),
            ("supportsDualStack", Kind::Bool),
        ],
    ),
    (
        Kind::Arn,
        &[
            ("partition", Kind::Text),
            ("service", Kind::Text),
            ("region", Kind::Text),
            ("accountId", Kind::Text),
            ("resourceId", Kind::List),
        ],
    ),
    (
        Kind::Url,
        &[
            ("scheme", Kind::Text),
            ("authority", Kind::Text),
            ("path", Kind::Text),
            ("normalizedPath", Kind::Text),
            ("isIp", Kind::Bool),
        ],
    ),
];

/// The settings of a client that a parameter may stand for.
pub const BUILT_INS: &[(&str, Kind)] = &[
    ("AWS::Region", Kind::Text),
    ("AWS::UseDualStack", Kind::Bool),
    ("AWS::UseFIPS", Kind::Bool),
    ("SDK::Endpoint", Kind::Text),
    ("AWS::Auth::AccountId", Kind::Text),
    ("AWS::Auth::AccountIdEndpointMode", Kind::Text),
    ("AWS::Auth::CredentialScope", Kind::Text),
    ("AWS::S3::Accelerate", Kind::Bool),
    ("AWS::S3::DisableMultiRegionAccessPoints", Kind::Bool),
    ("AWS::S3::DisableS3ExpressSessionAuth", Kind::Bool),
    ("AWS::S3::ForcePathStyle", Kind::Bool),
    ("AWS::S3::UseArnRegion", Kind::Bool),
    ("AWS::S3::UseGlobalEndpoint", Kind::Bool),
    ("AWS::S3Control::UseArnRegion", Kind::Bool),
    ("AWS::STS::UseGlobalEndpoint", Kind::Bool),
];

/// The types of parameters by their names, which older rule sets capitalise.
pub(super) const TYPES: &[(&str, Kind)] = &[
    ("string", Kind::Text),
    ("boolean", Kind::Bool),
    ("stringArray", Kind::List),
    ("String", Kind::Text),
    ("Boolean", Kind::Bool),
    ("StringArray", Kind::List),
];

/// The auth schemes that an endpoint may ask for.
pub(super) const SCHEMES: &[&str] =
    &["sigv4", "sigv4a", "sigv4-s3express", "sigv2", "bearer", "api-key", "none"];

/// The templates, by the names of what they take and of their parameters.
pub const TEMPLATES: &[(&str, &[(&str, Kind)])] = &[
    ("standard", ALL),
    ("govcloud", ALL),
    ("dual-stack", WITHOUT_DUAL_STACK),
    ("govcloud-regions", ALL),
    ("dual-stack-global", WITHOUT_DUAL_STACK),
    ("dual-stack-first", WITHOUT_DUAL_STACK),
];

const ALL: &[(&str, Kind)] = &[
    ("Region", Kind::Text),
    ("UseFIPS", Kind::Bool),
    ("Endpoint", Kind::Text),
    ("UseDualStack", Kind::Bool),
];

const WITHOUT_DUAL_STACK: &[(&str, Kind)] =
    &[("Region", Kind::Text), ("UseFIPS", Kind::Bool), ("Endpoint", Kind::Text)];
