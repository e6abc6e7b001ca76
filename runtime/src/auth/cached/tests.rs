//! When credentials are fetched, and by whom; driven by hand, with a clock that is set.

use super::*;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

const MINUTE: i64 = 60;

#[derive(Debug, Default)]
struct SetClock(AtomicI64);

impl SetClock {
    fn set(&self, minutes: i64) {
        self.0.store(minutes * MINUTE, Ordering::Relaxed);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(self.0.load(Ordering::Relaxed)).expect("a time")
    }
}

type Answer = Result<Credentials, CredentialsError>;

/// Answers when it is told to.
#[derive(Clone, Debug, Default)]
struct Source(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    fetches: AtomicUsize,
    dropped: AtomicUsize,
    state: Mutex<(Option<Answer>, Option<Waker>)>,
}

impl Source {
    fn fetches(&self) -> usize {
        self.0.fetches.load(Ordering::Relaxed)
    }

    fn answer(&self, answer: Result<Credentials, CredentialsError>) {
        let mut state = self.0.state.lock().expect("a lock");
        state.0 = Some(answer);
        if let Some(waker) = state.1.take() {
            waker.wake();
        }
    }
}

struct Counts<'a>(&'a AtomicUsize);

impl Drop for Counts<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl ProvideCredentials for Source {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        self.0.fetches.fetch_add(1, Ordering::Relaxed);
        Box::pin(async {
            let _counts = Counts(&self.0.dropped);
            poll_fn(|cx| {
                let mut state = self.0.state.lock().expect("a lock");
                state.1 = Some(cx.waker().clone());
                state.0.take().map_or(Poll::Pending, Poll::Ready)
            })
            .await
        })
    }
}

fn lasting(key: &str, minutes: Option<i64>) -> Credentials {
    let credentials = Credentials::new(key, "secret");
    match minutes {
        None => credentials,
        Some(minutes) => {
            credentials.with_expiry(Timestamp::from_seconds(minutes * MINUTE).expect("a time"))
        }
    }
}

fn cached() -> (Source, Arc<SetClock>, Cached) {
    let (source, clock) = (Source::default(), Arc::new(SetClock::default()));
    let cached = Cached::new(source.clone(), Arc::clone(&clock) as Arc<dyn Clock>);
    (source, clock, cached)
}

/// A task: a future with a waker that counts.
struct Task<'a> {
    future: BoxFuture<'a, Result<Credentials, CredentialsError>>,
    woken: Arc<Woken>,
}

#[derive(Default)]
struct Woken(AtomicUsize);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl<'a> Task<'a> {
    fn new(cached: &'a Cached) -> Self {
        Self { future: cached.provide(), woken: Arc::default() }
    }

    /// The key, or what went wrong; nothing while it waits.
    fn poll(&mut self) -> Option<String> {
        let waker = Waker::from(Arc::clone(&self.woken));
        match Pin::new(&mut self.future).poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(Ok(credentials)) => Some(credentials.key().to_owned()),
            Poll::Ready(Err(error)) => Some(error.to_string()),
            Poll::Pending => None,
        }
    }

    /// Polls only if it was woken since the last time, as an executor would.
    fn poll_if_woken(&mut self) -> Option<String> {
        (self.woken.0.swap(0, Ordering::Relaxed) > 0).then(|| self.poll()).flatten()
    }
}

fn now(cached: &Cached) -> String {
    Task::new(cached).poll().expect("an answer at once")
}

fn failure() -> CredentialsError {
    CredentialsError::broken("test", "down")
}

const DOWN: &str = "unable to retrieve credentials from test: down";

#[test]
fn what_does_not_expire_is_fetched_once() {
    let (source, clock, cached) = cached();
    source.answer(Ok(lasting("a", None)));
    assert_eq!(now(&cached), "a");
    clock.set(1_000_000);
    assert_eq!(now(&cached), "a");
    assert_eq!(source.fetches(), 1);
}

/// The time at which it is asked, whether the source answers or fails, and what the caller gets.
#[test]
fn new_ones_are_fetched_before_the_end() {
    let cases: [(i64, Option<&str>, &str, usize); 10] = [
        (0, Some("b"), "a", 1),
        (44, Some("b"), "a", 1),
        (45, Some("b"), "a", 1),
        // From 15 minutes before the end on they are tried for, and kept if that fails.
        (46, Some("b"), "b", 2),
        (46, None, "a", 2),
        (50, None, "a", 2),
        // From 10 minutes before the end on there is no way around new ones.
        (51, Some("b"), "b", 2),
        (51, None, DOWN, 2),
        (59, None, DOWN, 2),
        (60, None, DOWN, 2),
    ];
    for (minutes, answer, expected, fetches) in cases {
        let (source, clock, cached) = cached();
        source.answer(Ok(lasting("a", Some(60))));
        assert_eq!(now(&cached), "a");
        clock.set(minutes);
        source.answer(answer.map_or_else(|| Err(failure()), |key| Ok(lasting(key, Some(120)))));
        assert_eq!(now(&cached), expected, "at {minutes} minutes");
        assert_eq!(source.fetches(), fetches, "at {minutes} minutes");
    }
}

#[test]
fn a_try_that_failed_is_repeated_after_a_minute() {
    let (source, clock, cached) = cached();
    source.answer(Ok(lasting("a", Some(60))));
    assert_eq!(now(&cached), "a");
    clock.set(46);
    source.answer(Err(failure()));
    assert_eq!(now(&cached), "a");
    assert_eq!(now(&cached), "a");
    assert_eq!(source.fetches(), 2);
    clock.set(47);
    source.answer(Ok(lasting("b", Some(120))));
    assert_eq!(now(&cached), "b");
    assert_eq!(source.fetches(), 3);
}

/// Those of some processes live for five minutes.
#[test]
fn the_short_lived_are_not_fetched_for_each_call() {
    let (source, clock, cached) = cached();
    source.answer(Ok(lasting("a", Some(5))));
    assert_eq!(now(&cached), "a");
    assert_eq!(now(&cached), "a");
    assert_eq!(source.fetches(), 1);
    clock.set(1);
    source.answer(Ok(lasting("b", Some(6))));
    assert_eq!(now(&cached), "b");
}

#[test]
fn new_ones_that_have_expired_are_an_error() {
    let (source, clock, cached) = cached();
    clock.set(10);
    source.answer(Ok(lasting("a", Some(10))));
    let error = now(&cached);
    assert!(error.contains("they are new, and have expired at 1970-01-01T00:10:00Z"), "{error}");
    source.answer(Ok(lasting("b", Some(100))));
    assert_eq!(now(&cached), "b", "an error is not kept");
}

#[test]
fn an_error_is_not_kept() {
    let (source, _, cached) = cached();
    source.answer(Err(failure()));
    assert_eq!(now(&cached), DOWN);
    source.answer(Ok(lasting("a", None)));
    assert_eq!(now(&cached), "a");
}

#[test]
fn many_share_one_fetch() {
    let (source, _, cached) = cached();
    let mut tasks: Vec<_> = (0..64).map(|_| Task::new(&cached)).collect();
    assert!(tasks.iter_mut().all(|task| task.poll().is_none()));
    source.answer(Ok(lasting("a", None)));
    // Those who are woken drive it on, and wake the others.
    for _ in 0..2 {
        tasks.retain_mut(|task| match task.poll_if_woken() {
            None => true,
            Some(key) => {
                assert_eq!(key, "a");
                false
            }
        });
    }
    assert!(tasks.is_empty());
    assert_eq!(source.fetches(), 1);
}

#[test]
fn many_share_one_failure() {
    let (source, _, cached) = cached();
    let mut tasks: Vec<_> = (0..8).map(|_| Task::new(&cached)).collect();
    assert!(tasks.iter_mut().all(|task| task.poll().is_none()));
    source.answer(Err(failure()));
    let said: Vec<_> = tasks.iter_mut().filter_map(Task::poll).collect();
    assert_eq!(said, [DOWN; 8]);
    assert_eq!(source.fetches(), 1);
}

/// Whoever began it may go: the others neither hang nor begin again.
#[test]
fn a_fetch_outlives_whoever_began_it() {
    for leaves_after_waking in [false, true] {
        let (source, _, cached) = cached();
        let (mut first, mut second) = (Task::new(&cached), Task::new(&cached));
        assert_eq!((first.poll(), second.poll()), (None, None));
        if leaves_after_waking {
            source.answer(Ok(lasting("a", None)));
        }
        drop(first);
        if !leaves_after_waking {
            assert_eq!(second.poll_if_woken(), None);
            source.answer(Ok(lasting("a", None)));
        }
        assert_eq!(second.poll_if_woken().as_deref(), Some("a"));
        assert_eq!(source.fetches(), 1);
    }
}

/// A fetch that nobody waits for is dropped, and what comes later begins anew.
#[test]
fn nothing_is_left_of_a_fetch_that_all_have_left() {
    let (source, _, cached) = cached();
    let (mut first, mut second) = (Task::new(&cached), Task::new(&cached));
    assert_eq!((first.poll(), second.poll()), (None, None));
    drop(first);
    assert_eq!(source.0.dropped.load(Ordering::Relaxed), 0);
    drop(second);
    assert_eq!(source.0.dropped.load(Ordering::Relaxed), 1);
    let mut third = Task::new(&cached);
    assert_eq!(third.poll(), None);
    source.answer(Ok(lasting("a", None)));
    assert_eq!(third.poll_if_woken().as_deref(), Some("a"));
    assert_eq!(source.fetches(), 2);
}

#[test]
fn the_old_ones_serve_while_new_ones_are_on_their_way() {
    let (source, clock, cached) = cached();
    source.answer(Ok(lasting("a", Some(60))));
    assert_eq!(now(&cached), "a");
    clock.set(46);
    let mut first = Task::new(&cached);
    assert_eq!(first.poll(), None);
    assert_eq!(now(&cached), "a");
    // Within the last ten minutes everyone waits.
    clock.set(51);
    let mut second = Task::new(&cached);
    assert_eq!(second.poll(), None);
    source.answer(Ok(lasting("b", Some(120))));
    assert_eq!(second.poll_if_woken().as_deref(), Some("b"));
    assert_eq!(first.poll_if_woken().as_deref(), Some("b"));
    assert_eq!(source.fetches(), 2);
}

#[derive(Debug)]
struct Panics;

impl ProvideCredentials for Panics {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async { panic!("as foreign code may") })
    }
}

/// One who panics takes only itself along.
#[test]
fn a_panic_is_an_error_for_the_others() {
    let cached = Cached::new(Panics, Arc::new(SetClock::default()));
    let mut second = Task::new(&cached);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        Task::new(&cached).poll();
    }));
    assert!(panicked.is_err());
    let again = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| second.poll()));
    assert!(again.is_err(), "it is tried again");
}

/// Tasks that come, wait, and leave in any order: as long as one waits, the fetch goes on, and whoever
/// stays has an answer though it is polled only when it was woken.
#[test]
fn nobody_hangs_whoever_comes_and_goes() {
    for seed in 0..10_000_u64 {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut below = |bound: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(state >> 33).expect("31 bits") % bound
        };
        let (source, _, cached) = cached();
        let mut tasks: Vec<Task<'_>> = Vec::new();
        let mut is_answered = false;
        for _ in 0..20 {
            match below(4) {
                0 => {
                    let mut task = Task::new(&cached);
                    match task.poll() {
                        None => tasks.push(task),
                        Some(key) => assert_eq!(key, "a", "seed {seed}"),
                    }
                }
                1 if !tasks.is_empty() => drop(tasks.swap_remove(below(tasks.len()))),
                2 if !is_answered && !tasks.is_empty() => {
                    source.answer(Ok(lasting("a", None)));
                    is_answered = true;
                }
                _ if !tasks.is_empty() => {
                    let index = below(tasks.len());
                    if let Some(key) = tasks[index].poll_if_woken() {
                        assert_eq!(key, "a", "seed {seed}");
                        drop(tasks.swap_remove(index));
                    }
                }
                _ => {}
            }
        }
        if !is_answered {
            source.answer(Ok(lasting("a", None)));
        }
        let mut is_moving = true;
        while is_moving {
            let before = tasks.len();
            tasks.retain_mut(|task| task.poll_if_woken().is_none());
            is_moving = tasks.len() < before;
        }
        assert_eq!(tasks.len(), 0, "seed {seed}: these hang");
    }
}

/// Threads that really run beside each other, and some that leave.
#[test]
fn threads_share_one_fetch() {
    for leaving in [0, 2] {
        for _ in 0..200 {
            let (source, _, cached) = cached();
            let started = std::sync::Barrier::new(5);
            let wait = |leaves: bool| {
                started.wait();
                let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
                let mut future = cached.provide();
                let began = std::time::Instant::now();
                loop {
                    match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                        Poll::Ready(answer) => return answer.map(|it| it.key().to_owned()),
                        Poll::Pending if leaves => return Ok("a".to_owned()),
                        Poll::Pending => std::thread::park_timeout(Duration::from_mins(1)),
                    }
                    assert!(began.elapsed() < Duration::from_mins(1), "it hangs");
                }
            };
            let wait = &wait;
            std::thread::scope(|scope| {
                let thread = |index| scope.spawn(move || wait(index < leaving));
                let threads: Vec<_> = (0..4).map(thread).collect();
                started.wait();
                source.answer(Ok(lasting("a", None)));
                for thread in threads {
                    assert_eq!(thread.join().expect("no panic"), Ok("a".to_owned()));
                }
            });
            assert!(leaving > 0 || source.fetches() == 1);
        }
    }
}

struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
