//! What is tried again, and after which pause.

use super::*;
use crate::transport::Timeout;

#[test]
fn attempts_follow_each_other_with_growing_pauses() {
    let replay = Replay::new().answer(500, "").answer(503, "").answer(200, "{}");
    let time = Time::default();
    let done = call(&client("aws/test", &replay, &time)).unwrap();
    assert_eq!(done.attempts(), 3);
    assert_eq!(time.slept(), seconds(&[1, 2]));
}

#[test]
fn pauses_double_up_to_twenty_seconds() {
    let replay = (0..9).fold(Replay::new(), |replay, _| replay.answer(500, ""));
    let time = Time::default();
    let core = client_with("aws/test", &replay, &time, |config| config.max_attempts(9));
    let error = call(&core).unwrap_err();
    assert_eq!(error.to_string(), "Do: 500: Internal Server Error (HTTP 500, 9 attempts)");
    assert_eq!(time.slept(), seconds(&[1, 2, 4, 8, 16, 20, 20, 20]));
}

#[test]
fn pauses_are_a_matter_of_chance() {
    for (random, expected) in [(0.0, vec![]), (0.25, vec![250, 500]), (0.5, vec![500, 1_000])] {
        let replay = Replay::new().answer(500, "").answer(500, "").answer(200, "{}");
        let time = Time::default();
        let core = client_with("aws/test", &replay, &time, |config| config.random(random));
        call(&core).unwrap();
        let expected: Vec<_> = expected.into_iter().map(Duration::from_millis).collect();
        assert_eq!(time.slept(), expected, "{random}");
    }
}

#[test]
fn what_is_tried_again() {
    use TransportErrorKind::{Broken, Connect, Other, Timeout as Late};
    let limit = TransportError::timeout(Timeout::Attempt, Duration::from_secs(2));
    let cases = [
        ("no connection", Err(broken(Connect)), 2),
        ("a broken one", Err(broken(Broken)), 2),
        ("a late one", Err(broken(Late)), 2),
        ("a limit", Err(limit), 2),
        ("a request that cannot be sent", Err(broken(Other)), 1),
        ("throttling", Ok(coded(400, "ThrottlingException")), 2),
        ("a timeout of the service's", Ok(coded(400, "RequestTimeout")), 2),
        ("an error that is modelled so", Ok(coded(400, "Modelled")), 2),
        ("one that is modelled as throttling", Ok(coded(400, "ModelledThrottling")), 2),
        ("429", Ok(answer(429, &[], "")), 2),
        ("500", Ok(answer(500, &[], "")), 2),
        ("502", Ok(answer(502, &[], "")), 2),
        ("503", Ok(answer(503, &[], "")), 2),
        ("504", Ok(answer(504, &[], "")), 2),
        ("501", Ok(answer(501, &[], "")), 1),
        ("400", Ok(answer(400, &[], "")), 1),
        ("404", Ok(coded(404, "ResourceNotFoundException")), 1),
        ("301", Ok(answer(301, &[], "")), 1),
    ];
    for (name, first, attempts) in cases {
        let replay = match first {
            Ok(response) => Replay::new().response(response),
            Err(error) => Replay::new().failure(error),
        };
        let replay = replay.answer(200, "{}");
        let done = call(&client("aws/test", &replay, &Time::default()));
        assert_eq!(replay.requests().len(), attempts, "{name}");
        assert_eq!(done.is_ok(), attempts == 2, "{name}");
    }
}

#[cfg(feature = "checksums")]
#[test]
fn a_damaged_answer_is_asked_for_again() {
    let damaged = |sum| answer(200, &[("x-amz-crc32", sum)], "{}");
    let replay = Replay::new().response(damaged("7")).response(damaged("2745614147"));
    let done = call(&client("aws/dynamodb", &replay, &Time::default())).unwrap();
    assert_eq!(done.attempts(), 2);
    let replay = (0..3).fold(Replay::new(), |replay, _| replay.response(damaged("7")));
    let error = call(&client("aws/dynamodb", &replay, &Time::default())).unwrap_err();
    assert_eq!(error.to_string(), "Do: the answer is not what its checksum says (3 attempts)");
}

#[test]
fn an_answer_that_cannot_be_read_is_not_asked_for_again() {
    let replay = Replay::new().answer(500, "").answer(200, "no JSON");
    let core = client("aws/test", &replay, &Time::default());
    let (post, mut output) = (operation("POST", false), WithToken::default());
    let error = now(core.call(&post, &mut Nothing {}, &mut output)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Do: the answer cannot be read: not JSON: unexpected text at line 1 column 2 (HTTP 200, 2 \
         attempts)"
    );
}

#[test]
fn what_a_service_asks_for() {
    // The pause of the client's own is a second.
    let cases: [(&str, &str, u64); 13] = [
        ("retry-after", "7", 7_000),
        ("retry-after", "0", 1_000),
        ("retry-after", " 3 ", 3_000),
        ("retry-after", "3600", 20_000),
        ("retry-after", "99999999999999999999999", 20_000),
        ("retry-after", "Sun, 30 Aug 2015 12:36:05 GMT", 5_000),
        ("retry-after", "Sun, 30 Aug 2015 13:36:05 GMT", 20_000),
        ("retry-after", "Sun, 30 Aug 2015 12:35:05 GMT", 1_000),
        ("retry-after", "soon", 1_000),
        ("retry-after", "-5", 1_000),
        ("retry-after", "", 1_000),
        ("x-amz-retry-after", "2500", 2_500),
        ("x-amz-retry-after", "9000", 6_000),
    ];
    for (name, value, millis) in cases {
        let replay = Replay::new().response(answer(429, &[(name, value)], "")).answer(200, "{}");
        let time = Time::default();
        call(&client("aws/test", &replay, &time)).unwrap();
        assert_eq!(time.slept(), [Duration::from_millis(millis)], "{name}: {value}");
    }
}

#[test]
fn a_provider_has_headers_of_its_own() {
    let answer = answer(429, &[("x-amz-retry-after", "2500")], "");
    let replay = Replay::new().response(answer).answer(200, "{}");
    let time = Time::default();
    call(&client("other/test", &replay, &time)).unwrap();
    assert_eq!(time.slept(), seconds(&[1]));
}

#[test]
fn modes() {
    let cases = [
        (RetryMode::Standard, None, 3),
        (RetryMode::Standard, Some(5), 5),
        (RetryMode::Standard, Some(1), 1),
        (RetryMode::Standard, Some(0), 1),
        (RetryMode::Adaptive, None, 3),
        (RetryMode::Adaptive, Some(2), 2),
        (RetryMode::Off, None, 1),
        (RetryMode::Off, Some(5), 1),
    ];
    for (mode, max_attempts, attempts) in cases {
        let replay = (0..9).fold(Replay::new(), |replay, _| replay.answer(500, ""));
        let core = client_with("aws/test", &replay, &Time::default(), |config| {
            let config = config.retry_mode(mode);
            match max_attempts {
                Some(attempts) => config.max_attempts(attempts),
                None => config,
            }
        });
        let error = call(&core).unwrap_err();
        assert_eq!(error.attempts(), attempts, "{mode:?} {max_attempts:?}");
        assert_eq!(replay.requests().len(), usize::try_from(attempts).unwrap());
    }
}

#[test]
fn the_environment_sets_what_is_not_set() {
    let environment = [("AWS_MAX_ATTEMPTS", "2")];
    let attempts = |change: fn(ConfigBuilder) -> ConfigBuilder| {
        let replay = (0..9).fold(Replay::new(), |replay, _| replay.answer(500, ""));
        let core = client_with("aws/test", &replay, &Time::default(), |config| {
            change(config).environment(&service("aws/test"), &environment).unwrap()
        });
        call(&core).unwrap_err().attempts()
    };
    assert_eq!(attempts(|config| config), 2);
    assert_eq!(attempts(|config| config.max_attempts(4)), 4);
    assert_eq!(attempts(|config| config.retry_mode(RetryMode::Off)), 1);

    let wrong = [("AWS_RETRY_MODE", "often")];
    let error = Config::builder().environment(&service("aws/test"), &wrong).unwrap_err();
    assert_eq!(error.kind(), crate::ErrorKind::Configuration);
    // It is AWS's alone.
    assert!(Config::builder().environment(&service("other/test"), &wrong).is_ok());
}

#[test]
fn what_cannot_wait_has_one_attempt() {
    let replay = Replay::new().answer(500, "").answer(200, "{}");
    let config = Config::builder().credentials(Credentials::token("t")).transport(replay.clone());
    let mut config = config.build().unwrap();
    config.sleep = None;
    let error = call(&Core::new(service("aws/test"), config).unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "Do: 500: Internal Server Error (HTTP 500)");
    assert_eq!(replay.requests().len(), 1);
}

#[test]
fn a_limit_of_the_whole_call_tells_what_failed_before() {
    // Any limit is reached at once where sleeping takes no time.
    let replay = Replay::new();
    let core = client_with("aws/test", &replay, &Time::default(), |config| {
        config.call_timeout(Duration::from_millis(1_500)).transport(Never)
    });
    let error = call(&core).unwrap_err();
    assert_eq!(error.to_string(), "Do: no answer within 1.5 s (call timeout)");
    assert_eq!(error.timeout(), Some(Timeout::Call));
}

/// Never answers.
#[derive(Debug)]
struct Never;

impl crate::Transport for Never {
    fn send(
        &self,
        _: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(std::future::pending())
    }
}
