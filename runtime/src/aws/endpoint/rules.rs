//! Rules as they are evaluated: names are places in a row of values.

use super::functions::Function;
use super::params::Param;
use crate::Document;

pub(super) struct Compiled {
    /// The first places are the parameters'.
    pub(super) params: Vec<Param>,
    /// The name of each place, for messages.
    pub(super) places: Vec<String>,
    pub(super) rules: Vec<Rule>,
}

pub(super) struct Rule {
    pub(super) conditions: Vec<Condition>,
    pub(super) then: Then,
}

pub(super) struct Condition {
    pub(super) test: Expr,
    /// Where its value goes.
    pub(super) assign: Option<usize>,
}

pub(super) enum Then {
    Rules(Vec<Rule>),
    Error(Expr),
    Endpoint(Box<EndpointRule>),
}

pub(super) struct EndpointRule {
    pub(super) url: Expr,
    pub(super) headers: Vec<(String, Vec<Expr>)>,
    pub(super) auth: Vec<AuthRule>,
    pub(super) properties: Vec<(String, Property)>,
}

#[derive(Default)]
pub(super) struct AuthRule {
    pub(super) name: String,
    pub(super) signing_name: Option<Expr>,
    pub(super) signing_region: Option<Expr>,
    pub(super) signing_region_set: Vec<Expr>,
    pub(super) disable_double_encoding: bool,
    pub(super) others: Vec<(String, Property)>,
}

/// JSON with templates for texts.
pub(super) enum Property {
    Fixed(Document),
    Text(Expr),
    Array(Vec<Property>),
    Object(Vec<(String, Property)>),
}

pub(super) enum Expr {
    Bool(bool),
    Int(i64),
    Text(String),
    Template(Vec<Piece>),
    Place(usize),
    Attr(Box<Expr>, Vec<Step>),
    Call(Function, Vec<Expr>),
}

/// A part of a template.
pub(super) enum Piece {
    Text(String),
    /// A place, and the way from there.
    Value(usize, Vec<Step>),
}

/// A step of a path.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Attr(Attr),
    /// From the end if below zero.
    Index(i32),
}

/// The attributes that values of rules have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Attr {
    // Of a partition
    Name,
    DnsSuffix,
    DualStackDnsSuffix,
    ImplicitGlobalRegion,
    SupportsFips,
    SupportsDualStack,
    // Of an ARN
    Partition,
    Service,
    Region,
    AccountId,
    ResourceId,
    // Of a URL
    Scheme,
    Authority,
    Path,
    NormalizedPath,
    IsIp,
}

impl Attr {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "name" => Self::Name,
            "dnsSuffix" => Self::DnsSuffix,
            "dualStackDnsSuffix" => Self::DualStackDnsSuffix,
            "implicitGlobalRegion" => Self::ImplicitGlobalRegion,
            "supportsFIPS" => Self::SupportsFips,
            "supportsDualStack" => Self::SupportsDualStack,
            "partition" => Self::Partition,
            "service" => Self::Service,
            "region" => Self::Region,
            "accountId" => Self::AccountId,
            "resourceId" => Self::ResourceId,
            "scheme" => Self::Scheme,
            "authority" => Self::Authority,
            "path" => Self::Path,
            "normalizedPath" => Self::NormalizedPath,
            "isIp" => Self::IsIp,
            _ => return None,
        })
    }
}
