//! How long a waiter waits between calls, and when it gives up.

use super::super::{Answer, Limits, Step, Waiter};
use super::{Input, Output, path, waiter};
use crate::Timestamp;
use crate::schema::{WaiterSchema, WaiterState, Which};
use std::time::Duration;

/// The pauses in milliseconds, while a clock goes that much slower than they are long.
fn pauses(schema: &WaiterSchema, limits: Limits, chance: f64, clock: f64) -> Vec<u64> {
    let (input, output) = (Input::default(), Output::default());
    let mut passed = Duration::ZERO;
    let now = |passed: Duration| {
        let millis = i64::try_from(passed.as_millis()).unwrap();
        Timestamp::from_millis(millis).unwrap()
    };
    let mut waiter = Waiter::new(schema, limits, now(passed)).unwrap();
    let mut pauses = Vec::new();
    while pauses.len() < 12 {
        let answer = Answer { input: &input, outcome: Ok((&output, 200)) };
        match waiter.answered(&answer, now(passed), &chance) {
            Step::Wait(pause) => {
                passed += pause.mul_f64(clock);
                pauses.push(u64::try_from(pause.as_millis()).unwrap());
            }
            Step::Failed(_) => break,
            Step::Done => panic!("nothing is accepted"),
        }
    }
    pauses
}

#[test]
fn pauses_are_what_spec_and_caller_say() {
    let on = || vec![(WaiterState::Success, path("state", Which::Whole, "ON"))];
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    let between = |least, most| Some((Duration::from_secs(least), Duration::from_secs(most)));
    let fixed = waiter(on());
    let growing = WaiterSchema { delay: 2, max_delay: 30, attempts: 0, ..waiter(on()) };
    let none = Limits::default();
    let max = |wait| Limits { max_wait: seconds(wait), ..none };
    let attempts = |most| Limits { max_attempts: Some(most), ..none };
    let cases: [(&str, &WaiterSchema, Limits, f64, Vec<u64>); 12] = [
        ("the spec's", &fixed, none, 0.5, vec![5000, 5000, 5000]),
        ("fewer calls", &fixed, attempts(2), 0.5, vec![5000]),
        ("one call", &fixed, attempts(1), 0.5, vec![]),
        ("a time, with a call at its end", &fixed, max(12), 0.5, vec![5000, 5000, 2000]),
        ("no time", &fixed, max(0), 0.5, vec![]),
        ("less than a pause", &fixed, max(3), 0.5, vec![3000]),
        ("both", &fixed, Limits { max_attempts: Some(2), ..max(60) }, 0.5, vec![5000]),
        (
            "another pause",
            &fixed,
            Limits { delay: between(1, 1), ..none },
            0.5,
            vec![1000, 1000, 1000],
        ),
        (
            "growing to the longest",
            &growing,
            attempts(7),
            1.0,
            vec![2000, 4000, 8000, 16_000, 30_000, 30_000],
        ),
        ("the shortest by chance", &growing, attempts(4), 0.0, vec![2000, 2000, 2000]),
        ("half by chance", &growing, attempts(5), 0.5, vec![2000, 3000, 5000, 9000]),
        // 2 + 4 + 8 are over; of the 16 that are left, the last 2 are no pause.
        ("growing in time", &growing, max(30), 1.0, vec![2000, 4000, 8000, 14_000]),
    ];
    for (name, schema, limits, chance, expected) in cases {
        assert_eq!(pauses(schema, limits, chance, 1.0), expected, "{name}");
        // A clock that stands still makes no difference, nor does one that is ahead at the end.
        assert_eq!(pauses(schema, limits, chance, 0.0), expected, "{name}, without a clock");
    }
    // Time that passes in calls counts.
    assert_eq!(pauses(&fixed, max(12), 0.5, 2.0), [5000, 2000]);
}

#[test]
fn pauses_stay_within_their_limits_for_all_chances_and_attempts() {
    let schema = WaiterSchema { delay: 1, max_delay: 4_000_000_000, attempts: 0, ..waiter(vec![]) };
    let limits = Limits { max_attempts: Some(u32::MAX), ..Limits::default() };
    let (input, output) = (Input::default(), Output::default());
    for chance in [f64::NAN, 0.0, 0.999_999, 1.0, -1.0, 2.0] {
        let mut waiter = Waiter::new(&schema, limits, Timestamp::UNIX_EPOCH).unwrap();
        for _ in 0..100 {
            let answer = Answer { input: &input, outcome: Ok((&output, 200)) };
            let step = waiter.answered(&answer, Timestamp::UNIX_EPOCH, &chance);
            let Step::Wait(pause) = step else { panic!("{step:?}") };
            let most = Duration::from_secs(4_000_000_000);
            assert!(pause >= Duration::from_secs(1) && pause <= most, "{chance}: {pause:?}");
        }
    }
}
