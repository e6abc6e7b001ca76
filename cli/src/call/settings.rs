//! What the global options ask for.

use crate::terminal::Color;
use std::time::Duration;

/// The global options of a call. What is not said is for the configuration, or has a default.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "an option is given or not")]
pub(super) struct Settings {
    /// `--output`: the name of a format
    pub(super) output: Option<String>,
    /// `--query`: a JMESPath expression
    pub(super) query: Option<String>,
    pub(super) color: Color,
    /// `--no-cli-pager`
    pub(super) no_pager: bool,
    /// `--cli-error-format`
    pub(super) error_format: Option<String>,
    pub(super) paging: Paging,
    pub(super) network: Network,
    pub(super) profile: Option<String>,
    pub(super) region: Option<String>,
    pub(super) endpoint: Option<String>,
    /// `--no-sign-request`
    pub(super) unsigned: bool,
    /// `--cli-binary-format`
    pub(super) binary: Option<Binary>,
    pub(super) debug: bool,
    /// `--mock`
    pub(super) mock: bool,
    pub(super) prompt: Prompt,
}

/// Whether a person is asked for what is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Prompt {
    /// `--cli-auto-prompt`
    On,
    /// `--no-cli-auto-prompt`
    Off,
    /// As the configuration has it
    #[default]
    Unsaid,
}

/// How an operation's pages are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paging {
    /// `--no-paginate`, or the caller pages by hand
    pub(super) off: bool,
    /// `--paginate`: also where the provider's own data declares no pages
    pub(super) all: bool,
    /// `--starting-token`
    pub(super) starting_token: Option<String>,
    /// `--page-size`
    pub(super) page_size: Option<String>,
    /// `--max-items`
    pub(super) max_items: Option<i128>,
}

/// How a service is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Network {
    /// `--no-verify-ssl`
    pub(super) unverified: bool,
    /// `--ca-bundle`
    pub(super) ca_bundle: Option<String>,
    /// `--cli-read-timeout`
    pub(super) read_timeout: Option<Limit>,
    /// `--cli-connect-timeout`
    pub(super) connect_timeout: Option<Limit>,
}

/// A time limit, or that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    Never,
    After(Duration),
}

/// What the text of a blob in the input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Base64,
    Raw,
}

/// Whether what differs between the AWS CLI's versions is as in its first.
pub(super) fn is_v1() -> bool {
    std::env::var_os("TYPEFOUNDRY_CLI_COMPAT").is_some_and(|version| version == "v1")
}
