//! The providers, one after another.

#[cfg(not(feature = "aws-credentials"))]
use super::absent::{container, instance, role, sso, web_identity};
#[cfg(feature = "aws-credentials")]
use super::{container, instance, role, sso, web_identity};
use super::{environment, keys, process};
use crate::BoxFuture;
use crate::auth::{Cached, Credentials, CredentialsError, ProvideCredentials, Surroundings, Tried};
#[cfg(not(feature = "aws-login"))]
use crate::aws::profile::text;
use crate::aws::profile::{File, Profiles};
use std::sync::Arc;

/// The credentials that surroundings hold: looked up when they are asked for, kept, and fetched
/// again before they expire.
///
/// `region` is the one in which roles are assumed, if it is another than that of the surroundings.
pub fn provider(surroundings: &Surroundings, region: Option<&str>) -> Arc<dyn ProvideCredentials> {
    let clock = surroundings.clock();
    let surroundings = surroundings.clone();
    Arc::new(Cached::new(Chain { surroundings, region: region.map(str::to_owned) }, clock))
}

#[derive(Debug)]
struct Chain {
    surroundings: Surroundings,
    region: Option<String>,
}

/// What providers look at.
#[derive(Clone, Copy)]
pub(super) struct Cx<'a> {
    pub(super) surroundings: &'a Surroundings,
    pub(super) profiles: &'a Profiles,
    #[cfg_attr(not(feature = "aws-credentials"), expect(dead_code, reason = "nothing is called"))]
    pub(super) region: Option<&'a str>,
}

/// What a provider has. An error is one of a provider that is configured, and ends the search.
pub(super) type Attempt = Result<Outcome, CredentialsError>;

pub(super) enum Outcome {
    Found(Credentials),
    /// It is not configured, for a reason.
    Passed(String),
}

impl Outcome {
    #[expect(clippy::unnecessary_wraps, reason = "it is what an attempt returns")]
    pub(super) fn passed(reason: impl Into<String>) -> Attempt {
        Ok(Self::Passed(reason.into()))
    }
}

#[derive(Clone, Copy)]
enum Step {
    Environment,
    Role,
    WebIdentity,
    Sso,
    CredentialsFile,
    Login,
    Process,
    ConfigFile,
    Container,
    Instance,
}

const BEFORE: &[Step] = &[Step::Environment, Step::Role];
/// What a profile has of its own, also as the source of a role.
const OF_PROFILE: &[Step] = &[
    Step::WebIdentity,
    Step::Sso,
    Step::CredentialsFile,
    Step::Login,
    Step::Process,
    Step::ConfigFile,
];
const AFTER: &[Step] = &[Step::Container, Step::Instance];

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Role => "assumed role",
            Self::WebIdentity => "web identity",
            Self::Sso => "single sign-on",
            Self::CredentialsFile => "shared credentials file",
            Self::Login => "login session",
            Self::Process => "process",
            Self::ConfigFile => "config file",
            Self::Container => "container",
            Self::Instance => "instance metadata",
        }
    }

    async fn attempt(self, cx: Cx<'_>, profile: &str, is_source: bool) -> Attempt {
        match self {
            Self::Environment if cx.profiles.chosen_in_code() => {
                Outcome::passed("it is not asked where a profile is chosen in code")
            }
            Self::Environment => environment::attempt(cx),
            Self::Role => role::attempt(cx, profile).await,
            Self::WebIdentity => {
                let variables = !is_source && !cx.profiles.chosen_in_code();
                web_identity::attempt(cx, profile, variables).await
            }
            Self::Sso => sso::attempt(cx, profile).await,
            Self::CredentialsFile => keys::attempt(cx, File::Credentials, profile),
            #[cfg(feature = "aws-login")]
            Self::Login => super::login::attempt(cx, profile).await,
            #[cfg(not(feature = "aws-login"))]
            Self::Login => login(cx, profile),
            Self::Process => process::attempt(cx, profile).await,
            Self::ConfigFile => keys::attempt(cx, File::Config, profile),
            Self::Container => container::attempt(cx).await,
            Self::Instance => instance::attempt(cx).await,
        }
    }
}

/// The first of some providers that has credentials; otherwise, why none of them has.
async fn search(
    cx: Cx<'_>,
    steps: impl IntoIterator<Item = &Step> + Send,
    profile: &str,
    is_source: bool,
) -> Result<Result<Credentials, Vec<Tried>>, CredentialsError> {
    let mut tried = Vec::new();
    let steps: Vec<Step> = steps.into_iter().copied().collect();
    for step in steps {
        match step.attempt(cx, profile, is_source).await? {
            Outcome::Found(credentials) => return Ok(Ok(credentials)),
            Outcome::Passed(reason) => tried.push(Tried::new(step.name(), reason)),
        }
    }
    Ok(Err(tried))
}

/// What a profile has of its own, to assume a role with.
#[cfg(feature = "aws-credentials")]
pub(super) async fn of_profile(
    cx: Cx<'_>,
    profile: &str,
) -> Result<Option<Credentials>, CredentialsError> {
    Ok(search(cx, OF_PROFILE, profile, true).await?.ok())
}

/// The key of a browser's login session signs its requests, which takes an elliptic curve.
#[cfg(not(feature = "aws-login"))]
fn login(cx: Cx<'_>, profile: &str) -> Attempt {
    if text(cx.profiles.get(profile), "login_session").is_none() {
        return Outcome::passed(cx.profiles.without(profile, "`login_session`"));
    }
    let place = cx.profiles.at(profile, "login_session");
    let reason = format!(
        "{place}: turn on the feature `aws-login` of `typefoundry`; or have their credentials by \
         `aws configure export-credentials --format process` as a `credential_process`"
    );
    Err(CredentialsError::broken("a login session", reason))
}

impl ProvideCredentials for Chain {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async move {
            // Read again each time, so that changed files are noticed when credentials end.
            let profiles = Profiles::load(&self.surroundings)
                .map_err(|error| CredentialsError::broken("shared files", error.to_string()))?;
            let cx = Cx {
                surroundings: &self.surroundings,
                profiles: &profiles,
                region: self.region.as_deref(),
            };
            let steps = BEFORE.iter().chain(OF_PROFILE).chain(AFTER);
            let found = search(cx, steps, profiles.name(), false).await?;
            found.map_err(CredentialsError::nowhere)
        })
    }
}
