//! Many calls at once: throughput beside a client written by hand, and memory that stays as it is.

use crate::server::Server;
use crate::{Result, by_hand, call};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use typefoundry::transport::ReqwestTransport;

const TASKS: usize = 64;
/// How often the two take turns
const TURNS: usize = 5;
/// What of the throughput by hand has to be reached
const SHARE: f64 = 0.8;
/// What memory may grow by, in kilobytes, behind the first turn
const GROWTH: usize = 8 * 1024;

pub(crate) fn run(calls: usize) -> Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let server = Server::start()?;
    let endpoint = server.endpoint();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let ours = Arc::new(call::client(&endpoint, ReqwestTransport::without_proxies()?)?);
    let http = reqwest::Client::builder().no_proxy();
    let http = http.redirect(reqwest::redirect::Policy::none()).build()?;
    let by_hand = Arc::new(by_hand::Client::new(&endpoint, http));

    let (mut our_time, mut hand_time, mut resident) = (Duration::ZERO, Duration::ZERO, Vec::new());
    for _ in 0..TURNS {
        let client = Arc::clone(&ours);
        our_time += runtime.block_on(turn(calls / TURNS, move || {
            let client = Arc::clone(&client);
            async move { call::list(&client).await.map_err(|error| error.to_string()) }
        }))?;
        resident.extend(kilobytes());
        let client = Arc::clone(&by_hand);
        hand_time += runtime.block_on(turn(calls / TURNS, move || {
            let client = Arc::clone(&client);
            async move { client.list().await.map_err(|error| error.to_string()) }
        }))?;
    }
    let per_second = |time: Duration| calls as f64 / time.as_secs_f64();
    let share = per_second(our_time) / per_second(hand_time);
    println!("{calls} calls by {TASKS} tasks, none failed");
    println!("typefoundry  {:>8.0} calls a second", per_second(our_time));
    println!("by hand      {:>8.0} calls a second", per_second(hand_time));
    println!("share        {share:>8.2}, at least {SHARE}");
    println!("memory       {resident:?} kB after each turn");
    if let (Some(first), Some(last)) = (resident.first(), resident.last())
        && last.saturating_sub(*first) > GROWTH
    {
        return Err(format!("memory grew by more than {GROWTH} kB").into());
    }
    if share < SHARE {
        return Err("that is too slow".into());
    }
    Ok(())
}

/// How long it takes all tasks together to make so many calls.
async fn turn<F>(calls: usize, call: impl Fn() -> F + Clone + Send + 'static) -> Result<Duration>
where
    F: Future<Output = std::result::Result<usize, String>> + Send,
{
    let left = Arc::new(AtomicUsize::new(calls));
    let start = Instant::now();
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let (left, call) = (Arc::clone(&left), call.clone());
            tokio::spawn(async move {
                let take = |left: usize| left.checked_sub(1);
                while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok() {
                    if call().await? != 1 {
                        return Err("the answer has one event".to_owned());
                    }
                }
                Ok(())
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok(start.elapsed())
}

/// What of memory the process has, where the system says so.
fn kilobytes() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().split(' ').next()?.parse().ok()
}
