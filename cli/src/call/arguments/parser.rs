//! Words behind a command, taken apart as Python's `argparse` does it for the AWS CLI.

use super::mistake::Mistake;
use crate::call::similar;
use std::borrow::Cow;
use typefoundry_jmespath::Value;

/// An option that a parser knows.
#[derive(Clone, Debug)]
pub(in crate::call) struct Spec {
    /// Without the dashes
    pub(in crate::call) name: Cow<'static, str>,
    pub(in crate::call) arity: Arity,
    pub(in crate::call) form: Form,
    /// Whether a part of the name that no other option begins with is enough.
    pub(in crate::call) abbreviates: bool,
}

impl Spec {
    pub(in crate::call) fn new(name: impl Into<Cow<'static, str>>, arity: Arity) -> Self {
        Self { name: name.into(), arity, form: Form::Text, abbreviates: true }
    }

    pub(in crate::call) fn of(mut self, form: Form) -> Self {
        self.form = form;
        self
    }
}

/// How many values an option has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::call) enum Arity {
    None,
    One,
    /// None, or one
    Maybe,
    Many,
}

/// What a value is checked for at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::call) enum Form {
    Text,
    Integer,
    Float,
    OneOf(&'static [&'static str]),
}

/// An option that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::call) struct Given {
    /// Its place in the table
    pub(in crate::call) option: usize,
    pub(in crate::call) values: Vec<String>,
}

/// A word that is part of no known option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::call) enum Other {
    Option(String),
    Word(String),
}

impl Other {
    pub(in crate::call) fn into_word(self) -> String {
        match self {
            Self::Option(word) | Self::Word(word) => word,
        }
    }
}

/// What the words are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::call) struct Parsed {
    /// In the order in which they were given
    pub(in crate::call) given: Vec<Given>,
    pub(in crate::call) others: Vec<Other>,
    /// Where the parser stopped
    pub(in crate::call) end: usize,
}

/// What a word is.
enum Found<'w> {
    Option(usize, Option<&'w str>),
    Unknown,
    Word,
}

/// A table of options, and names in it that belong to others.
#[derive(Clone, Copy, Debug)]
pub(in crate::call) struct Parser<'p> {
    pub(in crate::call) table: &'p [Spec],
    /// Options of somebody else: they are not taken for the beginning of one of ours.
    pub(in crate::call) reserved: &'p [Cow<'static, str>],
}

impl<'p> Parser<'p> {
    pub(in crate::call) fn new(table: &'p [Spec]) -> Self {
        Self { table, reserved: &[] }
    }

    /// Takes words apart, up to and with the word number `most` that is part of no option.
    pub(in crate::call) fn parse(&self, words: &[String], most: usize) -> Result<Parsed, Mistake> {
        let mut parsed = Parsed::default();
        let mut count = 0;
        let mut index = 0;
        while let Some(word) = words.get(index) {
            index += 1;
            if word == "--" {
                // What is behind it is no option. Whoever reads on has to see that as well.
                parsed.others.extend(words[index - 1..].iter().cloned().map(Other::Word));
                index = words.len();
                break;
            }
            match self.find(word)? {
                Found::Option(option, joined) => {
                    let values = match joined {
                        Some(value) => self.joined(option, value)?,
                        None => self.values(option, &words[index..])?,
                    };
                    index += if joined.is_some() { 0 } else { values.len() };
                    self.check(option, &values)?;
                    parsed.given.push(Given { option, values });
                }
                Found::Unknown => parsed.others.push(Other::Option(word.clone())),
                Found::Word => {
                    parsed.others.push(Other::Word(word.clone()));
                    count += 1;
                    if count == most {
                        break;
                    }
                }
            }
        }
        parsed.end = index;
        Ok(parsed)
    }

    /// `argparse`'s `_parse_optional`.
    fn find<'w>(&self, word: &'w str) -> Result<Found<'w>, Mistake> {
        if !word.starts_with('-') || word.len() == 1 {
            return Ok(Found::Word);
        }
        let (name, value) = match word.strip_prefix("--") {
            Some(rest) => match rest.split_once('=') {
                Some((name, value)) => (Some(name), Some(value)),
                None => (Some(rest), None),
            },
            None => (None, None),
        };
        if let Some(name) = name {
            if let Some(option) = self.table.iter().position(|option| option.name == name) {
                return Ok(Found::Option(option, value));
            }
            if self.reserved.iter().any(|reserved| reserved == name) {
                return Ok(Found::Unknown);
            }
            let begun = self
                .table
                .iter()
                .enumerate()
                .filter(|(_, option)| option.abbreviates && option.name.starts_with(name));
            let begun: Vec<(usize, &Spec)> = begun.collect();
            match &begun[..] {
                [] => {}
                [(option, _)] => return Ok(Found::Option(*option, value)),
                several => {
                    let names: Vec<_> =
                        several.iter().map(|(_, option)| format!("--{}", option.name)).collect();
                    return Err(Mistake::new(format!(
                        "ambiguous option: {word} could match {}",
                        names.join(", ")
                    )));
                }
            }
        }
        Ok(if is_negative_number(word) || word.contains(' ') {
            Found::Word
        } else {
            Found::Unknown
        })
    }

    /// The value behind `=`.
    fn joined(&self, option: usize, value: &str) -> Result<Vec<String>, Mistake> {
        if self.table[option].arity == Arity::None {
            let value = python_quoted(value);
            return Err(self.wrong(option, &format!("ignored explicit argument {value}")));
        }
        Ok(vec![value.to_owned()])
    }

    /// The values in the words behind an option.
    fn values(&self, option: usize, behind: &[String]) -> Result<Vec<String>, Mistake> {
        let most = match self.table[option].arity {
            Arity::None => 0,
            Arity::One | Arity::Maybe => 1,
            Arity::Many => usize::MAX,
        };
        let mut values = Vec::new();
        for word in behind.iter().take(most) {
            match self.find(word) {
                Ok(Found::Word) if word != "--" => values.push(word.clone()),
                // The next option has its own turn, and its own mistakes.
                _ => break,
            }
        }
        if values.is_empty() && self.table[option].arity == Arity::One {
            return Err(self.wrong(option, "expected one argument"));
        }
        Ok(values)
    }

    fn check(&self, option: usize, values: &[String]) -> Result<(), Mistake> {
        for value in values {
            match self.table[option].form {
                Form::Text => {}
                Form::Integer => {
                    if !super::numbers::is_integer(value) {
                        let reason = format!("invalid int value: {}", python_quoted(value));
                        return Err(self.wrong(option, &reason));
                    }
                }
                Form::Float => {
                    if super::numbers::float(value).is_none() {
                        let reason = format!("invalid float value: {}", python_quoted(value));
                        return Err(self.wrong(option, &reason));
                    }
                }
                Form::OneOf(choices) => {
                    if !choices.contains(&&**value) {
                        let reason = choice(value, choices.iter().copied());
                        return Err(self.wrong(option, &reason));
                    }
                }
            }
        }
        Ok(())
    }

    fn wrong(&self, option: usize, reason: &str) -> Mistake {
        Mistake::new(format!("argument --{}: {reason}", self.table[option].name))
    }
}

/// What is said to a word that is none of the choices (v2's `argparser.py`).
pub(in crate::call) fn choice<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    let hint = similar::hint(word, names);
    format!("Found invalid choice '{word}'\n{hint}")
}

/// The expression `^-\d+$|^-\d*\.\d+$`.
fn is_negative_number(word: &str) -> bool {
    let Some(number) = word.strip_prefix('-') else { return false };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match number.split_once('.') {
        Some((whole, fraction)) => digits(whole) && !fraction.is_empty() && digits(fraction),
        None => !number.is_empty() && digits(number),
    }
}

/// Text in quotes, as Python's `repr` has it.
pub(in crate::call) fn python_quoted(text: &str) -> String {
    Value::from(text).repr()
}
