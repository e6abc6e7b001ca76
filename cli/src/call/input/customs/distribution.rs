//! Batches of paths and distributions of `CloudFront` (`cloudfront.py`).

use super::{Param, Params, put_at};
use std::hash::{BuildHasher, Hasher, RandomState};
use typefoundry::Timestamp;

const CONFIG: &str = "DistributionConfig";
const USUAL: &str = "DefaultCacheBehavior";

pub(super) fn paths(params: &mut Params, paths: &[String]) {
    let count = Param::Integer(i128::try_from(paths.len()).unwrap_or(i128::MAX));
    let items = paths.iter().cloned().map(Param::Text).collect();
    let paths = structure([("Quantity", count), ("Items", Param::List(items))]);
    let batch = structure([("CallerReference", text(&unique("cli"))), ("Paths", paths)]);
    params.insert("InvalidationBatch".to_owned(), batch);
}

pub(super) fn origin(params: &mut Params, domain: &str) {
    usual(params);
    let id = unique(domain);
    // A bucket in another partition is a domain like any other.
    let (kind, config) = if domain.ends_with(".s3.amazonaws.com") {
        ("S3OriginConfig", structure([("OriginAccessIdentity", text(""))]))
    } else {
        let ports = [("HTTPPort", Param::Integer(80)), ("HTTPSPort", Param::Integer(443))];
        let policy = ("OriginProtocolPolicy", text("http-only"));
        ("CustomOriginConfig", structure(ports.into_iter().chain([policy])))
    };
    let origin = structure([
        ("Id", text(&id)),
        ("DomainName", text(domain)),
        ("OriginPath", text("")),
        (kind, config),
    ]);
    let origins =
        structure([("Quantity", Param::Integer(1)), ("Items", Param::List(vec![origin]))]);
    put_at(params, "DistributionConfig.Origins", origins);
    put_at(params, "DistributionConfig.DefaultCacheBehavior.TargetOriginId", text(&id));
}

pub(super) fn root(params: &mut Params, object: &str) {
    usual(params);
    put_at(params, "DistributionConfig.DefaultRootObject", text(object));
}

/// Changes a distribution that is there; which version of it, the service wants to know.
pub(super) fn renew(params: &mut Params, object: &str, config: Param, version: Option<Param>) {
    if let Some(version) = version {
        params.insert("IfMatch".to_owned(), version);
    }
    params.insert(CONFIG.to_owned(), config);
    put_at(params, "DistributionConfig.DefaultRootObject", text(object));
}

/// A distribution with nothing of its own, where there is none.
fn usual(params: &mut Params) {
    if params.contains_key(CONFIG) {
        return;
    }
    let none = || Param::Integer(0);
    let cookies = structure([("Forward", text("none"))]);
    let forwarded = [("QueryString", Param::Bool(false)), ("Cookies", cookies)];
    let signers = [("Enabled", Param::Bool(false)), ("Quantity", none())];
    let behavior = structure([
        ("TargetOriginId", text("placeholder")),
        ("ForwardedValues", structure(forwarded)),
        ("TrustedSigners", structure(signers)),
        ("ViewerProtocolPolicy", text("allow-all")),
        ("MinTTL", none()),
    ]);
    let config = structure([
        ("CallerReference", text(&unique("cli"))),
        ("Origins", structure([("Quantity", none()), ("Items", Param::List(Vec::new()))])),
        (USUAL, behavior),
        ("Enabled", Param::Bool(true)),
        ("Comment", text("")),
    ]);
    params.insert(CONFIG.to_owned(), config);
}

/// A text that no other call has.
fn unique(prefix: &str) -> String {
    let now = Timestamp::now();
    // Chance that the standard library has, for its maps.
    let tail = RandomState::new().build_hasher().finish() % 1_000_000 + 1;
    format!("{prefix}-{}-{tail}", now.seconds())
}

fn text(text: &str) -> Param {
    Param::Text(text.to_owned())
}

fn structure<'n>(members: impl IntoIterator<Item = (&'n str, Param)>) -> Param {
    let members = members.into_iter().map(|(name, value)| (name.to_owned(), value));
    Param::Map(members.collect())
}
