//! What can be waited for, made of a spec's model.

use super::tables::text;
use crate::schema::{Acceptor, Expected, Matcher, WaiterSchema, WaiterState, Which};
use typefoundry_spec as spec;

pub(super) fn table(waiter: &spec::Waiter) -> WaiterSchema {
    let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    WaiterSchema {
        name: text(&waiter.name),
        delay: number(waiter.delay),
        max_delay: waiter.max_delay.map_or(0, number),
        attempts: waiter.attempts.map_or(0, number),
        acceptors: waiter.acceptors.iter().filter_map(acceptor).collect(),
    }
}

/// Nothing, if it compares with what the checks refuse.
fn acceptor(acceptor: &spec::Acceptor) -> Option<Acceptor> {
    let state = match acceptor.state {
        spec::AcceptorState::Success => WaiterState::Success,
        spec::AcceptorState::Retry => WaiterState::Retry,
        spec::AcceptorState::Failure => WaiterState::Failure,
    };
    let expected = match &acceptor.expected {
        spec::Json::String(value) => Some(Expected::Text(text(value))),
        spec::Json::Bool(value) => Some(Expected::Bool(*value)),
        _ => None,
    };
    let which = match acceptor.matcher {
        spec::Matcher::Status => {
            let spec::Json::Number(status) = &acceptor.expected else { return None };
            let status = u16::try_from(status.as_u64()?).ok()?;
            return Some(Acceptor { state, matcher: Matcher::Status(status) });
        }
        spec::Matcher::Error => {
            let matcher = match expected? {
                Expected::Text(code) => Matcher::Error(code),
                Expected::Bool(failed) => Matcher::Failed(failed),
            };
            return Some(Acceptor { state, matcher });
        }
        spec::Matcher::Path => Which::Whole,
        spec::Matcher::PathAll => Which::All,
        spec::Matcher::PathAny => Which::Any,
    };
    let path = text(acceptor.path.as_ref()?);
    let matcher = Matcher::Path { path, both: acceptor.both, which, expected: expected? };
    Some(Acceptor { state, matcher })
}
