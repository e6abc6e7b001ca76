//! The words so far, and what is due behind them.

use crate::call::arguments::GLOBALS;
use crate::call::arguments::Global;
use crate::call::arguments::parser::Arity;
use crate::specs;
use std::path::Path;

/// What is due.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'w> {
    Provider,
    /// A service of this provider
    Service(&'w str),
    /// A service in this folder
    Within(&'w str),
    Operation,
    Waiter,
    /// What comes behind an operation
    Rest,
    /// The value of this option, in front of an operation
    Value(&'static Global),
}

/// The words so far.
#[derive(Debug)]
pub(super) struct Walk<'w> {
    /// Those that are no options and no values of theirs, up to the operation or waiter
    positions: Vec<&'w str>,
    spec: Option<&'w str>,
    /// Whether that is a folder of many
    many: bool,
    used: Vec<String>,
    /// What is behind the operation or waiter
    rest: &'w [String],
    pending: Option<&'static Global>,
}

impl<'w> Walk<'w> {
    pub(super) fn new(words: &'w [String]) -> Self {
        let mut walk = Self {
            positions: Vec::new(),
            spec: None,
            many: false,
            used: Vec::new(),
            rest: &[],
            pending: None,
        };
        for (index, word) in words.iter().enumerate() {
            if walk.is_whole() {
                walk.rest = words.get(index..).unwrap_or_default();
                break;
            }
            if let Some(option) = walk.pending.take() {
                walk.take(option, word);
            } else if let Some(name) = word.strip_prefix("--") {
                let (name, value) =
                    name.split_once('=').map_or((name, None), |(name, value)| (name, Some(value)));
                let known = GLOBALS.iter().find(|global| global.name == name);
                walk.used.push(format!("--{name}"));
                match (known, value) {
                    (Some(global), Some(value)) => walk.take(global, value),
                    (Some(global), None) if global.arity != Arity::None => {
                        walk.pending = Some(global);
                    }
                    _ => {}
                }
            } else {
                walk.positions.push(word);
            }
        }
        walk
    }

    fn take(&mut self, option: &Global, value: &'w str) {
        if option.name == "spec" {
            self.spec = Some(value);
            self.many = specs::within(Path::new(value)).is_some();
        }
    }

    /// How many words stand in front of the operation.
    fn ahead(&self) -> usize {
        match self.spec {
            Some(_) => usize::from(self.many),
            None => 2,
        }
    }

    pub(super) fn is_wait(&self) -> bool {
        self.positions.get(self.ahead()) == Some(&"wait")
    }

    fn is_whole(&self) -> bool {
        self.positions.len() > self.ahead() + usize::from(self.is_wait())
    }

    pub(super) fn place(&self) -> Place<'w> {
        if let Some(option) = self.pending {
            return Place::Value(option);
        }
        match (self.positions.as_slice(), self.spec) {
            _ if self.is_whole() => Place::Rest,
            _ if self.is_wait() => Place::Waiter,
            ([], None) => Place::Provider,
            ([provider], None) => Place::Service(provider),
            ([], Some(folder)) if self.many => Place::Within(folder),
            _ => Place::Operation,
        }
    }

    pub(super) fn spec(&self) -> Option<&'w str> {
        self.spec
    }

    /// The word for a service in a folder of many
    pub(super) fn within(&self) -> Option<&'w str> {
        self.positions.first().copied().filter(|_| self.many)
    }

    pub(super) fn service(&self) -> Option<(&'w str, &'w str)> {
        Some((self.positions.first()?, self.positions.get(1)?))
    }

    /// The operation or waiter, and what is behind it.
    pub(super) fn rest(&self) -> Option<(&'w str, &'w [String])> {
        let name = self.positions.last().filter(|_| self.is_whole())?;
        Some((name, self.rest))
    }

    /// The options in front of the operation.
    pub(super) fn used(&self) -> Vec<String> {
        self.used.clone()
    }
}
