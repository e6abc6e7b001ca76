//! The functions, and what they take.

use crate::Function;

/// A function as the language has it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Known {
    /// Its name
    pub name: &'static str,
    /// What it is
    pub function: Function,
    /// The types of its arguments; of each the types that fit, or none for any
    pub arguments: &'static [&'static [&'static str]],
    /// There may be more arguments like the last one.
    pub more: bool,
    /// Specs may have it, too
    pub in_specs: bool,
}

const fn known(
    name: &'static str,
    function: Function,
    arguments: &'static [&'static [&'static str]],
) -> Known {
    Known { name, function, arguments, more: false, in_specs: false }
}

const fn in_specs(known: Known) -> Known {
    Known { in_specs: true, ..known }
}

const fn with_more(known: Known) -> Known {
    Known { more: true, ..known }
}

const ANY: &[&str] = &[];
const ARRAY: &[&str] = &["array"];
const EXPRESSION: &[&str] = &["expref"];
const NUMBER: &[&str] = &["number"];
const NUMBERS: &[&str] = &["array-number"];
const OBJECT: &[&str] = &["object"];
const STRING: &[&str] = &["string"];

impl Function {
    /// All of them, those that specs may have first. The signatures are those of jmespath.py's
    /// `functions.py`.
    pub const ALL: &[Known] = &[
        in_specs(known("length", Self::Length, &[&["string", "array", "object"]])),
        in_specs(known("contains", Self::Contains, &[&["array", "string"], ANY])),
        in_specs(known("keys", Self::Keys, &[OBJECT])),
        in_specs(known("values", Self::Values, &[OBJECT])),
        in_specs(known("starts_with", Self::StartsWith, &[STRING, STRING])),
        in_specs(known("ends_with", Self::EndsWith, &[STRING, STRING])),
        in_specs(with_more(known("not_null", Self::NotNull, &[ANY]))),
        known("abs", Self::Abs, &[NUMBER]),
        known("avg", Self::Avg, &[NUMBERS]),
        known("ceil", Self::Ceil, &[NUMBER]),
        known("floor", Self::Floor, &[NUMBER]),
        known("join", Self::Join, &[STRING, &["array-string"]]),
        known("map", Self::Map, &[EXPRESSION, ARRAY]),
        known("max", Self::Max, &[&["array-number", "array-string"]]),
        known("max_by", Self::MaxBy, &[ARRAY, EXPRESSION]),
        with_more(known("merge", Self::Merge, &[OBJECT])),
        known("min", Self::Min, &[&["array-number", "array-string"]]),
        known("min_by", Self::MinBy, &[ARRAY, EXPRESSION]),
        known("reverse", Self::Reverse, &[&["array", "string"]]),
        known("sort", Self::Sort, &[&["array-string", "array-number"]]),
        known("sort_by", Self::SortBy, &[ARRAY, EXPRESSION]),
        known("sum", Self::Sum, &[NUMBERS]),
        known("to_array", Self::ToArray, &[ANY]),
        known("to_number", Self::ToNumber, &[ANY]),
        known("to_string", Self::ToString, &[ANY]),
        known("type", Self::Type, &[ANY]),
    ];

    /// What the language says of it.
    pub fn known(self) -> &'static Known {
        // All are there, which a test shows.
        Self::ALL.iter().find(|known| known.function == self).unwrap_or(&Self::ALL[0])
    }
}
