//! CPU time, in turns.

use crate::{Options, Result};
use cpu_time::ProcessTime;
use std::time::Duration;

/// One of those that are compared.
pub(crate) struct Turn<'a> {
    pub(crate) name: &'static str,
    /// Does the work as often as it is told.
    pub(crate) work: Box<dyn FnMut(u32) -> Result<()> + 'a>,
}

impl<'a> Turn<'a> {
    pub(crate) fn new(name: &'static str, work: impl FnMut(u32) -> Result<()> + 'a) -> Self {
        Self { name, work: Box::new(work) }
    }
}

/// What one of them took for the work done once.
pub(crate) struct Taken {
    pub(crate) name: &'static str,
    median: f64,
    best: f64,
}

/// Lets all take turns, each `times` a turn, and starting with another one each round.
pub(crate) fn measure(
    mut turns: Vec<Turn<'_>>,
    times: u32,
    options: &Options,
) -> Result<Vec<Taken>> {
    if let Some(only) = &options.only {
        turns.retain(|turn| turn.name.contains(only.as_str()));
    }
    let mut taken = vec![Vec::new(); turns.len()];
    for round in 0..=options.rounds {
        for place in 0..turns.len() {
            let index = (round + place) % turns.len();
            let start = ProcessTime::try_now()?;
            (turns[index].work)(times)?;
            // The first round warms up.
            if round > 0 {
                taken[index].push(start.try_elapsed()? / times);
            }
        }
    }
    Ok(turns
        .iter()
        .zip(&mut taken)
        .map(|(turn, times)| {
            times.sort_unstable();
            let micros =
                |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1e6);
            Taken {
                name: turn.name,
                median: micros(times.get(times.len() / 2)),
                best: micros(times.first()),
            }
        })
        .collect())
}

impl Taken {
    /// Microseconds
    pub(crate) fn median(&self) -> f64 {
        self.median
    }

    /// Without what `base` took.
    pub(crate) fn without(self, base: &Self) -> Self {
        Self { median: self.median - base.median, best: self.best - base.best, ..self }
    }
}

/// A table in which the first one is what the others are compared with.
pub(crate) fn print(title: &str, rounds: usize, rows: &[Taken]) {
    let Some(first) = rows.first() else { return };
    println!("{title} (µs of CPU, {rounds} rounds)\n");
    println!("  {:<44} {:>9} {:>9} {:>9}", "", "median", "best", "times ours");
    for row in rows {
        let ratio = row.median / first.median;
        println!("  {:<44} {:>9.1} {:>9.1} {:>9.2}", row.name, row.median, row.best, ratio);
    }
    println!();
}
