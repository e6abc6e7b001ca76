//! What is kept of the words of a call: never a secret.

use super::arguments::GLOBALS;
use super::arguments::parser::{Other, Parser, Spec};
use super::arguments::simple::{self, SIMPLE};
use super::arguments::table::{Purpose, Table};
use super::choose::{self, Choice, Chosen};
use super::customs::{self, Part};
use typefoundry::auth::secrets::{has_signed_url, is_credential};
use typefoundry_spec::Member;

#[cfg(test)]
mod tests;

/// Options that say how the words come about.
const ASIDE: &[&str] = &["cli-auto-prompt", "no-cli-auto-prompt"];

/// The words as a line to call again, without the options whose values are secret or may hold
/// secrets: whoever takes the line back is asked for them. Nothing if not every word is understood,
/// for then it is not known what is secret.
pub(crate) fn remembered(words: &[String]) -> Option<String> {
    let Choice::Call(chosen) = choose::choose(words.to_vec()).ok()? else { return None };
    let Chosen { model, operation, alias, .. } = *chosen;
    let table = Table::new(&model, model.find_operation(&operation)?, alias, true);
    let mut specs = table.specs.clone();
    for global in GLOBALS {
        if table.specs.iter().any(|own| own.name == global.name) {
            // It depends on where it stands.
            if words.iter().any(|word| word.starts_with(&format!("--{}", global.name))) {
                return None;
            }
            continue;
        }
        let spec = Spec::new(global.name, global.arity).of(global.form);
        specs.push(Spec { abbreviates: !global.ours, ..spec });
    }
    let parsed = Parser::new(&specs).parse(words, usize::MAX).ok()?;
    let (mut globals, mut places, mut own) = (Vec::new(), Vec::new(), Vec::new());
    for other in parsed.others {
        match other {
            Other::Word(word) if word != "--" => places.push(word),
            _ => return None,
        }
    }
    for given in &parsed.given {
        let name = &*specs.get(given.option)?.name;
        let entry = table.entries.get(given.option);
        let secret = match entry {
            Some(entry) => is_secret(&table, entry.purpose, &given.values),
            None => name == "endpoint-url" && given.values.iter().any(|url| url.contains('@')),
        };
        if secret || ASIDE.contains(&name) || given.values.iter().any(|it| has_signed_url(it)) {
            continue;
        }
        let into = if entry.is_some() { &mut own } else { &mut globals };
        match &given.values[..] {
            // It would be an option of its own.
            [value] if value.starts_with('-') => into.push(format!("--{name}={value}")),
            values => {
                into.push(format!("--{name}"));
                into.extend(values.iter().cloned());
            }
        }
    }
    // Whatever takes several words stands behind those that it might take.
    let line = globals.iter().chain(&places).chain(&own).map(String::as_str);
    shlex::try_join(line).ok()
}

/// Whether the values of an option are secret. What is in a file stays there.
fn is_secret(table: &Table<'_>, purpose: Purpose, values: &[String]) -> bool {
    if values.iter().all(|it| it.starts_with("file://") || it.starts_with("fileb://")) {
        return false;
    }
    let holds = |member: &Member| {
        table.model.holds_secrets(member)
            || is_credential(&member.name)
            || is_credential(member.wire.as_deref().unwrap_or_default())
    };
    match purpose {
        Purpose::Member(index) => table.member(index).is_some_and(holds),
        Purpose::InputJson | Purpose::InputYaml => table.operation.input.iter().any(holds),
        Purpose::Simple(place) => {
            SIMPLE.get(place).is_some_and(|it| it.part == simple::Part::BundleSecret)
        }
        Purpose::Custom(custom) => match custom.part {
            Part::Put(path, _) => {
                customs::member(table.model, table.operation, path).is_some_and(holds)
            }
            _ => false,
        },
        // The rest are flags, numbers and tokens of pages.
        _ => false,
    }
}
