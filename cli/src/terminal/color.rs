//! Whether there are colours.

use std::io::IsTerminal;

/// `--color`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Color {
    On,
    Off,
    /// On a terminal
    #[default]
    Auto,
}

impl Color {
    /// By its name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "on" => Self::On,
            "off" => Self::Off,
            "auto" => Self::Auto,
            _ => return None,
        })
    }

    /// Whether what goes to the output has colours.
    pub(crate) fn on_output(self) -> bool {
        match self {
            Self::On => true,
            Self::Off => false,
            Self::Auto => std::io::stdout().is_terminal(),
        }
    }
}
