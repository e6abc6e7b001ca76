//! What an input is again once a request is made of it, since a call may be made anew: elsewhere, for
//! the next page, or by a waiter.

use crate::client::dialect::Cx;
use crate::value::{Slot, Structure, Value, View};

/// The members of an input that dialects may change.
pub(super) struct Kept {
    absent: Vec<usize>,
    texts: Vec<(usize, String)>,
}

impl Kept {
    pub(super) fn of(cx: Cx<'_>, input: &dyn Structure) -> Self {
        let (schema, members) = input.split();
        let mut kept = Self { absent: Vec::new(), texts: Vec::new() };
        // Only what is done in code for a service changes what is there.
        let may_change = !cx.service.traits.is_empty()
            || cx.operation.traits.as_deref().is_some_and(|traits| !traits.named.is_empty());
        for index in 0..schema.members.len() {
            match members.member(index).map(Value::view) {
                None | Some(View::Absent) => kept.absent.push(index),
                Some(View::String(text)) if may_change => kept.texts.push((index, text.to_owned())),
                Some(_) => {}
            }
        }
        kept
    }

    pub(super) fn restore(&self, input: &mut dyn Structure) {
        let (_, members) = input.split_mut();
        for index in &self.absent {
            if let Some(value) = members.member_mut(*index) {
                value.clear();
            }
        }
        for (index, text) in &self.texts {
            if let Some(value) = members.member_mut(*index)
                && let Slot::String(place) = value.slot()
            {
                text.clone_into(place);
            }
        }
    }
}
