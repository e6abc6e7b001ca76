//! What stands for the providers that ask servers, in builds without them: a profile or a variable
//! that wants one is an error, for credentials from elsewhere would be somebody else's.

use super::chain::{Attempt, Cx, Outcome};
use crate::auth::CredentialsError;

const FEATURE: &str = "turn on the feature `aws-credentials` of `typefoundry`";

fn missing(place: &str) -> Attempt {
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

pub(super) mod role {
    use super::{Attempt, Cx};

    pub(in super::super) async fn attempt(cx: Cx<'_>, profile: &str) -> Attempt {
        if cx.profiles.get(profile).contains_key("web_identity_token_file") {
            return super::of_profile(cx, profile, &[], "role without `web_identity_token_file`");
        }
        super::of_profile(cx, profile, &["role_arn"], "`role_arn`")
    }
}

pub(super) mod web_identity {
    use super::{Attempt, Cx};

    pub(in super::super) async fn attempt(cx: Cx<'_>, profile: &str, variables: bool) -> Attempt {
        let variable = variables.then(|| super::of_variable(cx, "AWS_WEB_IDENTITY_TOKEN_FILE"));
        let key = "web_identity_token_file";
        let of_profile = || super::of_profile(cx, profile, &[key], "`web_identity_token_file`");
        variable.flatten().unwrap_or_else(of_profile)
    }
}

pub(super) mod sso {
    use super::{Attempt, Cx};

    pub(in super::super) async fn attempt(cx: Cx<'_>, profile: &str) -> Attempt {
        super::of_profile(cx, profile, &["sso_account_id", "sso_role_name"], "`sso_account_id`")
    }
}

pub(super) mod container {
    use super::{Attempt, Cx, Outcome};

    pub(in super::super) async fn attempt(cx: Cx<'_>) -> Attempt {
        let relative = super::of_variable(cx, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        let full = || super::of_variable(cx, "AWS_CONTAINER_CREDENTIALS_FULL_URI");
        relative.or_else(full).unwrap_or_else(|| {
            Outcome::passed("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not set, nor …_FULL_URI")
        })
    }
}

pub(super) mod instance {
    use super::{Attempt, Cx, FEATURE, Outcome};

    pub(in super::super) async fn attempt(_: Cx<'_>) -> Attempt {
        Outcome::passed(format!("this build does not ask for it: {FEATURE}"))
    }
}
