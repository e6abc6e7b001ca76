//! Clones of models, made along the schema.

use super::{Active, Empty, List, Map, Record, Slot, Structure, Union, Value, View};

/// A structure with the same members.
#[doc(hidden)]
#[inline]
pub fn record<T: Record>(from: &T) -> T {
    let mut copy = T::blank();
    structure(&mut copy, from);
    copy
}

/// A union with the same member.
#[doc(hidden)]
#[inline]
pub fn union<T: Union + Empty>(from: &T) -> T {
    let mut copy = T::empty();
    active(&mut copy, from);
    copy
}

fn structure(to: &mut dyn Structure, from: &dyn Structure) {
    let mut index = 0;
    while let (Some(to), Some(from)) = (to.member_mut(index), from.member(index)) {
        value(to, from);
        index += 1;
    }
}

fn active(to: &mut dyn Union, from: &dyn Union) {
    match from.active().1 {
        Some(Active::Member(index, from)) => {
            if let Some(to) = to.activate(index) {
                value(to, from);
            }
        }
        Some(Active::Unknown(member)) => to.set_unknown(member.clone()),
        None => {}
    }
}

/// Fills an empty value with what is in another of its type.
fn value(to: &mut dyn Value, from: &dyn Value) {
    match from.view() {
        // An empty value is that already, and a slot would make it something.
        View::Absent => {}
        View::Null => {
            to.set_null();
        }
        view => fill(to.slot(), view),
    }
}

fn fill(to: Slot<'_>, from: View<'_>) {
    match (to, from) {
        (Slot::Bool(to), View::Bool(from)) => *to = from,
        (Slot::Integer(to), View::Integer(from)) => *to = from,
        (Slot::Long(to), View::Long(from)) => *to = from,
        (Slot::Float(to), View::Float(from)) => *to = from,
        (Slot::Double(to), View::Double(from)) => *to = from,
        (Slot::String(to), View::String(from)) => to.push_str(from),
        (Slot::Enum(to), View::String(from)) => to.set(from),
        (Slot::Blob(to), View::Blob(from)) => *to = from.into(),
        (Slot::Timestamp(to), View::Timestamp(from)) => *to = from,
        (Slot::Document(to), View::Document(from)) => *to = from.clone(),
        (Slot::Structure(to), View::Structure(from)) => structure(to, from),
        (Slot::Union(to), View::Union(from)) => active(to, from),
        (Slot::List(to), View::List(from)) => list(to, from),
        (Slot::Map(to), View::Map(from)) => map(to, from),
        // Two values of one type are of one kind.
        _ => {}
    }
}

fn list(to: &mut dyn List, from: &dyn List) {
    for from in (0..from.len()).filter_map(|index| from.item(index)) {
        value(to.push(), from);
    }
}

fn map(to: &mut dyn Map, from: &dyn Map) {
    for (key, from) in (0..from.len()).filter_map(|index| from.entry(index)) {
        value(to.insert(key), from);
    }
}

#[cfg(test)]
mod tests {
    use crate::value::{Nullable, UnknownMember, UnknownValue};
    use crate::{Blob, Document, Map, Model, Timestamp};

    #[derive(Model)]
    #[model(crate = crate)]
    struct Herd {
        owner: String,
        size: i32,
        weight: Option<f64>,
        photo: Option<Blob>,
        since: Option<Timestamp>,
        notes: Option<Document>,
        parent: Option<Box<Herd>>,
        colour: Option<Colour>,
        kinds: Option<Vec<Kind>>,
        names: Option<Vec<Option<String>>>,
        counts: Option<Map<Colour, i64>>,
        vet: Nullable<String>,
    }

    #[derive(Model)]
    #[model(crate = crate)]
    enum Colour {
        Red,
        #[model(unknown)]
        Unknown(UnknownValue),
    }

    #[derive(Model)]
    #[model(crate = crate)]
    enum Kind {
        Name(String),
        Herd(Box<Herd>),
        #[model(unknown)]
        Unknown(UnknownMember),
    }

    fn empty() -> Herd {
        Herd {
            owner: String::new(),
            size: 0,
            weight: None,
            photo: None,
            since: None,
            notes: None,
            parent: None,
            colour: None,
            kinds: None,
            names: None,
            counts: None,
            vet: Nullable::Absent,
        }
    }

    fn full() -> Herd {
        let unknown = UnknownMember::new("Wings", "json", b"1");
        Herd {
            owner: "Ann".to_owned(),
            size: 7,
            weight: Some(-0.5),
            photo: Some(Blob::from("jpeg")),
            since: Some(Timestamp::UNIX_EPOCH),
            notes: Some(Document::from_json(br#"{"a":[1,null]}"#).expect("it is JSON")),
            parent: Some(Box::new(Herd { owner: "Bea".to_owned(), ..empty() })),
            colour: Some(Colour::Red),
            kinds: Some(vec![
                Kind::Name("cow".to_owned()),
                Kind::Herd(Box::new(empty())),
                Kind::Unknown(unknown),
                Kind::Unknown(UnknownMember::new("", "", &[])),
            ]),
            names: Some(vec![Some("Rosa".to_owned()), None, Some(String::new())]),
            counts: Some([(Colour::from("blue"), 1), (Colour::Red, 2)].into_iter().collect()),
            vet: Nullable::Value("Cy".to_owned()),
        }
    }

    #[test]
    fn a_clone_is_the_same() {
        let herds = [
            empty(),
            full(),
            Herd { vet: Nullable::Null, notes: Some(Document::Null), ..empty() },
            Herd { weight: Some(0.0), photo: Some(Blob::default()), ..empty() },
            Herd { kinds: Some(Vec::new()), names: Some(vec![None]), ..empty() },
            Herd { counts: Some(Map::default()), colour: Some(Colour::from("")), ..empty() },
            Herd { parent: Some(Box::new(full())), ..full() },
        ];
        for (index, herd) in herds.iter().enumerate() {
            for (other, clone) in herds.iter().map(Clone::clone).enumerate() {
                assert_eq!(*herd == clone, index == other, "{herd:?} and {clone:?}");
            }
        }
    }

    #[test]
    fn what_is_cloned_keeps_its_order_and_its_bits() {
        let herd = Herd { weight: Some(f64::from_bits(0x7ff8_0000_0000_0001)), ..full() };
        let clone = herd.clone();
        assert_eq!(clone.weight.map(f64::to_bits), herd.weight.map(f64::to_bits));
        let keys = |herd: &Herd| herd.counts.iter().flatten().map(|(key, _)| key.clone()).collect();
        let (one, other): (Vec<Colour>, Vec<Colour>) = (keys(&clone), keys(&herd));
        assert_eq!(one, other);
    }
}
