//! A bar that says how far a long transfer is.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// A transfer is long from here on.
const LONG: Duration = Duration::from_millis(500);
/// How often the bar is drawn, at most.
const OFTEN: Duration = Duration::from_millis(100);
/// Characters between the bar's ends.
const BAR: usize = 24;

/// A bar on the error stream, where that is a terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    shown: bool,
    started: Instant,
    drawn: Option<Instant>,
}

impl Progress {
    /// A bar that is not there yet.
    pub(crate) fn new() -> Self {
        let shown = std::io::stderr().is_terminal();
        Self { shown, started: Instant::now(), drawn: None }
    }

    /// Tells how many bytes are over, and of how many, if that is known.
    pub(crate) fn bytes(&mut self, bytes: u64, total: Option<u64>) {
        self.draw(|| line(bytes, total));
    }

    /// Tells how many items have come.
    pub(crate) fn items(&mut self, items: usize) {
        self.draw(|| format!("{items} items"));
    }

    fn draw(&mut self, line: impl FnOnce() -> String) {
        let waited = match self.drawn {
            None => self.started.elapsed() >= LONG,
            Some(drawn) => drawn.elapsed() >= OFTEN,
        };
        if self.shown && waited {
            self.drawn = Some(Instant::now());
            // Nobody can be told that nobody can be told.
            let _ = write!(std::io::stderr(), "\r{}\u{1b}[K", line());
        }
    }
}

/// The bar goes when the transfer has ended.
impl Drop for Progress {
    fn drop(&mut self) {
        if self.drawn.is_some() {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}

fn line(bytes: u64, total: Option<u64>) -> String {
    match total.filter(|total| *total > 0) {
        None => amount(bytes),
        Some(total) => {
            let share = u128::from(bytes.min(total)) * 100 / u128::from(total);
            let filled = usize::try_from(share).unwrap_or(100) * BAR / 100;
            let bar = format!("{}{}", "#".repeat(filled), " ".repeat(BAR - filled));
            format!("[{bar}] {share:3} %  {} of {}", amount(bytes), amount(total))
        }
    }
}

/// Bytes in a unit that suits them.
fn amount(bytes: u64) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} bytes");
    }
    #[expect(clippy::cast_precision_loss, reason = "one digit behind the point is shown")]
    let mut amount = bytes as f64 / 1024.0;
    let mut unit = 0;
    while amount >= 1024.0 && unit + 1 < units.len() {
        amount /= 1024.0;
        unit += 1;
    }
    format!("{amount:.1} {}", units[unit])
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_line_says_how_far_it_is() {
        let cases = [
            (0, None, "0 bytes"),
            (1536, None, "1.5 KiB"),
            (0, Some(10), "[                        ]   0 %  0 bytes of 10 bytes"),
            (512, Some(1024), "[############            ]  50 %  512 bytes of 1.0 KiB"),
            (3 << 30, Some(3 << 30), "[########################] 100 %  3.0 GiB of 3.0 GiB"),
            // A server that sends more than it said, and one that said nothing
            (20, Some(10), "[########################] 100 %  20 bytes of 10 bytes"),
            (20, Some(0), "20 bytes"),
            (
                u64::MAX,
                Some(u64::MAX),
                "[########################] 100 %  16777216.0 TiB of 16777216.0 TiB",
            ),
        ];
        for (bytes, total, expected) in cases {
            assert_eq!(line(bytes, total), expected);
        }
    }
}
