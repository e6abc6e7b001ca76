//! Answers with bytes changed: reading them fails or does not, but it never panics, and generated
//! and dynamic types are of one mind about it.

use bytes::Bytes;
use typefoundry::binding::read_response;
use typefoundry::codec::{DecodeError, Reading};
use typefoundry::value::{Empty, Structure, Value};
use typefoundry::{Operation, Service, Wire};
use typefoundry_clients::{aws, ncp};
use typefoundry_tests::{api, text};

const ROUNDS: u64 = 4_000;

/// Pieces that are likely to mean something to a reader of JSON.
const PIECES: &[&str] = &[
    "null",
    "true",
    "{}",
    "[]",
    "[",
    "]",
    "{",
    "}",
    "\"",
    ":",
    ",",
    "-",
    "0",
    "1e999",
    "1e400",
    "-0",
    "9223372036854775808",
    "\"\\ud800\"",
    "\\",
    "\"__type\":\"x\",",
    "\u{feff}",
    "\"NaN\"",
    "[[[[[[",
];

/// Numbers that look random and are the same every time (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

/// The text with one to four changes.
fn mutated(text: &[u8], seed: u64) -> Vec<u8> {
    let mut random = Random(seed);
    let mut bytes = text.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(6) {
            0 if !bytes.is_empty() => bytes[at] = random.next().to_le_bytes()[0],
            1 => drop(bytes.drain(at..end)),
            2 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            3 => bytes.truncate(at),
            4 => {
                // A value in place of another: from one colon up to the next comma.
                let piece = PIECES[random.below(PIECES.len())].as_bytes().to_vec();
                let from = bytes[at..].iter().position(|byte| *byte == b':').map(|it| at + it + 1);
                let from = from.unwrap_or(at);
                let to = bytes[from..].iter().position(|byte| *byte == b',').map(|it| from + it);
                let _ = bytes.splice(from..to.unwrap_or(from), piece);
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())].as_bytes().to_vec();
                let _ = bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

/// What comes of reading: the value as text with what is missing, or the error.
fn read(
    service: &typefoundry::schema::ServiceSchema,
    operation: &typefoundry::schema::OperationSchema,
    body: &Bytes,
    output: &mut dyn Structure,
    reading: Reading,
) -> Result<Vec<String>, DecodeError> {
    let response = http::Response::new(body.clone());
    read_response(service, operation, &response, output, reading).map(|report| report.missing)
}

fn form(value: &dyn Value) -> String {
    serde_json::to_string(&Wire::new(value)).unwrap()
}

fn check<O: Operation>(id: &str, fixture: &str) {
    let text = text(&format!("tests/fixtures/{fixture}"));
    let api = api(id);
    let operation = api.operation(&O::schema().name).unwrap();
    let (mut good, mut bad) = (0, 0);
    for seed in 0..ROUNDS {
        let body =
            if seed == 0 { text.clone().into_bytes() } else { mutated(text.as_bytes(), seed) };
        let shown = String::from_utf8_lossy(&body).into_owned();
        let body = Bytes::from(body);
        let lenient = seed % 2 == 0;
        let reading = Reading { lenient, keep_unplaced: true, ..Reading::default() };
        let mut typed = O::Output::empty();
        let by_type = read(O::Service::schema(), O::schema(), &body, &mut typed, reading);
        let mut dynamic = api.output(operation);
        let by_spec = read(api.service(), O::schema(), &body, &mut dynamic, reading);
        assert_eq!(by_type, by_spec, "{seed}: {shown}");
        match by_type {
            Ok(missing) => {
                good += 1;
                // An empty value stands in for what is required, but only in generated types.
                if missing.is_empty() {
                    assert_eq!(form(&typed), form(&dynamic), "{seed}: {shown}");
                }
            }
            Err(_) => bad += 1,
        }
        let strict = Reading { strict: true, ..reading };
        let by_type =
            read(O::Service::schema(), O::schema(), &body, &mut O::Output::empty(), strict);
        let by_spec = read(api.service(), O::schema(), &body, &mut api.output(operation), strict);
        assert_eq!(by_type, by_spec, "{seed}: {shown}");
    }
    assert!(good > 100 && bad > 100, "the changes are neither too few nor too many: {good} {bad}");
}

#[test]
fn participant_events() {
    check::<aws::ivs_realtime::ListParticipantEvents>(
        "aws/ivs-realtime",
        "ivs-realtime/list-participant-events.json",
    );
}

#[test]
fn an_event_stream() {
    check::<aws::customer_profiles::GetEventStream>(
        "aws/customer-profiles",
        "customer-profiles/get-event-stream.json",
    );
}

#[test]
fn channel_events() {
    check::<ncp::livestation::ListChannelEvents>(
        "ncp/livestation",
        "livestation/list-channel-events.json",
    );
}
