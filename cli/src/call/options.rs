//! The options of an operation: one per input member, and the global ones.

use clap::{Arg, ArgAction, Command};
use typefoundry::dynamic::Api;
use typefoundry_spec::{Kind, Member, Operation};

/// The name of an option or operation: `stageArn` becomes `stage-arn`.
pub(crate) fn kebab(name: &str) -> String {
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

/// The parser of an operation's options.
pub(super) fn command(api: &Api, operation: &Operation) -> Command {
    let mut command = Command::new("call")
        .about(operation.docs.clone().unwrap_or_default())
        .no_binary_name(false)
        .infer_long_args(true)
        .args_override_self(true);
    for member in &operation.input {
        command = command.args(member_options(api, member));
    }
    command.args(global())
}

fn member_options(api: &Api, member: &Member) -> Vec<Arg> {
    let name = kebab(&member.name);
    let shape = api.model().shape(member.target);
    let docs = member.docs.clone().or_else(|| shape.docs.clone()).unwrap_or_default();
    let required = if member.required { " [required]" } else { "" };
    let help = format!("{docs} ({}){required}", shape.kind.word());
    let arg = Arg::new(id(member)).long(name.clone()).help(help);
    match shape.kind {
        Kind::Boolean => {
            let no = Arg::new(format!("no-{}", id(member)))
                .long(format!("no-{name}"))
                .action(ArgAction::SetTrue)
                .overrides_with(id(member))
                .help(format!("The opposite of --{name}"));
            vec![arg.action(ArgAction::SetTrue).overrides_with(format!("no-{}", id(member))), no]
        }
        Kind::List(_) => vec![arg.num_args(0..).value_name("VALUE")],
        _ => vec![arg.num_args(1).allow_hyphen_values(true).value_name("VALUE")],
    }
}

/// Members and global options must not meet, so members have a prefix of their own.
pub(super) fn id(member: &Member) -> String {
    format!("member:{}", member.name)
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
        value("cli-input-json", "The input as JSON, or file://PATH; options go before it"),
        value("endpoint-url", "The base URL in place of the service's"),
        value("region", "The region"),
        value("output", "The form of the output").value_parser(["json"]).default_value("json"),
        flag("no-sign-request", "Do not sign the request"),
        flag("no-paginate", "Only the first page"),
        flag("paginate", "All pages, also where the provider's own data declares none"),
        flag("debug", "Show what goes over the wire, without secrets"),
        flag("mock", "Answer in this process, with the spec's examples"),
    ]
}
