//! Whether two models are the same.

use super::{Active, List, Map, Record, Structure, Union, Value, View};

/// Whether two structures of one type have the same members.
#[doc(hidden)]
#[inline]
pub fn records<T: Record>(a: &T, b: &T) -> bool {
    structures(a, b)
}

fn structures(a: &dyn Structure, b: &dyn Structure) -> bool {
    let mut index = 0;
    loop {
        match (a.member(index), b.member(index)) {
            (Some(a), Some(b)) if values(a, b) => index += 1,
            (None, None) => return true,
            _ => return false,
        }
    }
}

/// Whether two unions of one type have the same member.
#[doc(hidden)]
pub fn unions(a: &dyn Union, b: &dyn Union) -> bool {
    match (a.active().1, b.active().1) {
        (Some(Active::Member(a, left)), Some(Active::Member(b, right))) => {
            a == b && values(left, right)
        }
        (Some(Active::Unknown(a)), Some(Active::Unknown(b))) => a == b,
        (a, b) => a.is_none() && b.is_none(),
    }
}

#[expect(clippy::float_cmp, reason = "the same number, not one that is near it")]
fn values(a: &dyn Value, b: &dyn Value) -> bool {
    match (a.view(), b.view()) {
        (View::Absent, View::Absent) | (View::Null, View::Null) => true,
        (View::Bool(a), View::Bool(b)) => a == b,
        (View::Integer(a), View::Integer(b)) => a == b,
        (View::Long(a), View::Long(b)) => a == b,
        (View::Float(a), View::Float(b)) => a == b,
        (View::Double(a), View::Double(b)) => a == b,
        (View::String(a), View::String(b)) => a == b,
        (View::Blob(a), View::Blob(b)) => a == b,
        (View::Timestamp(a), View::Timestamp(b)) => a == b,
        (View::Document(a), View::Document(b)) => a == b,
        (View::Structure(a), View::Structure(b)) => structures(a, b),
        (View::Union(a), View::Union(b)) => unions(a, b),
        (View::List(a), View::List(b)) => lists(a, b),
        (View::Map(a), View::Map(b)) => maps(a, b),
        _ => false,
    }
}

fn lists(a: &dyn List, b: &dyn List) -> bool {
    let same = |index| match (a.item(index), b.item(index)) {
        (Some(a), Some(b)) => values(a, b),
        _ => false,
    };
    a.len() == b.len() && (0..a.len()).all(same)
}

/// In whatever order they are.
fn maps(a: &dyn Map, b: &dyn Map) -> bool {
    let same = |index| {
        let Some((key, value)) = a.entry(index) else { return false };
        // Mostly at the same place.
        let places = std::iter::once(index).chain(0..b.len());
        let mut entries = places.filter_map(|place| b.entry(place));
        entries.find(|(other, _)| *other == key).is_some_and(|(_, other)| values(value, other))
    };
    a.len() == b.len() && (0..a.len()).all(same)
}

#[cfg(test)]
mod tests {
    use crate::value::UnknownMember;
    use crate::{Map, Model};

    #[derive(Model)]
    #[model(crate = crate)]
    struct Herd {
        owner: Option<String>,
        weight: Option<f64>,
        tags: Option<Map<String, String>>,
        kinds: Option<Vec<Kind>>,
    }

    #[derive(Model)]
    #[model(crate = crate)]
    enum Kind {
        Name(String),
        Legs(i32),
        #[model(unknown)]
        Unknown(UnknownMember),
    }

    fn tags(tags: &[(&str, &str)]) -> Herd {
        let tags = tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Herd { tags: Some(tags.collect()), ..Herd::default() }
    }

    #[test]
    fn what_differs_anywhere_is_not_the_same() {
        let kinds = |kinds: &[Kind]| Herd { kinds: Some(kinds.to_vec()), ..Herd::default() };
        let unknown = |raw: &[u8]| Kind::Unknown(UnknownMember::new("Wings", "json", raw));
        let different = [
            Herd::default(),
            Herd { owner: Some(String::new()), ..Herd::default() },
            Herd { owner: Some("b".to_owned()), ..Herd::default() },
            Herd { weight: Some(1.5), ..Herd::default() },
            tags(&[]),
            tags(&[("a", "1"), ("b", "2")]),
            tags(&[("a", "2"), ("b", "1")]),
            tags(&[("a", "1"), ("c", "2")]),
            kinds(&[]),
            kinds(&[Kind::Legs(4)]),
            kinds(&[Kind::Legs(6)]),
            kinds(&[Kind::Legs(4), Kind::Legs(4)]),
            kinds(&[Kind::Name("cow".to_owned())]),
            kinds(&[unknown(b"1")]),
            kinds(&[unknown(b"2")]),
        ];
        for (a, one) in different.iter().enumerate() {
            for (b, other) in different.iter().enumerate() {
                assert_eq!(one == other, a == b, "{one:?} and {other:?}");
            }
        }
    }

    #[test]
    fn maps_are_the_same_in_any_order() {
        assert_eq!(tags(&[("a", "1"), ("b", "2")]), tags(&[("b", "2"), ("a", "1")]));
    }

    #[test]
    fn what_is_no_number_differs_from_itself() {
        let herd = Herd { weight: Some(f64::NAN), ..Herd::default() };
        assert_ne!(herd, herd.clone());
    }
}
