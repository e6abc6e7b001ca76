//! What stands for the providers that ask servers, in builds without them: a profile or a variable
//! that wants one is an error, for credentials from elsewhere would be somebody else's.

use super::chain::{Attempt, Cx, Outcome};
use crate::auth::{Credentials, CredentialsError, Surroundings};
use crate::aws::profile::Profiles;
use std::future::{Ready, ready};

const FEATURE: &str = "turn on the feature `aws-credentials` of `typefoundry`";

fn missing<T>(place: &str) -> Result<T, CredentialsError> {
    Err(CredentialsError::broken("a server", format!("{place} wants it: {FEATURE}")))
}

fn of_profile(cx: Cx<'_>, profile: &str, keys: &[&str], what: &str) -> Attempt {
    let section = cx.profiles.get(profile);
    match keys.iter().find(|key| section.contains_key(**key)) {
        Some(key) => missing(&cx.profiles.at(profile, key)),
        None => Outcome::passed(cx.profiles.without(profile, what)),
    }
}

fn of_variable(cx: Cx<'_>, name: &str) -> Option<Attempt> {
    cx.surroundings.var(name).map(|_| missing(name))
}

pub(super) mod bearer {
    use super::{Credentials, CredentialsError, Profiles, Ready, Surroundings, missing, ready};

    pub(in super::super) fn token(
        _: &Surroundings,
        profiles: &Profiles,
    ) -> Ready<Result<Credentials, CredentialsError>> {
        ready(missing(&profiles.at(profiles.name(), "sso_session")))
    }
}

pub(super) mod role {
    use super::{Attempt, Cx, Ready, of_profile, ready};

    pub(in super::super) fn attempt(cx: Cx<'_>, profile: &str) -> Ready<Attempt> {
        // Web identities have roles of their own.
        let is_own = !cx.profiles.get(profile).contains_key("web_identity_token_file");
        let keys: &[&str] = if is_own { &["role_arn"] } else { &[] };
        let what = "`role_arn`, or one that goes with `web_identity_token_file`";
        ready(of_profile(cx, profile, keys, what))
    }
}

pub(super) mod web_identity {
    use super::{Attempt, Cx, Ready, of_profile, of_variable, ready};

    pub(in super::super) fn attempt(cx: Cx<'_>, profile: &str, variables: bool) -> Ready<Attempt> {
        let variable = variables.then(|| of_variable(cx, "AWS_WEB_IDENTITY_TOKEN_FILE"));
        let key = "web_identity_token_file";
        let of_profile = || of_profile(cx, profile, &[key], "`web_identity_token_file`");
        ready(variable.flatten().unwrap_or_else(of_profile))
    }
}

pub(super) mod sso {
    use super::{Attempt, Cx, Ready, of_profile, ready};

    pub(in super::super) fn attempt(cx: Cx<'_>, profile: &str) -> Ready<Attempt> {
        let keys = ["sso_account_id", "sso_role_name"];
        ready(of_profile(cx, profile, &keys, "`sso_account_id`"))
    }
}

pub(super) mod container {
    use super::{Attempt, Cx, Outcome, Ready, of_variable, ready};

    const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

    pub(in super::super) fn attempt(cx: Cx<'_>) -> Ready<Attempt> {
        let set = of_variable(cx, RELATIVE).or_else(|| of_variable(cx, FULL));
        let unset = || Outcome::passed(format!("neither {RELATIVE} nor {FULL} is set"));
        ready(set.unwrap_or_else(unset))
    }
}

pub(super) mod instance {
    use super::{Attempt, Cx, FEATURE, Outcome, Ready, ready};

    pub(in super::super) fn attempt(_: Cx<'_>) -> Ready<Attempt> {
        ready(Outcome::passed(format!("this build does not ask for it: {FEATURE}")))
    }
}
