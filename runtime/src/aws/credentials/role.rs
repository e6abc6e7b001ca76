//! Roles that a profile assumes.

use super::chain::{self, Attempt, Cx, Outcome};
use super::http::{broken, client};
use super::kept::Kept;
use super::operations::sts::{self, AssumeRole};
use super::{container, environment, instance};
use crate::BoxFuture;
use crate::auth::{Credentials, CredentialsError};
use crate::aws::profile::{Profile, text};

const PROVIDER: &str = "an assumed role";

/// `AssumeRoleProvider` in botocore.
pub(super) async fn attempt(cx: Cx<'_>, profile: &str) -> Attempt {
    if !assumes(cx.profiles.get(profile)) {
        let what = "`role_arn`, or one that goes with `web_identity_token_file`";
        return Outcome::passed(cx.profiles.without(profile, what));
    }
    let mut visited = vec![profile];
    assume(cx, profile, &mut visited).await.map(Outcome::Found)
}

/// Web identities have roles of their own.
fn assumes(profile: &Profile) -> bool {
    profile.contains_key("role_arn") && !profile.contains_key("web_identity_token_file")
}

fn has_keys(profile: &Profile) -> bool {
    profile.contains_key("aws_access_key_id") || profile.contains_key("aws_secret_access_key")
}

/// Assumes the role of a profile with the credentials of its source, which may assume one itself.
fn assume<'a>(
    cx: Cx<'a>,
    profile: &'a str,
    visited: &'a mut Vec<&'a str>,
) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
    Box::pin(async move {
        let section = cx.profiles.get(profile);
        let get = |key: &str| text(section, key).map(str::to_owned);
        let place = cx.profiles.at(profile, "role_arn");
        let broken = broken(PROVIDER, &place);
        let role_arn = get("role_arn").ok_or_else(|| broken("it is no text".to_owned()))?;
        let duration = duration(cx, profile, section)?;
        let source = match (text(section, "source_profile"), text(section, "credential_source")) {
            (Some(_), Some(_)) => {
                let reason = "the profile has both `source_profile` and `credential_source`";
                return Err(broken(reason.to_owned()));
            }
            (None, None) => {
                let reason = "the profile needs `source_profile` or `credential_source` with it";
                return Err(broken(reason.to_owned()));
            }
            one => one,
        };
        let kept = kept(cx, section, &role_arn, duration);
        if let Some(credentials) = kept.load(cx) {
            return Ok(credentials);
        }
        let source = match source {
            (Some(source), _) => of_profile(cx, profile, source, visited).await?,
            (None, source) => of_source(cx, profile, source.unwrap_or_default()).await?,
        };
        let mut input = AssumeRole {
            role_arn,
            role_session_name: get("role_session_name")
                .unwrap_or_else(|| session_name(cx.surroundings.now())),
            external_id: get("external_id"),
            duration_seconds: duration,
            serial_number: get("mfa_serial"),
            token_code: None,
        };
        if let Some(device) = &input.serial_number {
            input.token_code = Some(code(cx, profile, device).await?);
        }
        let client = client::<sts::Sts>(cx, cx.region, Some(source));
        let answer = match client {
            Ok(client) => client.call(input).await,
            Err(error) => Err(error),
        };
        let output = answer.map_err(|error| broken(error.to_string()))?.into_output();
        let credentials = sts::identity(output.credentials, output.assumed_role_user.as_ref());
        let credentials =
            credentials.ok_or_else(|| broken("the answer has no credentials".to_owned()))?;
        kept.keep(cx, &credentials);
        Ok(credentials)
    })
}

fn kept(cx: Cx<'_>, section: &Profile, role_arn: &str, duration: Option<i32>) -> Kept {
    let duration = duration.map(|seconds| seconds.to_string());
    let said = [
        ("DurationSeconds", duration.as_deref()),
        ("ExternalId", text(section, "external_id")),
        ("RoleArn", Some(role_arn)),
        ("RoleSessionName", text(section, "role_session_name")),
        ("SerialNumber", text(section, "mfa_serial")),
    ];
    Kept::of(cx, &said)
}

/// A name for the session, where the profile has none.
pub(super) fn session_name(now: crate::Timestamp) -> String {
    format!("typefoundry-{}", now.seconds())
}

fn duration(cx: Cx<'_>, profile: &str, section: &Profile) -> Result<Option<i32>, CredentialsError> {
    let Some(seconds) = text(section, "duration_seconds") else { return Ok(None) };
    let place = cx.profiles.at(profile, "duration_seconds");
    let wrong = |_| broken(PROVIDER, &place)(format!("`{seconds}` is not a number of seconds"));
    seconds.parse().map(Some).map_err(wrong)
}

/// The code of a second factor.
async fn code(cx: Cx<'_>, profile: &str, device: &str) -> Result<String, CredentialsError> {
    let place = cx.profiles.at(profile, "mfa_serial");
    let broken = broken(PROVIDER, &place);
    let Some(codes) = cx.surroundings.codes() else {
        let reason = "it takes a code of that device, and there is nobody to ask for one: set \
                      `Surroundings::with_codes`";
        return Err(broken(reason.to_owned()));
    };
    codes.code(device).await.map_err(|error| broken(error.to_string()))
}

async fn of_profile<'a>(
    cx: Cx<'a>,
    profile: &'a str,
    source: &'a str,
    visited: &mut Vec<&'a str>,
) -> Result<Credentials, CredentialsError> {
    let place = cx.profiles.at(profile, "source_profile");
    let broken = broken(PROVIDER, &place);
    if !cx.profiles.has(source) {
        return Err(broken(cx.profiles.absent(source)));
    }
    let section = cx.profiles.get(source);
    // A profile may have the keys for its own role.
    if visited.contains(&source) && !(source == profile && has_keys(section)) {
        visited.push(source);
        let way: Vec<_> = visited.iter().map(|name| format!("`{name}`")).collect();
        return Err(broken(format!("the profiles lead in a circle: {}", way.join(" -> "))));
    }
    if assumes(section) && !has_keys(section) {
        let mut visited = visited.clone();
        visited.push(source);
        return assume(cx, source, &mut visited).await;
    }
    let found = chain::of_profile(cx, source).await?;
    found.ok_or_else(|| broken(format!("the profile `{source}` has no credentials")))
}

async fn of_source(
    cx: Cx<'_>,
    profile: &str,
    source: &str,
) -> Result<Credentials, CredentialsError> {
    let place = cx.profiles.at(profile, "credential_source");
    let broken = broken(PROVIDER, &place);
    let attempt = match source {
        "Environment" => environment::attempt(cx),
        "EcsContainer" => container::attempt(cx).await,
        "Ec2InstanceMetadata" => instance::attempt(cx).await,
        _ => {
            return Err(broken(format!(
                "`{source}` is none of Environment, EcsContainer and Ec2InstanceMetadata"
            )));
        }
    };
    match attempt? {
        Outcome::Found(credentials) => Ok(credentials),
        Outcome::Passed(reason) => Err(broken(format!("{source} has none: {reason}"))),
    }
}
