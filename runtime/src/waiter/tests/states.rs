//! Which answers end waiting, and how.

use super::super::{Answer, Limits, Step, WaitErrorKind, Waiter};
use super::{Input, Output, in_state, part, path, waiter, with_parts};
use crate::schema::WaiterState::{Failure, Retry, Success};
use crate::schema::Which::{All, Any, Whole};
use crate::schema::{Expected, Matcher, WaiterSchema, Which};
use crate::{Error, ErrorKind, Timestamp};
use std::borrow::Cow;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// An answer of a service.
#[expect(clippy::large_enum_variant, reason = "there are few of them")]
enum Given {
    Output(u16, Output),
    /// An HTTP status, and a code
    Error(u16, &'static str),
    /// No answer
    Broken,
}

fn error(status: u16, code: &str) -> Error {
    let service = super::service();
    let body = format!(r#"{{"__type": "{code}"}}"#);
    let mut response = http::Response::new(bytes::Bytes::from(body));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
    Error::service(&service, response)
}

/// What comes of answers: `done`, the pause that follows, or the error, and after how many.
fn outcome(waiter: &WaiterSchema, answers: Vec<Given>) -> (String, u32) {
    let input = Input { size: Some(1) };
    let mut machine = Waiter::new(waiter, Limits::default(), NOW).unwrap();
    let mut last = String::new();
    for answer in answers {
        let failed = match &answer {
            Given::Output(..) => None,
            Given::Error(status, code) => Some(error(*status, code)),
            Given::Broken => Some(Error::new(ErrorKind::Transport, "no answer")),
        };
        let outcome = match (&answer, &failed) {
            (Given::Output(status, output), _) => Ok((output as _, *status)),
            (_, Some(error)) => Err(error),
            _ => unreachable!("it is the one or the other"),
        };
        match machine.answered(&Answer { input: &input, outcome }, NOW, &0.5) {
            Step::Wait(pause) => last = format!("{} s", pause.as_secs()),
            Step::Done => return ("done".to_owned(), machine.attempts()),
            Step::Failed(failure) => {
                return (failure.with::<Error>(None).to_string(), machine.attempts());
            }
        }
    }
    (last, machine.attempts())
}

#[test]
fn matchers_match() {
    use Given::{Broken, Error, Output};
    let both = Matcher::Path {
        path: Cow::Borrowed("input.size == output.size"),
        both: true,
        which: Which::Whole,
        expected: Expected::Bool(true),
    };
    let of_size = |size| super::Output { size: Some(size), ..super::Output::default() };
    let ready = |ready| super::Output { ready: Some(ready), ..super::Output::default() };
    let code = |code: &'static str| Matcher::Error(Cow::Borrowed(code));
    let done = true;
    let cases = [
        (path("state", Whole, "ON"), Output(200, in_state("ON")), done),
        (path("state", Whole, "ON"), Output(200, in_state("on")), false),
        (path("state", Whole, "ON"), Output(200, super::Output::default()), false),
        (path("state", Whole, "ON"), Error(400, "ON"), false),
        (path("state == 'ON'", Whole, "true"), Output(200, in_state("ON")), done),
        (path("ready", Whole, "true"), Output(200, ready(true)), done),
        (path("ready", Whole, "true"), Output(200, ready(false)), false),
        (path("ready", Whole, "false"), Output(200, ready(false)), done),
        (path("ready", Whole, "false"), Output(200, super::Output::default()), false),
        (path("parts", Whole, "ON"), Output(200, with_parts(&["ON"])), false),
        (path("parts[].state", All, "ON"), Output(200, with_parts(&["ON", "ON"])), done),
        (path("parts[].state", All, "ON"), Output(200, with_parts(&["ON", "OFF"])), false),
        (path("parts[].state", All, "ON"), Output(200, with_parts(&[])), false),
        (path("parts[].state", All, "ON"), Output(200, super::Output::default()), false),
        (path("state", All, "ON"), Output(200, in_state("ON")), false),
        (path("parts[].state", Any, "ON"), Output(200, with_parts(&["OFF", "ON"])), done),
        (path("parts[].state", Any, "ON"), Output(200, with_parts(&["OFF"])), false),
        (path("parts[].state", Any, "ON"), Output(200, with_parts(&[])), false),
        (path("state", Any, "ON"), Output(200, in_state("ON")), false),
        (both.clone(), Output(200, of_size(1)), done),
        (both, Output(200, of_size(2)), false),
        (Matcher::Status(200), Output(200, in_state("ON")), done),
        (Matcher::Status(204), Output(200, in_state("ON")), false),
        (Matcher::Status(404), Error(404, "Gone"), done),
        (Matcher::Status(404), Broken, false),
        (code("Gone"), Error(404, "Gone"), done),
        (code("Gone"), Error(404, "Other"), false),
        (code("404"), Error(404, ""), done),
        (code("Gone"), Output(200, in_state("Gone")), false),
        (code("Gone"), Broken, false),
        (Matcher::Failed(true), Error(500, "Any"), done),
        (Matcher::Failed(true), Output(200, in_state("ON")), false),
        (Matcher::Failed(true), Broken, false),
        (Matcher::Failed(false), Output(200, in_state("ON")), done),
        (Matcher::Failed(false), Error(500, "Any"), false),
        (Matcher::Failed(false), Broken, false),
    ];
    for (index, (matcher, answer, expected)) in cases.into_iter().enumerate() {
        let shown = format!("{index}: {matcher:?}");
        let (found, _) = outcome(&waiter(vec![(Success, matcher)]), vec![answer]);
        assert_eq!(found == "done", expected, "{shown}: {found}");
    }
}

#[test]
fn the_first_acceptor_that_fits_decides() {
    use Given::{Broken, Error, Output};
    let on = |state| (state, path("state", Whole, "ON"));
    let gone = |state| (state, Matcher::Error(Cow::Borrowed("Gone")));
    let cases: Vec<(&str, Vec<_>, Vec<Given>, &str, u32)> = vec![
        ("done", vec![on(Success)], vec![Output(200, in_state("ON"))], "done", 1),
        (
            "done after others",
            vec![on(Success), gone(Retry)],
            vec![Error(404, "Gone"), Output(200, in_state("OFF")), Output(200, in_state("ON"))],
            "done",
            3,
        ),
        ("nothing fits an output", vec![on(Success)], vec![Output(200, in_state("OFF"))], "5 s", 1),
        ("told to go on", vec![on(Retry)], vec![Output(200, in_state("ON"))], "5 s", 1),
        (
            "before the second one",
            vec![on(Retry), on(Success)],
            vec![Output(200, in_state("ON"))],
            "5 s",
            1,
        ),
        (
            "failed by a path",
            vec![on(Failure)],
            vec![Output(200, in_state("OFF")), Output(200, in_state("ON"))],
            "ThingDone: will not come: `state` is \"ON\" (2 calls, 5 s)",
            2,
        ),
        (
            "failed by any",
            vec![(Failure, path("parts[].state", Any, "BAD"))],
            vec![Output(200, with_parts(&["OK", "BAD"]))],
            "ThingDone: will not come: one of `parts[].state` is \"BAD\" (1 call, 0 ms)",
            1,
        ),
        (
            "failed by all",
            vec![(Failure, path("parts[].state", All, "BAD"))],
            vec![Output(200, with_parts(&["BAD", "BAD"]))],
            "ThingDone: will not come: all of `parts[].state` are \"BAD\" (1 call, 0 ms)",
            1,
        ),
        (
            "failed by an error",
            vec![gone(Failure)],
            vec![Error(404, "Gone")],
            "ThingDone: will not come: the error is Gone (1 call, 0 ms)",
            1,
        ),
        (
            "failed by a status",
            vec![(Failure, Matcher::Status(404))],
            vec![Error(404, "Gone")],
            "ThingDone: will not come: the HTTP status is 404 (1 call, 0 ms)",
            1,
        ),
        (
            "failed by success",
            vec![(Failure, Matcher::Failed(false))],
            vec![Output(200, in_state("ON"))],
            "ThingDone: will not come: the call succeeded (1 call, 0 ms)",
            1,
        ),
        (
            "failed by any error",
            vec![(Failure, Matcher::Failed(true))],
            vec![Error(500, "Any")],
            "ThingDone: will not come: the call failed (1 call, 0 ms)",
            1,
        ),
        ("done by an error", vec![gone(Success)], vec![Error(404, "Gone")], "done", 1),
        (
            "another error",
            vec![on(Success), gone(Retry)],
            vec![Error(404, "Gone"), Error(403, "Denied")],
            "ThingDone: a call failed: the last answer is the error Denied (2 calls, 5 s)",
            2,
        ),
        (
            "no answer",
            vec![on(Success)],
            vec![Broken],
            "ThingDone: a call failed: the last call had no answer (1 call, 0 ms)",
            1,
        ),
    ];
    for (name, acceptors, answers, expected, attempts) in cases {
        let found = outcome(&waiter(acceptors), answers);
        assert_eq!(found, (expected.to_owned(), attempts), "{name}");
    }
}

#[test]
fn giving_up_says_the_last_state() {
    let secret = |text: &str| Output { secret: Some(text.to_owned()), ..Output::default() };
    let many = with_parts(&["A", "B", "A", "A"]);
    let long = in_state(&"x".repeat(500));
    let cases = [
        (vec![path("state", Whole, "ON")], in_state("OFF"), r#"`state` is "OFF""#),
        (vec![path("state", Whole, "ON")], Output::default(), "`state` is absent"),
        (vec![path("ready", Whole, "true")], in_state("OFF"), "`ready` is absent"),
        (
            vec![path("state", Whole, "ON"), path("parts[].state", All, "C")],
            many.clone(),
            r#"`state` is absent, `parts[].state` is ["A" (3 times), "B"]"#,
        ),
        (
            vec![path("parts[].state", All, "C")],
            with_parts(&[]),
            "`parts[].state` is an empty list",
        ),
        (vec![path("length(parts) > `9`", Whole, "true")], many, "`length(parts) > `9`` is false"),
        (vec![path("parts[0]", Whole, "ON")], with_parts(&["A"]), "`parts[0]` is there"),
        (vec![path("secret", Whole, "ON")], secret("s3cret"), "`secret` is a secret"),
        (vec![Matcher::Status(201)], in_state("OFF"), "the last HTTP status is 200"),
    ];
    for (matchers, output, words) in cases {
        let retry = waiter(matchers.into_iter().map(|matcher| (Success, matcher)).collect());
        let answers = (0..4).map(|_| Given::Output(200, output.clone())).collect();
        let expected = format!("ThingDone: has not come: {words} (4 calls, 15 s)");
        assert_eq!(outcome(&retry, answers), (expected, 4));
    }
    let gone = waiter(vec![(Retry, Matcher::Error(Cow::Borrowed("Gone")))]);
    let answers = (0..4).map(|_| Given::Error(404, "Gone")).collect();
    let expected =
        "ThingDone: has not come: the last answer is the error Gone (4 calls, 15 s)".to_owned();
    assert_eq!(outcome(&gone, answers), (expected, 4));
    let (long, _) = outcome(
        &waiter(vec![(Success, path("state", Whole, "ON"))]),
        (0..4).map(|_| Given::Output(200, long.clone())).collect(),
    );
    assert!(long.len() < 200 && long.contains('…'), "{long}");
    assert_eq!(part("x").state.as_deref(), Some("x"));
}

#[test]
fn a_waiter_that_cannot_wait_says_why() {
    let broken = waiter(vec![(Success, path("a.", Whole, "x"))]);
    let error = Waiter::new(&broken, Limits::default(), NOW).unwrap_err();
    let expected = "the path `a.` of the waiter ThingDone cannot be read: a member is missing behind the dot at the end";
    assert_eq!(error.to_string(), expected);
    let endless = WaiterSchema { attempts: 0, ..waiter(Vec::new()) };
    let error = Waiter::new(&endless, Limits::default(), NOW).unwrap_err();
    let expected = "the waiter ThingDone has no limit: say how long with `max_wait`";
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_ne!(WaitErrorKind::GaveUp, WaitErrorKind::Failed);
}
