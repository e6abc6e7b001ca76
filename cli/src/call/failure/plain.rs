//! Failures that the AWS CLI has a sentence for, which scripts look for: it stands on a line of its own,
//! and what else is known behind it. Their words are those of botocore's `exceptions.py`.

use super::causes;
use crate::call::debug;
use typefoundry::dynamic::Api;
use typefoundry::transport::{Timeout, TransportErrorKind};
use typefoundry::{Error, ErrorKind};

/// How the runtime calls a profile that a flag has chosen, and how it is to be called here.
const CHOSEN: (&str, &str) = ("chosen in code", "named by --profile");

fn is_aws(api: &Api) -> bool {
    api.model().service.provider() == "aws"
}

/// No region, or one that is none.
pub(super) fn region(error: &Error, api: &Api) -> String {
    let message = error.message().unwrap_or_default();
    if !message.starts_with("no region is configured") {
        return format!("{message}\nname one with --region");
    }
    if is_aws(api) {
        return "You must specify a region. You can also configure your region by running \"aws \
                configure\".\nname one with --region, or set AWS_REGION"
            .to_owned();
    }
    "You must specify a region.\nname one with --region, or set NCLOUD_REGION for ncp".to_owned()
}

/// No credentials, or some that are broken.
pub(super) fn credentials(error: &Error, api: &Api) -> String {
    let message = error.message().unwrap_or_default().replace(CHOSEN.0, CHOSEN.1);
    let place = "set them up, try the call with --mock, or send it without a signature with \
                 --no-sign-request";
    let Some(tried) = message.strip_prefix("unable to locate credentials; these were") else {
        return format!("{message}\n{place}");
    };
    let more = if is_aws(api) {
        " You can configure credentials by running \"aws configure\"."
    } else {
        ""
    };
    format!("Unable to locate credentials.{more}\nThese were{tried}\n{place}")
}

/// A profile that is not there, or whatever else is not set up.
pub(super) fn configuration(message: &str, api: &Api) -> String {
    let message = message.replace(CHOSEN.0, CHOSEN.1);
    let absent = message.strip_prefix("there is no profile `").filter(|_| is_aws(api));
    match absent.and_then(|rest| rest.split_once("` in ")) {
        Some((name, _)) => {
            format!("The config profile ({name}) could not be found\n{message}")
        }
        None => message,
    }
}

/// No answer; nothing if there is no sentence for why. What lies behind it, `--debug` shows.
pub(super) fn transport(error: &Error, api: &Api) -> Option<String> {
    if error.kind() != ErrorKind::Transport {
        return None;
    }
    let operation = error.operation().and_then(|name| api.operation(name));
    let url = debug::shown_uri(api, operation, error.url()?);
    Some(match (error.transport()?, error.timeout()) {
        (_, Some(Timeout::Connect)) => format!("Connect timeout on endpoint URL: \"{url}\""),
        (_, Some(Timeout::Read)) => format!("Read timeout on endpoint URL: \"{url}\""),
        (TransportErrorKind::Connect, None) => {
            format!("Could not connect to the endpoint URL: \"{url}\"")
        }
        (TransportErrorKind::Tls, None) => {
            let why = causes(error).pop().unwrap_or_default();
            format!("SSL validation failed for {url} {why}")
        }
        _ => return None,
    })
}
