//! Waiting for what a service that fails by chance says: it ends well when the state has come, or
//! with an error that says what is the matter, and in time.

use super::{Answer, Chance, answer, config, runs};
use crate::alone;
use crate::virtual_time::Virtual;
use bytes::Bytes;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};
use typefoundry::transport::Transport;
use typefoundry::{BoxFuture, ErrorKind, Operation, Service, Wait, WaitErrorKind, Waited};
use typefoundry_clients::aws::dynamodb::{Client, DescribeExport, DescribeTable, Dynamodb, Error};

/// The call that comes at the end of the time has a moment.
const MOMENT: Duration = Duration::from_secs(1);

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goal {
    /// A table, which is not known at first
    There,
    /// That a table is gone
    Gone,
    /// An export, which may fail
    Exported,
}

/// A service whose state moves on with time.
#[derive(Clone, Debug)]
struct Moving(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    goal: Goal,
    start: Instant,
    /// When the state moves for the first and the last time
    moves: (Duration, Duration),
    fails: bool,
    /// How many of a hundred attempts fail
    faults: u64,
    chance: Chance,
    /// Requests, and what the last of them was answered with
    requests: u32,
    last: &'static str,
}

impl State {
    fn new(chance: &mut Chance) -> Self {
        let goal =
            [Goal::There, Goal::Gone, Goal::Exported][usize::try_from(chance.below(3)).unwrap()];
        let first = Duration::from_secs(chance.below(200));
        let last = first + Duration::from_secs(chance.below(300));
        Self {
            goal,
            start: Instant::now(),
            moves: (first, last),
            fails: chance.below(4) == 0,
            faults: chance.below(50),
            chance: Chance(chance.below(u64::MAX >> 33)),
            requests: 0,
            last: "",
        }
    }

    /// The state by now, as the service names it.
    fn now(&self) -> &'static str {
        let passed = self.start.elapsed();
        let (first, last) = self.moves;
        let states = match self.goal {
            Goal::There => ["ResourceNotFoundException", "CREATING", "ACTIVE"],
            Goal::Gone => ["ACTIVE", "DELETING", "ResourceNotFoundException"],
            Goal::Exported if self.fails => ["IN_PROGRESS", "IN_PROGRESS", "FAILED"],
            Goal::Exported => ["IN_PROGRESS", "IN_PROGRESS", "COMPLETED"],
        };
        states[usize::from(passed >= first) + usize::from(passed >= last)]
    }
}

impl Moving {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

impl Transport for Moving {
    fn send(&self, _: http::Request<Bytes>) -> BoxFuture<'_, Answer> {
        let mut state = self.lock();
        state.requests += 1;
        let faults = state.faults;
        let fault = (state.chance.below(100) < faults).then(|| state.chance.below(7));
        let now = state.now();
        state.last = if fault.is_none() { now } else { "a fault" };
        let (status, body) = match (now, state.goal) {
            ("ResourceNotFoundException", _) => (400, format!(r#"{{"__type":"{now}"}}"#)),
            (_, Goal::Exported) => {
                (200, format!(r#"{{"ExportDescription":{{"ExportStatus":"{now}"}}}}"#))
            }
            _ => (200, format!(r#"{{"Table":{{"TableStatus":"{now}"}}}}"#)),
        };
        answer(status, body, fault)
    }
}

impl Goal {
    fn reached(self) -> &'static str {
        match self {
            Self::There => "ACTIVE",
            Self::Gone => "ResourceNotFoundException",
            Self::Exported => "COMPLETED",
        }
    }

    /// Calls that the spec allows
    fn most(self) -> u32 {
        if self == Self::Exported { 60 } else { 25 }
    }
}

/// How it ended: well, with the state that was found; or else, with the words about it.
#[derive(Debug)]
struct End {
    attempts: u32,
    waited: Duration,
    outcome: Result<String, (WaitErrorKind, String)>,
}

/// What is set about waiting.
#[derive(Debug)]
struct Patience {
    most: Option<Duration>,
    delays: Option<(Duration, Duration)>,
}

impl Patience {
    fn new(chance: &mut Chance) -> Self {
        let seconds = Duration::from_secs;
        let most = (chance.below(3) > 0).then(|| seconds(1 + chance.below(400)));
        let delays = (chance.below(2) > 0).then(|| {
            let least = seconds(1 + chance.below(10));
            (least, least + seconds(chance.below(60)))
        });
        Self { most, delays }
    }

    async fn wait<O: Operation<Service = Dynamodb>>(
        &self,
        mut wait: Wait<O>,
        found: impl FnOnce(&Waited<O>) -> String,
        run: u64,
    ) -> End {
        if let Some(most) = self.most {
            wait = wait.max_wait(most);
        }
        if let Some((least, most)) = self.delays {
            wait = wait.delays(least, most);
        }
        match wait.send().await {
            Ok(waited) => End {
                attempts: waited.attempts(),
                waited: waited.waited(),
                outcome: Ok(found(&waited)),
            },
            Err(error) => {
                let source = error.error().map(<Dynamodb as Service>::Error::as_error);
                if error.kind() == WaitErrorKind::Call {
                    let kinds = [ErrorKind::Transport, ErrorKind::Service, ErrorKind::Decode];
                    let kind = source.map(typefoundry::Error::kind);
                    assert!(kind.is_some_and(|kind| kinds.contains(&kind)), "run {run}: {error}");
                }
                let end = format!("({} call", error.attempts());
                assert!(error.to_string().contains(&end), "run {run}: {error}");
                End {
                    attempts: error.attempts(),
                    waited: error.waited(),
                    outcome: Err((error.kind(), error.to_string())),
                }
            }
        }
    }
}

fn table(waited: &Waited<DescribeTable>) -> String {
    match (waited.output(), waited.error()) {
        (Some(output), None) => {
            let status = output.table.as_ref().and_then(|table| table.table_status.as_ref());
            status.map_or("none", |status| status.as_str()).to_owned()
        }
        (None, Some(Error::ResourceNotFoundException(_))) => "ResourceNotFoundException".to_owned(),
        _ => "neither or both".to_owned(),
    }
}

fn export(waited: &Waited<DescribeExport>) -> String {
    let output = waited.output().and_then(|output| output.export_description.as_ref());
    let status = output.and_then(|export| export.export_status.as_ref());
    status.map_or("none", |status| status.as_str()).to_owned()
}

#[tokio::test(start_paused = true)]
async fn waiting_ends_well_or_says_why_not_and_in_time() {
    let _alone = alone().await;
    let (mut reached, mut failed, mut late, mut broken, mut left) = (0, 0, 0, 0, 0);
    for run in 0..runs() {
        let mut chance = Chance(run);
        let service = Moving(Arc::new(Mutex::new(State::new(&mut chance))));
        let goal = service.lock().goal;
        let start = service.lock().start;
        let config = config(&mut chance)
            .transport(service.clone())
            .clock(Virtual(start))
            .attempt_timeout(Duration::from_secs(5));
        let client = Client::new(config.build().unwrap()).unwrap();
        let patience = Patience::new(&mut chance);
        let waiting = async {
            match goal {
                Goal::There => {
                    let wait = client.wait_until_table_exists().table_name("pets").customize();
                    patience.wait(wait, table, run).await
                }
                Goal::Gone => {
                    let wait = client.wait_until_table_not_exists().table_name("pets").customize();
                    patience.wait(wait, table, run).await
                }
                Goal::Exported => {
                    let wait = client.wait_until_export_completed().export_arn("pets").customize();
                    patience.wait(wait, export, run).await
                }
            }
        };
        // Some go away.
        let leaves = if chance.below(10) == 0 { chance.below(300) } else { u64::MAX >> 20 };
        let end = timeout(Duration::from_secs(leaves), waiting).await;
        let took = start.elapsed();
        let (requests, last) = {
            let state = service.lock();
            (state.requests, state.last)
        };
        sleep(Duration::from_hours(1)).await;
        assert_eq!(service.lock().requests, requests, "run {run}: it goes on after its end");
        let Ok(end) = end else {
            left += 1;
            continue;
        };

        assert!(end.attempts <= requests, "run {run}: {end:?}");
        assert!(
            took.abs_diff(end.waited) < Duration::from_millis(50),
            "run {run}: {end:?}, {took:?}"
        );
        match patience.most {
            Some(most) => assert!(took <= most + MOMENT, "run {run}: {took:?} with {patience:?}"),
            None => assert!(end.attempts <= goal.most(), "run {run}: {end:?}"),
        }
        match end.outcome {
            Ok(state) => {
                reached += 1;
                assert_eq!((&*state, last), (goal.reached(), goal.reached()), "run {run}");
            }
            Err((WaitErrorKind::Failed, words)) => {
                failed += 1;
                assert_eq!((goal, last), (Goal::Exported, "FAILED"), "run {run}: {words}");
                assert!(words.contains("FAILED"), "run {run}: {words}");
            }
            Err((WaitErrorKind::GaveUp, words)) => {
                late += 1;
                assert_ne!(last, goal.reached(), "run {run}: {words}");
                // A waiter that looks at no member knows nothing but the status.
                let state = if goal == Goal::Gone { "HTTP status is 200" } else { last };
                // A call may end before its first attempt: an adaptive client holds back.
                let unsent = words.contains("the last call had no answer");
                let told = words.contains(state) || unsent || last == "a fault";
                assert!(told, "run {run}: {words}, {last}");
                match patience.most {
                    // No pause and call were to fit into what was left.
                    Some(most) => {
                        let pause = patience.delays.map_or(Duration::ZERO, |(pause, _)| pause);
                        assert!(took + pause + MOMENT >= most, "run {run}: {words}, {patience:?}");
                    }
                    None => assert_eq!(end.attempts, goal.most(), "run {run}: {words}"),
                }
            }
            Err((WaitErrorKind::Call, words)) => {
                broken += 1;
                assert_eq!(last, "a fault", "run {run}: {words}");
            }
            Err((_, words)) => panic!("run {run}: {words}"),
        }
    }
    let all = [reached, failed, late, broken, left];
    assert!(all.iter().all(|count| *count > 0), "reached, failed, late, broken, left: {all:?}");
}
