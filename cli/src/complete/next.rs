//! What may come next on the line, as clap knows the commands; what is behind `call` is known by the
//! operation's spec.

use super::values::values;
use crate::call::{Suggestion, suggest};
use clap::{Arg, ArgAction, Command, Id};

/// The command that words name, and what they give it.
pub(super) struct Given<'w> {
    pub(super) command: &'w Command,
    /// The arguments that are there, and their values
    pub(super) arguments: Vec<(&'w Arg, Option<&'w str>)>,
}

impl<'w> Given<'w> {
    /// The values of an argument.
    pub(super) fn values(&self, id: &str) -> Vec<&'w str> {
        let named = self.arguments.iter().filter(|(arg, _)| arg.get_id() == id);
        named.filter_map(|(_, value)| *value).collect()
    }

    fn has(&self, id: &Id) -> bool {
        self.arguments.iter().any(|(arg, _)| arg.get_id() == id)
    }

    /// The argument without a name that the next word is a value of.
    fn position(&self) -> Option<&'w Arg> {
        let is_open = |arg: &&Arg| {
            let most = arg.get_num_args().map_or(1, |range| range.max_values());
            self.values(arg.get_id().as_str()).len() < most
        };
        self.command.get_positionals().filter(|arg| !arg.is_hide_set()).find(is_open)
    }

    /// Whether it may be given as well, or once more.
    fn may_have(&self, arg: &Arg) -> bool {
        let conflicts = |one: &Arg, other: &Arg| {
            let those = self.command.get_arg_conflicts_with(one);
            those.iter().any(|it| it.get_id() == other.get_id())
        };
        let mut there = self.arguments.iter().map(|(there, _)| *there);
        let is_repeated = matches!(arg.get_action(), ArgAction::Append);
        !arg.is_hide_set()
            && (is_repeated || !self.has(arg.get_id()))
            && !there.any(|there| conflicts(arg, there) || conflicts(there, arg))
    }

    fn options(&self) -> Vec<Suggestion> {
        let options = self.command.get_arguments().filter(|arg| self.may_have(arg));
        let option = |arg: &Arg| {
            let about = arg.get_help().map(ToString::to_string);
            Some(Suggestion::new(format!("--{}", arg.get_long()?), about))
        };
        options.filter_map(option).collect()
    }
}

/// What may stand in the place of the last of the words, and begins as it does.
pub(super) fn next(words: &[String], whole: &Command) -> Vec<Suggestion> {
    let Some((last, before)) = words.split_last() else { return Vec::new() };
    // Only a built one has `help`, and options of clap's own.
    let mut whole = whole.clone();
    whole.build();
    let mut given = Given { command: &whole, arguments: Vec::new() };
    let mut due = None;
    let mut is_behind = false;
    for (index, word) in before.iter().enumerate() {
        if let Some(arg) = due.take() {
            given.arguments.push((arg, Some(word)));
        } else if word == "--" && !is_behind {
            is_behind = true;
        } else if let Some((arg, value)) = option(given.command, word).filter(|_| !is_behind) {
            match value {
                None if arg.get_action().takes_values() => due = Some(arg),
                value => given.arguments.push((arg, value)),
            }
        } else if let Some(command) = given.command.find_subcommand(word) {
            if index == 0 && command.get_name() == "call" {
                return suggest(words.get(1..).unwrap_or_default());
            }
            given = Given { command, arguments: Vec::new() };
        } else if let Some(arg) = given.position() {
            given.arguments.push((arg, Some(word)));
        }
    }
    if let Some(arg) = due {
        return begun(values(&given, arg, last), last);
    }
    if let Some((option, value)) = last.split_once('=').filter(|(it, _)| it.starts_with("--")) {
        let Some((arg, _)) = self::option(given.command, option) else { return Vec::new() };
        let mut found = begun(values(&given, arg, value), value);
        for suggestion in &mut found {
            suggestion.text = format!("{option}={}", suggestion.text);
        }
        return found;
    }
    if last.starts_with('-') && !is_behind {
        return begun(given.options(), last);
    }
    let commands = given.command.get_subcommands().filter(|command| !command.is_hide_set());
    let commands = commands.map(|command| {
        let about = command.get_about().map(ToString::to_string);
        Suggestion::new(command.get_name(), about)
    });
    let values = given.position().map(|arg| values(&given, arg, last)).unwrap_or_default();
    begun(commands.chain(values).collect(), last)
}

/// The option that a word is, with the value that may be in it.
fn option<'w>(command: &'w Command, word: &'w str) -> Option<(&'w Arg, Option<&'w str>)> {
    if let Some(name) = word.strip_prefix("--") {
        let (name, value) = match name.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (name, None),
        };
        return Some((command.get_arguments().find(|arg| arg.get_long() == Some(name))?, value));
    }
    let letter = word.strip_prefix('-')?.chars().next()?;
    Some((command.get_arguments().find(|arg| arg.get_short() == Some(letter))?, None))
}

/// Those that begin as a word does; codes are known in small letters, too.
fn begun(mut suggestions: Vec<Suggestion>, word: &str) -> Vec<Suggestion> {
    suggestions.retain(|it| {
        it.text.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
    });
    suggestions
}
