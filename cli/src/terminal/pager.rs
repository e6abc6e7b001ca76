//! The program that shows a long output screen by screen.

use std::io::{self, IsTerminal};
use std::process::{Child, Command, Stdio};

/// Options of `less` where the environment has none: it ends by itself where all fits, keeps colours,
/// and leaves the text on the screen (`OutputStreamFactory` of the AWS CLI's `utils.py`).
const LESS: &str = "FRX";
#[cfg(windows)]
const DEFAULT: &str = "more";
#[cfg(not(windows))]
const DEFAULT: &str = "less";

/// A pager that may be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pager {
    words: Vec<String>,
}

impl Pager {
    /// The pager that is set up, where `setting` is what the profile says: `AWS_PAGER` goes before `cli_pager` of the profile and `PAGER`, and
    /// an empty one turns it off. There is none where the output is no terminal.
    pub(crate) fn set_up(setting: impl Fn(&str) -> Option<String>) -> Option<Self> {
        if !std::io::stdout().is_terminal() {
            return None;
        }
        // A variable that is there and empty is an answer, too.
        let variable = |name: &str| std::env::var(name).ok();
        Self::configured(variable, || setting("cli_pager"))
    }

    fn configured(
        variable: impl Fn(&str) -> Option<String>,
        setting: impl Fn() -> Option<String>,
    ) -> Option<Self> {
        let command = variable("AWS_PAGER")
            .or_else(setting)
            .or_else(|| variable("PAGER"))
            .unwrap_or_else(|| DEFAULT.to_owned());
        let words = shlex::split(&command).unwrap_or_else(|| vec![command]);
        (!words.is_empty()).then_some(Self { words })
    }

    pub(super) fn start(&self) -> io::Result<Child> {
        let Some((program, arguments)) = self.words.split_first() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped());
        if std::env::var_os("LESS").is_none() {
            command.env("LESS", LESS);
        }
        command.spawn()
    }

    pub(super) fn program(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT, Pager};

    /// The variables, the setting of the profile, and the words of the pager.
    type Case =
        (&'static [(&'static str, &'static str)], Option<&'static str>, &'static [&'static str]);

    #[test]
    fn the_first_that_is_said_counts() {
        let cases: [Case; 6] = [
            (&[], None, &[DEFAULT]),
            (&[("PAGER", "most -x")], None, &["most", "-x"]),
            (&[("PAGER", "most")], Some("from config"), &["from", "config"]),
            (&[("PAGER", "most"), ("AWS_PAGER", "less '-R x'")], Some("c"), &["less", "-R x"]),
            (&[("PAGER", "most"), ("AWS_PAGER", "")], Some("c"), &[]),
            (&[("PAGER", "most")], Some(""), &[]),
        ];
        for (variables, setting, expected) in cases {
            let variable = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            let pager = Pager::configured(variable, || setting.map(str::to_owned));
            let words = pager.map(|pager| pager.words).unwrap_or_default();
            assert_eq!(words, expected, "{variables:?} {setting:?}");
        }
    }
}
