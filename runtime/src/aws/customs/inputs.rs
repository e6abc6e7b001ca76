//! Members that may be left out, or be written in more ways than the service takes.

use super::CustomError;
use super::values::{set_text, text};
use crate::value::Structure;

/// Route 53 names things `/hostedzone/Z1` in answers, and wants `Z1` in requests
/// (`fix_route53_ids` in botocore's `handlers.py`).
pub(super) fn strip_id_prefix(member: &str, input: &mut dyn Structure) {
    let last = text(input, member).and_then(|id| id.rsplit_once('/')).map(|(_, id)| id.to_owned());
    if let Some(id) = last {
        set_text(input, member, &id);
    }
}

/// Glacier takes `-` for the caller's own account (`inject_account_id`).
pub(super) fn default_input(argument: &str, input: &mut dyn Structure) {
    if let Some((member, value)) = argument.split_once('=')
        && text(input, member).unwrap_or_default().is_empty()
    {
        set_text(input, member, value);
    }
}

/// S3 on Outposts names the account in the ARN and in a member (`S3ControlArnParamHandlerv2` in
/// botocore's `utils.py`).
pub(super) fn account_from_arn(member: &str, input: &mut dyn Structure) -> Result<(), CustomError> {
    const ACCOUNT: &str = "AccountId";
    let wrong = |reason: String| CustomError::Input { member: member.to_owned(), reason };
    let Some(arn) = text(input, member).and_then(Arn::parse) else { return Ok(()) };
    let kind = if member == "Name" { "accesspoint" } else { "bucket" };
    let parts = arn.resource_parts();
    let is_outposts = arn.service == "s3-outposts"
        && matches!(&parts[..], [outpost, _, what, _] if *outpost == "outpost" && *what == kind);
    if !is_outposts {
        return Err(wrong(format!(
            "of all ARNs it takes only arn:aws:s3-outposts:region:account:outpost/id/{kind}/name"
        )));
    }
    if arn.region.starts_with("fips-") || arn.region.ends_with("fips-") {
        return Err(wrong("an ARN's region is no FIPS pseudo-region".to_owned()));
    }
    let given = text(input, ACCOUNT).unwrap_or_default();
    if !given.is_empty() && given != arn.account {
        return Err(wrong(format!(
            "its account {} is another one than {ACCOUNT}, {given}",
            arn.account
        )));
    }
    let account = arn.account.to_owned();
    set_text(input, ACCOUNT, &account);
    Ok(())
}

/// An Amazon resource name.
pub(super) struct Arn<'a> {
    pub(super) partition: &'a str,
    pub(super) service: &'a str,
    pub(super) region: &'a str,
    pub(super) account: &'a str,
    resource: &'a str,
}

impl<'a> Arn<'a> {
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next();
        if next() != Some("arn") {
            return None;
        }
        Some(Self {
            partition: next()?,
            service: next()?,
            region: next()?,
            account: next()?,
            resource: next()?,
        })
    }

    pub(super) fn resource_parts(&self) -> Vec<&'a str> {
        self.resource.split(['/', ':']).collect()
    }
}
