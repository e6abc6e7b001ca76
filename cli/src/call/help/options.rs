//! The options of an operation, and those of every call.

use super::page::Page;
use super::syntax::{self, word};
use super::tree;
use crate::call::arguments::GLOBALS;
use crate::call::arguments::parser::{Arity, Form, Spec};
use crate::call::arguments::simple::SIMPLE;
use crate::call::arguments::table::{Entry, Purpose, Table};
use crate::call::events::go_to_file;
use typefoundry_spec::Kind;

/// An option as a synopsis shows it.
fn usage(spec: &Spec) -> String {
    let value = match spec.arity {
        Arity::None => "",
        Arity::One => " <value>",
        Arity::Maybe => " [<value>]",
        Arity::Many => " <value>...",
    };
    format!("--{}{value}", spec.name)
}

/// An option that is shown, and its opposite behind it, if it has one.
struct Shown<'t> {
    spec: &'t Spec,
    entry: &'t Entry,
    opposite: Option<&'t Spec>,
}

fn shown<'t>(table: &'t Table<'_>) -> Vec<Shown<'t>> {
    let mut shown: Vec<Shown<'t>> = Vec::new();
    for (spec, entry) in table.specs.iter().zip(&table.entries).filter(|(_, it)| !it.hidden) {
        if let (Purpose::Bool(_, false) | Purpose::Pulled(_, false), Some(last)) =
            (entry.purpose, shown.last_mut())
        {
            last.opposite = Some(spec);
            continue;
        }
        shown.push(Shown { spec, entry, opposite: None });
    }
    shown
}

/// The command with its options, required ones first.
pub(super) fn synopsis(page: &mut Page, table: &Table<'_>, command: &str) {
    page.verbatim(1, command);
    let (required, optional): (Vec<_>, Vec<_>) =
        shown(table).into_iter().partition(|it| it.entry.required);
    for option in required {
        page.verbatim(2, &usage(option.spec));
    }
    for option in optional {
        let opposite = option.opposite.map_or(String::new(), |it| format!(" | {}", usage(it)));
        page.verbatim(2, &format!("[{}{opposite}]", usage(option.spec)));
    }
    for global in GLOBALS {
        let spec = Spec::new(global.name, global.arity).of(global.form);
        page.verbatim(2, &format!("[{}]", usage(&spec)));
    }
    if table.outfile {
        page.verbatim(2, "<outfile>");
    }
}

/// What each option is.
pub(super) fn describe(page: &mut Page, table: &Table<'_>) {
    for option in shown(table) {
        let name = format!("--{}", option.spec.name);
        match option.entry.purpose {
            Purpose::Member(index) | Purpose::Bool(index, _) | Purpose::Pulled(index, _) => {
                member(page, table, &option, index);
            }
            purpose => {
                let required = if option.entry.required { " [required]" } else { "" };
                page.term(1, &format!("{name} ({}){required}", kind(option.spec)));
                page.text(2, own(purpose));
                if let Form::OneOf(choices) = option.spec.form {
                    page.text(2, &format!("One of {}.", choices.join(", ")));
                }
            }
        }
        page.gap();
    }
    if table.outfile {
        page.term(1, "outfile (string)");
        let records = go_to_file(table.model, table.operation);
        let what = if records { "selected records go to" } else { "answer's body goes to" };
        page.text(2, &format!("The file that the {what}."));
    }
}

fn own(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::StartingToken => "Where to go on: the NextToken of an answer.",
        Purpose::PageSize => {
            "How many items each answer of the service has. It does not change how many are put \
             out; smaller pages keep a call that takes long from being cut off."
        }
        Purpose::MaxItems => {
            "How many items to put out at most. If there are more, the answer has a NextToken for \
             --starting-token."
        }
        Purpose::InputJson => {
            "The whole input as JSON, or file://PATH; other options replace what it says. \
             --generate-cli-skeleton shows its form."
        }
        Purpose::InputYaml => "The same as YAML.",
        Purpose::Simple(place) => SIMPLE.get(place).map_or("", |it| it.docs),
        Purpose::Custom(custom) => custom.docs,
        Purpose::Skeleton => "Shows an input or an output, and calls nothing.",
        Purpose::Member(_) | Purpose::Bool(..) | Purpose::Pulled(..) => "",
    }
}

fn kind(spec: &Spec) -> &'static str {
    match (spec.arity, spec.form) {
        (Arity::None, _) => "boolean",
        (_, Form::Integer) => "integer",
        (_, Form::Float) => "float",
        _ => "string",
    }
}

fn member(page: &mut Page, table: &Table<'_>, option: &Shown<'_>, index: usize) {
    let Some(member) = table.member(index) else { return };
    let (model, target) = (table.model, member.target);
    let shape = model.shape(target);
    let opposite = option.opposite.map_or(String::new(), |it| format!(" | --{}", it.name));
    let is_pulled = matches!(option.entry.purpose, Purpose::Pulled(..));
    let kind = if is_pulled { "boolean" } else { word(shape) };
    let required = if option.entry.required { " [required]" } else { "" };
    page.term(1, &format!("--{}{opposite} ({kind}){required}", option.spec.name));
    page.docs(2, member.docs.as_deref().or(shape.docs.as_deref()));
    if is_pulled {
        return;
    }
    tree::limits(page, shape, 2);
    match &shape.kind {
        Kind::Blob if shape.streaming.is_some() => {
            page.gap_behind_text();
            page.text(2, "The path of a file.");
        }
        Kind::Blob => {
            page.gap_behind_text();
            page.text(2, "As base64, or fileb://PATH for what is in a file.");
        }
        _ => {}
    }
    tree::inside(page, model, target, 2);
    if let Some(shorthand) = syntax::shorthand(model, target) {
        code(page, "Shorthand syntax:", &shorthand);
    }
    match &shape.kind {
        Kind::List(list) if model.shape(list.item.target).kind.is_scalar() => {
            let word = match word(model.shape(list.item.target)) {
                "string" => "\"string\"",
                word => word,
            };
            code(page, "Syntax:", &format!("{word} {word} ..."));
        }
        kind if !kind.is_scalar() => code(page, "JSON syntax:", &syntax::json(model, target)),
        _ => {}
    }
}

fn code(page: &mut Page, title: &str, text: &str) {
    page.gap();
    page.text(2, title);
    page.gap();
    page.verbatim(3, text);
}

/// The options of every call.
pub(super) fn globals(page: &mut Page) {
    page.heading("GLOBAL OPTIONS");
    for global in GLOBALS {
        let spec = Spec::new(global.name, global.arity).of(global.form);
        page.term(1, &format!("--{} ({})", global.name, kind(&spec)));
        match global.form {
            Form::OneOf(choices) => {
                page.text(2, &format!("{}: {}.", global.help, choices.join(", ")));
            }
            _ => page.text(2, &format!("{}.", global.help)),
        }
        page.gap();
    }
}
