//! A clock that is wrong.

use super::*;

/// A day and an hour later than the client believes
const LATER: &str = "Mon, 31 Aug 2015 13:36:00 GMT";

fn dated(status: u16, code: &str, date: &str) -> http::Response<Bytes> {
    answer(status, &[("x-amzn-errortype", code), ("date", date)], "{}")
}

/// What a scheme says that signs for a time, and nothing else.
#[derive(Debug)]
struct Dated;

impl crate::auth::AuthScheme for Dated {
    fn name(&self) -> &'static str {
        "bearer"
    }

    fn credentials(
        &self,
        _: &dyn crate::auth::Environment,
    ) -> Result<Credentials, crate::auth::CredentialsError> {
        Err(crate::auth::CredentialsError::new("none are needed"))
    }

    fn sign(
        &self,
        request: &mut http::Request<Bytes>,
        signing: &crate::auth::Signing<'_>,
    ) -> Result<(), crate::auth::BoxError> {
        request.headers_mut().insert("x-time", signing.time.to_basic().parse()?);
        Ok(())
    }
}

fn times(replay: &Replay) -> Vec<String> {
    let time =
        |request: &http::Request<Bytes>| request.headers()["x-time"].to_str().unwrap().to_owned();
    replay.requests().iter().map(time).collect()
}

fn dating(id: &'static str, replay: &Replay, time: &Time) -> Core {
    client_with(id, replay, time, |config| config.auth_scheme(Dated))
}

#[test]
fn a_clock_is_corrected_for_all_calls_of_a_client() {
    let replay = Replay::new()
        .response(dated(403, "RequestTimeTooSkewed", LATER))
        .answer(200, "{}")
        .answer(200, "{}");
    let time = Time::default();
    let core = dating("aws/test", &replay, &time);
    let done = call(&core).unwrap();
    assert_eq!(done.attempts(), 2);
    assert_eq!(time.slept(), [], "there is nothing to wait for");
    time.pass(Duration::from_mins(1));
    call(&core).unwrap();
    assert_eq!(times(&replay), ["20150830T123600Z", "20150831T133600Z", "20150831T133700Z"]);
}

#[test]
fn a_clock_is_corrected_where_it_is_wrong() {
    let cases = [
        ("RequestTimeTooSkewed", LATER, 2),
        ("RequestExpired", LATER, 2),
        ("InvalidSignatureException", LATER, 2),
        ("SignatureDoesNotMatch", LATER, 2),
        ("AuthFailure", LATER, 2),
        ("RequestTimeTooSkewed", "Sat, 29 Aug 2015 12:36:00 GMT", 2),
        ("RequestTimeTooSkewed", "Sun, 30 Aug 2015 12:41:00 GMT", 2),
        // The clock is right, and something else is wrong.
        ("RequestTimeTooSkewed", "Sun, 30 Aug 2015 12:40:59 GMT", 1),
        ("SignatureDoesNotMatch", "Sun, 30 Aug 2015 12:36:00 GMT", 1),
        ("SignatureDoesNotMatch", "yesterday", 1),
        // Nothing about time
        ("AccessDenied", LATER, 1),
    ];
    for (code, date, attempts) in cases {
        let replay = Replay::new().response(dated(403, code, date)).answer(200, "{}");
        let _ = call(&dating("aws/test", &replay, &Time::default()));
        assert_eq!(replay.requests().len(), attempts, "{code} {date}");
    }
}

#[test]
fn a_clock_is_corrected_once_in_a_call() {
    let day = |day| format!("Mon, {day} Aug 2015 13:36:00 GMT");
    let replay = Replay::new()
        .response(dated(403, "RequestTimeTooSkewed", &day(20)))
        .response(dated(403, "RequestTimeTooSkewed", &day(25)))
        .answer(200, "{}");
    let error = call(&dating("aws/test", &replay, &Time::default())).unwrap_err();
    assert_eq!(error.to_string(), "Do: RequestTimeTooSkewed (HTTP 403, 2 attempts)");
}

/// Two calls are on their way with the wrong time; the first answer corrects the clock, and the
/// second is still about the wrong time.
#[test]
fn what_was_signed_counts_and_not_the_clock_since() {
    let clock = crate::client::skew::Corrected::new(Arc::new(Time::default()));
    let signed = crate::client::Clock::now(&clock);
    let answer = dated(403, "RequestTimeTooSkewed", LATER);
    assert!(clock.correct(answer.headers(), signed));
    assert!(clock.correct(answer.headers(), signed));
    assert!(!clock.correct(answer.headers(), crate::client::Clock::now(&clock)));
}

#[test]
fn a_client_without_retries_learns_the_time_for_the_next_call() {
    let replay =
        Replay::new().response(dated(403, "RequestTimeTooSkewed", LATER)).answer(200, "{}");
    let core = client_with("aws/test", &replay, &Time::default(), |config| {
        config.auth_scheme(Dated).retry_mode(RetryMode::Off)
    });
    assert_eq!(call(&core).unwrap_err().attempts(), 1);
    call(&core).unwrap();
    assert_eq!(times(&replay), ["20150830T123600Z", "20150831T133600Z"]);
}

#[test]
fn another_provider_has_other_codes() {
    let replay =
        Replay::new().response(dated(403, "RequestTimeTooSkewed", LATER)).answer(200, "{}");
    assert!(call(&dating("other/test", &replay, &Time::default())).is_err());
    assert_eq!(replay.requests().len(), 1);
}
