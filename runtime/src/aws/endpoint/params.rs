//! The values that rules are asked with.

use std::borrow::Cow;

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// True or false
    Bool(bool),
    /// Text
    Text(Cow<'a, str>),
    /// Many texts
    List(Vec<Cow<'a, str>>),
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Vec<Cow<'a, str>>> for Value<'a> {
    fn from(texts: Vec<Cow<'a, str>>) -> Self {
        Self::List(texts)
    }
}

/// Values by the name of the parameter.
///
/// There are few, so they stand in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params<'a>(Vec<(Cow<'a, str>, Value<'a>)>);

impl<'a> Params<'a> {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// With a value, in place of one that is there.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Value<'a>>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a value, in place of one that is there.
    pub fn set(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Value<'a>>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, place)) => *place = value,
            None => self.0.push((name, value)),
        }
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.0.iter().find_map(|(known, value)| (known == name).then_some(value))
    }

    /// The names that have values.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| &**name)
    }
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text
    Text,
    /// True or false
    Bool,
    /// Many texts
    List,
}

impl Kind {
    pub(super) fn expects(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Bool => "true or false",
            Self::List => "a list of texts",
        }
    }

    pub(super) fn takes(self, value: &Value<'_>) -> bool {
        matches!(
            (self, value),
            (Self::Text, Value::Text(_))
                | (Self::Bool, Value::Bool(_))
                | (Self::List, Value::List(_))
        )
    }
}

/// A parameter that a rule set knows.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its name
    pub name: String,
    /// Its type
    pub kind: Kind,
    /// It must have a value.
    pub required: bool,
    /// The value that it has where none is given.
    pub default: Option<Value<'static>>,
    /// The setting of the client that it stands for, such as `AWS::Region`; empty if none.
    pub built_in: String,
    /// Whether any rule looks at it.
    pub used: bool,
}
