//! The options of an operation: one per input member, and the global ones.

use clap::{Arg, ArgAction, Command};
use std::collections::BTreeSet;
use typefoundry::dynamic::Api;
use typefoundry_spec::{Kind, Member, Operation};

#[cfg(test)]
mod tests;

/// The name of an option or operation: `stageArn` becomes `stage-arn`.
pub(super) fn kebab(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (index, c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| chars.get(index));
        let behind = chars.get(index + 1);
        let boundary = c.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_ascii_digit()
                    || before.is_uppercase() && behind.is_some_and(|behind| behind.is_lowercase())
            });
        // `ARNs` is one word.
        let plural = behind == Some(&'s')
            && index + 2 == chars.len()
            && before.is_some_and(|before| before.is_uppercase());
        if boundary && !plural {
            out.push('-');
        }
        out.extend(c.to_lowercase().map(|c| if c == '_' || c == ' ' { '-' } else { c }));
    }
    out
}

/// The options of an operation.
pub(super) struct Options<'a> {
    operation: &'a Operation,
    members: Vec<MemberOption<'a>>,
}

/// The option that sets an input member.
pub(super) struct MemberOption<'a> {
    pub(super) member: &'a Member,
    /// Without the dashes
    pub(super) name: String,
    kind: &'a Kind,
    docs: &'a str,
}

impl<'a> Options<'a> {
    /// Names are given in the order of the spec. A member whose name is taken by a global option
    /// or by another member has `input-` in front; were that taken too, the member is left to
    /// `--cli-input-json`.
    pub(super) fn new(api: &'a Api, operation: &'a Operation) -> Self {
        let mut taken: BTreeSet<String> =
            global().iter().filter_map(|arg| arg.get_long().map(str::to_owned)).collect();
        taken.insert("help".to_owned());
        let mut members = Vec::new();
        for member in &operation.input {
            let shape = api.model().shape(member.target);
            let kind = &shape.kind;
            let plain = kebab(&member.name);
            let prefixed = format!("input-{plain}");
            let free = [plain, prefixed].into_iter().find(|name| {
                let negative =
                    matches!(kind, Kind::Boolean) && taken.contains(&format!("no-{name}"));
                !taken.contains(name) && !negative
            });
            let Some(name) = free else { continue };
            if let Kind::Boolean = kind {
                taken.insert(format!("no-{name}"));
            }
            taken.insert(name.clone());
            let docs = member.docs.as_deref().or(shape.docs.as_deref()).unwrap_or_default();
            members.push(MemberOption { member, name, kind, docs });
        }
        Self { operation, members }
    }

    /// The operation
    pub(super) fn operation(&self) -> &'a Operation {
        self.operation
    }

    /// The options of the members, in the order of the spec.
    pub(super) fn members(&self) -> &[MemberOption<'a>] {
        &self.members
    }

    /// The parser. `command` is what stands in front of the options.
    pub(super) fn command(&self, command: &str) -> Command {
        let mut parser = Command::new("call")
            .bin_name(command)
            .override_usage(format!("{command} [OPTIONS]"))
            .about(self.operation.docs.clone().unwrap_or_default())
            .infer_long_args(true)
            .args_override_self(true);
        for option in &self.members {
            parser = parser.args(option.args());
        }
        parser.args(global())
    }
}

impl MemberOption<'_> {
    /// Members and global options must not meet, so members have a prefix of their own.
    pub(super) fn id(&self) -> String {
        id(&self.member.name)
    }

    /// As the user writes it.
    pub(super) fn dashed(&self) -> String {
        format!("--{}", self.name)
    }

    fn args(&self) -> Vec<Arg> {
        let Self { member, name, kind, docs } = self;
        let required = if member.required { " [required]" } else { "" };
        let help = format!("{docs} ({}){required}", form(kind));
        let arg = Arg::new(self.id()).long(name.clone()).help(help.trim().to_owned());
        match kind {
            Kind::Boolean => {
                let no = Arg::new(format!("no-{}", self.id()))
                    .long(format!("no-{name}"))
                    .action(ArgAction::SetTrue)
                    .overrides_with(self.id())
                    .help(format!("The opposite of --{name}"));
                vec![arg.action(ArgAction::SetTrue).overrides_with(format!("no-{}", self.id())), no]
            }
            Kind::List(_) => {
                vec![arg.num_args(0..).allow_negative_numbers(true).value_name("VALUE")]
            }
            // A value that begins with a dash is written `--name=-value`. Were it taken otherwise,
            // an option whose value was forgotten would swallow the next one.
            _ => vec![arg.num_args(1).allow_negative_numbers(true).value_name("VALUE")],
        }
    }
}

/// How a value is written.
fn form(kind: &Kind) -> String {
    match kind {
        Kind::Enum(values) => {
            let names: Vec<_> = values.iter().map(|value| value.value.as_str()).collect();
            format!("such as {}", names.join(", "))
        }
        Kind::Blob => "blob, as base64".to_owned(),
        Kind::List(_) => "list, as words or JSON".to_owned(),
        Kind::Map(_) | Kind::Structure { .. } | Kind::Union { .. } | Kind::Document => {
            format!("{}, as JSON", kind.word())
        }
        _ => kind.word().to_owned(),
    }
}

/// The parser's name for a member's option.
pub(super) fn id(member: &str) -> String {
    format!("member:{member}")
}

fn global() -> Vec<Arg> {
    let value = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name("VALUE").help(help).help_heading("Global options")
    };
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(help)
            .help_heading("Global options")
    };
    vec![
        value(
            "cli-input-json",
            "The input as JSON, or file://PATH; an option replaces what it says",
        ),
        value("endpoint-url", "The base URL in place of the service's"),
        value("region", "The region"),
        value("profile", "The profile in the configuration files of the provider"),
        value("output", "The form of the output").value_parser(["json"]).default_value("json"),
        flag("no-sign-request", "Do not sign the request"),
        flag("no-paginate", "Only the first page"),
        flag("paginate", "All pages, also where the provider's own data declares none"),
        flag("debug", "Show what goes over the wire, without secrets"),
        flag("mock", "Answer in this process, with the spec's examples"),
    ]
}
