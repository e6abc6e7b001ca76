//! Where a call of an AWS service goes: endpoint rule sets.
//!
//! A service brings rules (<https://smithy.io/2.0/additional-specs/rules-engine/>) that make a URL,
//! headers and auth schemes of the region, of settings of the client, and of members of the input.
//! Most services have the same rules with another host; those name a template.
//!
//! ```
//! use typefoundry::aws::endpoint::{Params, RuleSet};
//!
//! let rules = RuleSet::template("standard", &[("host", "ivs")])?;
//! let endpoint = rules.resolve(&Params::new().with("Region", "us-west-2").with("UseFIPS", true))?;
//! assert_eq!(endpoint.url, "https://ivs-fips.us-west-2.amazonaws.com");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod call;
mod error;
mod eval;
mod functions;
mod params;
mod parse;
mod partitions;
mod paths;
mod rules;
mod templates;
#[cfg(test)]
mod tests;
mod tree;
mod values;

pub use call::{Settings, resolve};
pub use error::{EndpointError, RuleSetError};
pub use params::{Kind, Param, Params, Value};
pub use partitions::{PARTITIONS, Partition};
pub use paths::Path;
pub use templates::TEMPLATES;

use crate::Document;
use crate::schema::Rules;
use rules::Compiled;
use std::fmt;
use std::sync::Arc;

/// The endpoint rules of a service, read and checked. Cheap to clone.
#[derive(Clone)]
pub struct RuleSet(Arc<Compiled>);

/// The parameters, and not the rules: those are thousands of lines.
impl fmt::Debug for RuleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RuleSet").field("params", &self.0.params).finish_non_exhaustive()
    }
}

impl RuleSet {
    /// Reads a rule set: JSON as in botocore's `endpoint-rule-set-1.json`. Empty `conditions` and
    /// the `type` of a rule may be left out.
    pub fn parse(text: &str) -> Result<Self, RuleSetError> {
        parse::parse(text).map(|rules| Self(Arc::new(rules)))
    }

    /// The rules that many services share, with what differs: see [`TEMPLATES`].
    pub fn template(id: &str, values: &[(&str, &str)]) -> Result<Self, RuleSetError> {
        Self::parse(&templates::fill(id, values)?)
    }

    /// The rules of a service; nothing if it has none.
    pub fn of(rules: &Rules) -> Result<Option<Self>, RuleSetError> {
        match rules {
            Rules::None => Ok(None),
            Rules::Text(text) => Self::parse(text).map(Some),
            Rules::Template { id, values } => {
                let values: Vec<_> =
                    values.iter().map(|(name, value)| (&**name, &**value)).collect();
                Self::template(id, &values).map(Some)
            }
        }
    }

    /// The parameters that it knows.
    pub fn params(&self) -> &[Param] {
        &self.0.params
    }

    /// The endpoint for those values. What the rules do not know is passed over.
    pub fn resolve(&self, params: &Params<'_>) -> Result<Endpoint, EndpointError> {
        eval::resolve(&self.0, params)
    }
}

/// Where a call goes, and how it is signed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endpoint {
    /// The base URL
    pub url: String,
    /// Headers that the request carries.
    pub headers: Vec<(String, Vec<String>)>,
    /// The auth schemes, in order of preference; empty if the rules leave that to the service.
    pub auth: Vec<EndpointAuth>,
    /// Whatever else the rules say: `backend`, `metricValues`.
    pub properties: Vec<(String, Document)>,
}

/// An auth scheme that an endpoint asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndpointAuth {
    /// The scheme: `sigv4`, `sigv4a`, `sigv4-s3express`
    pub name: String,
    /// The name of the service in the signature.
    pub signing_name: Option<String>,
    /// The region in the signature.
    pub signing_region: Option<String>,
    /// The regions that a signature of `sigv4a` holds for.
    pub signing_region_set: Vec<String>,
    /// The path is encoded once and not twice in what is signed.
    pub disable_double_encoding: bool,
    /// Whatever else the rules say of it.
    pub others: Vec<(String, Document)>,
}
