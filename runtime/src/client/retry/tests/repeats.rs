//! What is sent again although it may have been carried out, and with what.

use super::*;
use crate::auth::{CredentialsError, ProvideCredentials};

#[test]
fn nothing_happens_twice_by_mistake() {
    use TransportErrorKind::{Broken, Connect, Timeout};
    let post = || operation("POST", false);
    let put = || operation("PUT", false);
    let idempotent = || operation("POST", true);
    let fails = |kind| Replay::new().failure(broken(kind)).answer(200, "{}");
    let says = |status| Replay::new().answer(status, "").answer(200, "{}");
    let cases = [
        ("other/test", "nothing was sent", post(), fails(Connect), 2),
        ("other/test", "it may have been sent", post(), fails(Broken), 1),
        ("other/test", "it is perhaps still at it", post(), fails(Timeout), 1),
        ("other/test", "half of it may be done", post(), says(500), 1),
        ("other/test", "the service was too busy", post(), says(429), 2),
        ("other/test", "a put is done once", put(), fails(Broken), 2),
        ("other/test", "the spec says so", idempotent(), says(500), 2),
        ("aws/test", "AWS's clients repeat everything", post(), fails(Broken), 2),
        ("aws/test", "whatever the status", post(), says(500), 2),
    ];
    for (id, name, operation, replay, attempts) in cases {
        let _ = call_of(&client(id, &replay, &Time::default()), &operation);
        assert_eq!(replay.requests().len(), attempts, "{name}");
    }
}

/// An error says where its request went, and whether another attempt was out of the question.
#[test]
fn an_error_says_what_became_of_its_attempts() {
    use TransportErrorKind::{Broken, Connect, Tls};
    for (kind, is_sent_again) in [(Connect, true), (Tls, true), (Broken, false)] {
        let replay = Replay::new().failure(broken(kind)).failure(broken(kind));
        let core =
            client_with("other/test", &replay, &Time::default(), |config| config.max_attempts(2));
        let error = call(&core).unwrap_err();
        assert_eq!(error.is_exhausted(), is_sent_again, "{kind:?}");
        assert_eq!(error.url(), Some(replay.requests()[0].uri()), "{kind:?}");
    }
    let replay = Replay::new().answer(500, "");
    let core =
        client_with("other/test", &replay, &Time::default(), |config| config.max_attempts(1));
    let error = call(&core).unwrap_err();
    assert!(error.is_exhausted() && error.url().is_none(), "{error}");
}

#[test]
fn a_token_makes_a_call_idempotent() {
    for (token, attempts) in [(Some("a-token".to_owned()), 2), (None, 1)] {
        let replay = Replay::new().answer(500, "").answer(200, "{}");
        let core = client("other/test", &replay, &Time::default());
        let mut input = WithToken { token };
        let _ = now(core.call(&operation("POST", false), &mut input, &mut Nothing {}));
        assert_eq!(replay.requests().len(), attempts);
    }
}

/// Keys that are another one each time, until there are none.
#[derive(Debug)]
struct Keys(Mutex<Vec<&'static str>>);

impl ProvideCredentials for Keys {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        let key = self.0.lock().unwrap().pop();
        let key = key.ok_or_else(|| CredentialsError::new("the session is over"));
        Box::pin(std::future::ready(key.map(Credentials::token)))
    }
}

#[test]
fn each_attempt_asks_for_credentials() {
    let replay = (0..4).fold(Replay::new(), |replay, _| replay.answer(500, ""));
    let core = client_with("aws/test", &replay, &Time::default(), |config| {
        config.credentials(Keys(Mutex::new(vec!["second", "first"]))).max_attempts(4)
    });
    let error = call(&core).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Do: unable to locate credentials: the session is over (2 attempts)"
    );
    let sent: Vec<_> = replay
        .requests()
        .iter()
        .map(|request| request.headers()["authorization"].to_str().unwrap().to_owned())
        .collect();
    assert_eq!(sent, ["Bearer first", "Bearer second"]);
}
