//! The options that every call has: v2's `data/cli.json`, and a few of our own.

use super::numbers;
use super::parser::{Arity, Form, Other, Parser, Spec};
use crate::call::output::Format;
use crate::call::settings::{Binary, Limit, Prompt, Settings};
use crate::exit::{Failure, GENERAL, USAGE};
use crate::terminal::Color;
use std::borrow::Cow;
use std::time::Duration;

/// An option of every call.
#[derive(Clone, Copy, Debug)]
pub(in crate::call) struct Global {
    pub(in crate::call) name: &'static str,
    pub(in crate::call) arity: Arity,
    pub(in crate::call) form: Form,
    /// Not one of the AWS CLI's. It must not get in the way of a member's option.
    pub(in crate::call) ours: bool,
    pub(in crate::call) help: &'static str,
    set: Set,
}

/// What an option sets.
type Set = fn(&mut Words, &str);

/// What the words in front of and among an operation's own come to.
#[derive(Clone, Debug, Default)]
pub(in crate::call) struct Words {
    pub(in crate::call) settings: Settings,
    /// `--spec`
    pub(in crate::call) spec: Option<String>,
    /// `--version`
    pub(in crate::call) version: bool,
    /// What is no global option, in order
    pub(in crate::call) others: Vec<Other>,
    failure: Option<(u8, String)>,
}

const fn flag(name: &'static str, help: &'static str, set: Set) -> Global {
    Global { name, arity: Arity::None, form: Form::Text, ours: false, help, set }
}

const fn value(name: &'static str, help: &'static str, set: Set) -> Global {
    Global { name, arity: Arity::One, form: Form::Text, ours: false, help, set }
}

const fn one_of(
    name: &'static str,
    choices: &'static [&'static str],
    help: &'static str,
    set: Set,
) -> Global {
    Global { name, arity: Arity::One, form: Form::OneOf(choices), ours: false, help, set }
}

const fn ours(global: Global) -> Global {
    Global { ours: true, ..global }
}

/// In the order of v2's documentation, ours behind.
pub(in crate::call) static GLOBALS: &[Global] = &[
    flag("debug", "Show what goes over the wire, without secrets", |words, _| {
        words.settings.debug = true;
    }),
    value("endpoint-url", "The base URL in place of the service's", |words, url| {
        words.settings.endpoint = Some(url.to_owned());
    }),
    flag("no-verify-ssl", "Do not verify the certificates of servers", |words, _| {
        words.settings.network.unverified = true;
    }),
    flag("no-paginate", "Only the first page", |words, _| words.settings.paging.off = true),
    one_of("output", &Format::NAMES, "The form of the output", |words, name| {
        words.settings.output = Some(name.to_owned());
    }),
    value("query", "A JMESPath expression that picks what is put out", |words, query| {
        words.settings.query = Some(query.to_owned());
    }),
    value("profile", "The profile in the configuration files of the provider", |words, name| {
        words.settings.profile = Some(name.to_owned());
    }),
    value("region", "The region", |words, name| words.settings.region = Some(name.to_owned())),
    flag("version", "Show the version", |words, _| words.version = true),
    one_of("color", &["on", "off", "auto"], "Whether the output has colours", |words, name| {
        words.settings.color = Color::named(name).unwrap_or_default();
    }),
    flag("no-sign-request", "Do not sign the request", |words, _| words.settings.unsigned = true),
    value("ca-bundle", "A file of certificates to verify servers with", |words, path| {
        words.settings.network.ca_bundle = Some(path.to_owned());
    }),
    value(
        "cli-read-timeout",
        "How many seconds nothing may come; 0 for no limit, 60 if not said",
        |words, value| words.settings.network.read_timeout = words.limit(value),
    ),
    value(
        "cli-connect-timeout",
        "How many seconds a connection may take; 0 for no limit, 60 if not said",
        |words, value| words.settings.network.connect_timeout = words.limit(value),
    ),
    one_of(
        "cli-binary-format",
        &["base64", "raw-in-base64-out"],
        "What the text of a blob in the input is",
        |words, name| {
            let raw = name == "raw-in-base64-out";
            words.settings.binary = Some(if raw { Binary::Raw } else { Binary::Base64 });
        },
    ),
    flag("no-cli-pager", "Do not page the output", |words, _| words.settings.no_pager = true),
    flag("cli-auto-prompt", "Ask for what is left out", |words, _| words.prompt(Prompt::On)),
    flag("no-cli-auto-prompt", "Do not ask for what is left out", |words, _| {
        words.prompt(Prompt::Off);
    }),
    one_of(
        "cli-error-format",
        &["legacy", "json", "yaml", "text", "table", "enhanced"],
        "The form of errors",
        |words, name| words.settings.error_format = Some(name.to_owned()),
    ),
    ours(flag(
        "paginate",
        "All pages, also where the importer infers what leads to the next",
        |words, _| words.settings.paging.all = true,
    )),
    ours(flag("mock", "Answer in this process, with the spec's examples", |words, _| {
        words.settings.mock = true;
    })),
    ours(value(
        "spec",
        "A spec or model to call, or a folder of them, in place of PROVIDER SERVICE",
        |words, path| {
            words.spec = Some(path.to_owned());
        },
    )),
];

/// The name of an option of every call, ours left out.
pub(in crate::call) fn is_global(name: &str) -> bool {
    GLOBALS.iter().any(|global| !global.ours && global.name == name)
}

impl Words {
    /// Takes the global options out of words, up to and with the word number `most` that is none.
    /// Gives how many words that were. Options with a name that is `reserved` are not global.
    pub(in crate::call) fn take(
        &mut self,
        words: &[String],
        reserved: &[Cow<'static, str>],
        most: usize,
    ) -> Result<usize, Failure> {
        let is_there =
            |global: &&Global| !global.ours || !reserved.iter().any(|it| it == global.name);
        let known: Vec<&Global> = GLOBALS.iter().filter(is_there).collect();
        let spec = |global: &&Global| Spec {
            // A part of one of ours may be a part of a member's.
            abbreviates: !global.ours,
            ..Spec::new(global.name, global.arity).of(global.form)
        };
        let table: Vec<Spec> = known.iter().map(spec).collect();
        let parsed = Parser { table: &table, reserved }.parse(words, most)?;
        for given in parsed.given {
            if let Some(global) = known.get(given.option) {
                (global.set)(self, given.values.first().map_or("", |value| value));
            }
        }
        self.others.extend(parsed.others);
        Ok(parsed.end)
    }

    /// What v2's `customizations/globalargs.py` and `clidriver.py` check when all is read.
    pub(in crate::call) fn check(&self) -> Result<(), Failure> {
        if let Some((code, message)) = &self.failure {
            return Err(Failure::new(*code, message.clone()));
        }
        if let Some(url) = &self.settings.endpoint
            && !has_scheme(url)
        {
            let message = format!(
                "Bad value for --endpoint-url \"{url}\": scheme is missing.  Must be of the form \
                 http://<hostname>/ or https://<hostname>/"
            );
            return Err(Failure::new(USAGE, message));
        }
        Ok(())
    }

    fn limit(&mut self, text: &str) -> Option<Limit> {
        let Some(seconds) = numbers::integer(text) else {
            self.failure.get_or_insert_with(|| (GENERAL, numbers::no_integer(text)));
            return None;
        };
        if seconds < 0 {
            let message = "a time limit cannot be negative; 0 is none";
            self.failure.get_or_insert_with(|| (GENERAL, message.to_owned()));
            return None;
        }
        let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
        // What no clock can count to is no limit.
        let never = seconds == 0 || seconds > u64::from(u32::MAX);
        Some(if never { Limit::Never } else { Limit::After(Duration::from_secs(seconds)) })
    }

    fn prompt(&mut self, prompt: Prompt) {
        if self.settings.prompt != Prompt::Unsaid && self.settings.prompt != prompt {
            let message = "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at \
                           the same time.";
            self.failure.get_or_insert_with(|| (USAGE, message.to_owned()));
        }
        self.settings.prompt = prompt;
    }
}

/// Whether Python's `urlparse` finds a scheme.
fn has_scheme(url: &str) -> bool {
    let is_scheme = |scheme: &str| {
        let mut bytes = scheme.bytes();
        bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    url.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}
