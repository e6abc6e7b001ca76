//! Many calls at once: throughput beside a client written by hand, and memory that stays as it is.

use crate::server::Server;
use crate::{Result, by_hand, call};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use typefoundry::transport::HttpTransport;

const TASKS: usize = 64;
/// How often the two take turns
const TURNS: usize = 25;
/// What of the throughput by hand has to be reached
const SHARE: f64 = 0.8;
/// What memory may grow by, in kilobytes, behind the first turn
const GROWTH: usize = 8 * 1024;

pub(crate) fn run(calls: usize) -> Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let server = Server::start()?;
    let endpoint = server.endpoint();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let ours = Arc::new(call::client(&endpoint, HttpTransport::without_proxies()?)?);
    let http = reqwest::Client::builder().no_proxy();
    let http = http.redirect(reqwest::redirect::Policy::none()).build()?;
    let by_hand = Arc::new(by_hand::Client::new(&endpoint, http));

    let (mut our_times, mut hand_times, mut resident) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let client = Arc::clone(&ours);
        our_times.push(runtime.block_on(turn(calls / TURNS, move || {
            let client = Arc::clone(&client);
            async move { call::list(&client).await.map_err(|error| error.to_string()) }
        }))?);
        resident.extend(kilobytes());
        let client = Arc::clone(&by_hand);
        hand_times.push(runtime.block_on(turn(calls / TURNS, move || {
            let client = Arc::clone(&client);
            async move { client.list().await.map_err(|error| error.to_string()) }
        }))?);
    }
    // What else the machine does falls on turns that are next to each other alike.
    let pairs = our_times.iter().zip(&hand_times);
    let share = median(pairs.map(|(ours, hand)| hand.as_secs_f64() / ours.as_secs_f64()));
    let per_second = |times: &[Duration]| {
        median(times.iter().map(|time| (calls / TURNS) as f64 / time.as_secs_f64()))
    };
    println!("{calls} calls by {TASKS} tasks, none failed");
    println!("typefoundry  {:>8.0} calls a second", per_second(&our_times));
    println!("by hand      {:>8.0} calls a second", per_second(&hand_times));
    println!("share        {share:>8.2}, at least {SHARE}");
    if let (Some(first), Some(last)) = (resident.first(), resident.last()) {
        println!("memory       {first} kB after the first turn, {last} kB after the last");
        if last.saturating_sub(*first) > GROWTH {
            return Err(format!("memory grew by more than {GROWTH} kB").into());
        }
    }
    if share < SHARE {
        return Err("that is too slow".into());
    }
    Ok(())
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<_> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
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
