//! Whether a person is asked for the words of a call.

use super::arguments::Words;
use super::profile::Profile;
use super::settings::Prompt;
use crate::prompt;

/// When a person is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Off,
    On,
    /// When the words are not enough for a call, or wrong
    Partial,
}

/// The option goes before `AWS_CLI_AUTO_PROMPT`, and that before `cli_auto_prompt` of the profile (v2's
/// `autoprompt/core.py`). These two are for a person: where there is none, nobody is asked.
pub(super) fn mode(words: &[String]) -> Mode {
    let mut said = Words::default();
    // What is wrong with the words, whoever calls says.
    if said.take(words, &[], usize::MAX).is_err() || said.check().is_err() || said.version {
        return Mode::Off;
    }
    let asks_for_help = |word: &String| matches!(&**word, "help" | "--help" | "-h");
    if words.iter().any(asks_for_help) {
        return Mode::Off;
    }
    match said.settings.prompt {
        Prompt::On => return Mode::On,
        Prompt::Off => return Mode::Off,
        Prompt::Unsaid if !prompt::is_possible() => return Mode::Off,
        Prompt::Unsaid => {}
    }
    let variable = std::env::var("AWS_CLI_AUTO_PROMPT").ok().filter(|value| !value.is_empty());
    let mode = variable.or_else(|| Profile::of(&said.settings).setting("cli_auto_prompt"));
    match mode.unwrap_or_default().to_ascii_lowercase().as_str() {
        "on" => Mode::On,
        "on-partial" => Mode::Partial,
        _ => Mode::Off,
    }
}

/// The words without the option that asks for the prompt.
pub(super) fn without_option(words: Vec<String>) -> Vec<String> {
    words.into_iter().filter(|word| !is_option(word)).collect()
}

/// A part of the option's name is enough.
fn is_option(word: &str) -> bool {
    word.len() >= "--cli-a".len() && "--cli-auto-prompt".starts_with(word)
}
