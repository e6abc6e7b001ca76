//! The environment, as something that a test can stand in for.

use std::collections::BTreeMap;
use std::fmt;

/// Where configuration is read from.
pub trait Environment: fmt::Debug + Send + Sync {
    /// A variable; nothing if it is not set, empty or not Unicode.
    fn var(&self, name: &str) -> Option<String>;
}

/// The environment of the process.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProcessEnvironment;

impl Environment for ProcessEnvironment {
    fn var(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }
}

/// A fixed set of variables.
impl<const N: usize> Environment for [(&'static str, &'static str); N] {
    fn var(&self, name: &str) -> Option<String> {
        let value = self.iter().find(|(key, _)| *key == name)?.1;
        (!value.is_empty()).then(|| value.to_owned())
    }
}

/// A set of variables.
impl Environment for BTreeMap<String, String> {
    fn var(&self, name: &str) -> Option<String> {
        self.get(name).filter(|value| !value.is_empty()).cloned()
    }
}
