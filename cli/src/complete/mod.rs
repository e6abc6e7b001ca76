//! `typefoundry complete SHELL`: the script that a shell asks for completions with, and the answers.

mod bash;
mod next;
mod values;

use crate::call::Suggestion;
use crate::exit::Failure;
use crate::output::print;
use clap::{Arg, ArgAction, ArgMatches, Command};
use next::next;
pub(crate) use values::known;

/// Shells that there are scripts for.
const SHELLS: [(&str, &str); 3] = [
    ("bash", include_str!("typefoundry.bash")),
    ("zsh", include_str!("typefoundry.zsh")),
    ("fish", include_str!("typefoundry.fish")),
];

pub(crate) fn command() -> Command {
    Command::new("complete")
        .about("Prints a script that completes words in bash, zsh or fish")
        .arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(SHELLS.map(|(name, _)| name))
                .help("Whose script; bash reads it by `source <(typefoundry complete bash)`"),
        )
        .arg(
            Arg::new("line")
                .long("line")
                .hide(true)
                .allow_hyphen_values(true)
                .help("The line up to the cursor"),
        )
        .arg(
            Arg::new("words")
                .last(true)
                .num_args(0..)
                .action(ArgAction::Append)
                .hide(true)
                .help("The words up to the cursor"),
        )
}

/// `whole` is the command line of this program.
pub(crate) fn run(arguments: &ArgMatches, whole: &Command) -> Result<u8, Failure> {
    let shell = arguments.get_one::<String>("shell").map_or("", String::as_str);
    if let Some(line) = arguments.get_one::<String>("line") {
        let line = bash::Line::read(line);
        let behind = line.words.get(1..).unwrap_or_default();
        let told = suggestions(behind, whole)
            .into_iter()
            .filter_map(|suggestion| Some(line.rest(&suggestion.text)? + "\n"));
        print(&told.collect::<String>())?;
        return Ok(0);
    }
    if let Some(words) = arguments.get_many::<String>("words") {
        let words: Vec<String> = words.cloned().collect();
        let told = suggestions(&words, whole).into_iter().map(|suggestion| {
            let about = suggestion.about.unwrap_or_default();
            let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
            match shell {
                "zsh" if about.is_empty() => format!("{}\n", escaped(&suggestion.text)),
                "zsh" => format!("{}:{about}\n", escaped(&suggestion.text)),
                _ => format!("{}\t{about}\n", suggestion.text),
            }
        });
        print(&told.collect::<String>())?;
        return Ok(0);
    }
    let script = SHELLS.iter().find(|(name, _)| *name == shell).map_or("", |(_, script)| script);
    print(script)?;
    Ok(0)
}

/// zsh's `_describe` takes what is behind a colon for the description.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(':', "\\:")
}

/// What may stand in the place of the last word, and can stand on a line.
fn suggestions(words: &[String], whole: &Command) -> Vec<Suggestion> {
    let mut suggestions = next(words, whole);
    suggestions.retain(|it| !it.text.contains(char::is_control));
    suggestions
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_colon_is_no_end_for_zsh() {
        assert_eq!(escaped(r"aws:kms\x"), r"aws\:kms\\x");
    }
}
