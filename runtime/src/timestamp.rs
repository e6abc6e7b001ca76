//! Instants in UTC, and the four ways in which services write them.
//!
//! The formats are those of Smithy's `timestampFormat` trait (`date-time`, `epoch-seconds`,
//! `http-date`) and, for NAVER Cloud Platform, milliseconds since the epoch. Writing is strict;
//! reading takes what servers are known to send.

use std::fmt::{self, Write as _};
use std::str::FromStr;
use std::time::{Duration, SystemTime};

mod parse;
#[cfg(test)]
mod tests;

const NANOS_PER_SECOND: u32 = 1_000_000_000;
const SECONDS_PER_DAY: i64 = 86_400;
/// Days from 0000-01-01 to 1970-01-01 in the proleptic Gregorian calendar.
const EPOCH_DAY: i64 = 719_528;
/// Days of a common year before each month.
const DAYS_BEFORE_MONTH: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
/// 0000-01-01 was a Saturday in the proleptic Gregorian calendar.
const WEEKDAYS: [&str; 7] = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// The most bytes of an RFC 3339 date-time in UTC.
const DATE_TIME_LENGTH: usize = "9999-12-31T23:59:59.999999999Z".len();
/// How much of an unreadable text an error repeats, in characters.
const FOUND_CHARS: usize = 64;

/// An instant in UTC with a resolution of one nanosecond.
///
/// The range is [`MIN`](Self::MIN) to [`MAX`](Self::MAX), the years 0000 to 9999 of the proleptic
/// Gregorian calendar: what RFC 3339 can write. Leap seconds have no instant of their own.
///
/// `Display`, `Debug` and `FromStr` use RFC 3339 in UTC, with all nine digits of the fraction if
/// they are needed, so that text and value convert into each other without loss.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// How a timestamp is written on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimestampFormat {
    /// RFC 3339.
    ///
    /// Written in UTC with `Z`, as `2015-08-30T12:36:00.25Z`, the fraction without trailing zeros
    /// and cut after microseconds, as AWS's own clients send it.
    ///
    /// Read with any offset, as `+09:00`, `+0900` or `+09`, in either case of the letters, with a
    /// space for the `T`, with any number of fraction digits (those after nanoseconds are cut), or
    /// in the basic form `20131102T010628Z`. A missing offset is an error, for it would have to be
    /// guessed. A leap second (`23:59:60`) is the next second.
    DateTime,
    /// Seconds since 1970-01-01T00:00:00Z as a decimal number.
    ///
    /// Written with the fraction cut after microseconds, as `1422172801.123`.
    ///
    /// Read with a sign, fraction and exponent, exactly; digits after nanoseconds are cut. The
    /// fraction belongs to the number, so that `-1.25` is 1.25 seconds before the epoch.
    EpochSeconds,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// Written as an integer (rounded down). Read as any decimal number, as in `EpochSeconds`.
    EpochMillis,
    /// The date of HTTP headers, RFC 9110 section 5.6.7.
    ///
    /// Written as an IMF-fixdate, `Sun, 06 Nov 1994 08:49:37 GMT` (fraction cut).
    ///
    /// Read in that form with an optional fraction of the second (which Smithy allows), and in the
    /// two obsolete forms, RFC 850's and asctime's. A two-digit year is one of 1969 to 2068: a fixed
    /// window, unlike RFC 9110's moving one, so that the result does not depend on the day. The name
    /// of the weekday is not compared with the date.
    HttpDate,
}

/// A text is not a timestamp of the expected format, or one outside [`Timestamp`]'s range.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {}, found {found:?}", format.expects())]
pub struct ParseTimestampError {
    format: TimestampFormat,
    found: String,
}

/// A time is outside the years 0000 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the time is outside the years 0000 to 9999")]
pub struct TimestampRangeError;

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self { seconds: 0, nanos: 0 };
    /// The earliest instant, 0000-01-01T00:00:00Z.
    pub const MIN: Self = Self { seconds: -EPOCH_DAY * SECONDS_PER_DAY, nanos: 0 };
    /// The latest instant, 9999-12-31T23:59:59.999999999Z.
    pub const MAX: Self = Self { seconds: 253_402_300_799, nanos: NANOS_PER_SECOND - 1 };

    /// The instant `nanos` nanoseconds after `seconds` seconds since the epoch.
    ///
    /// `nanos` counts forward also before the epoch: `new(-1, 250_000_000)` is 0.75 seconds before
    /// it. `None` outside the range or if `nanos` is a second or more.
    pub const fn new(seconds: i64, nanos: u32) -> Option<Self> {
        if seconds < Self::MIN.seconds || seconds > Self::MAX.seconds || nanos >= NANOS_PER_SECOND {
            return None;
        }
        Some(Self { seconds, nanos })
    }

    /// The instant `seconds` seconds since the epoch; `None` outside the range.
    pub const fn from_seconds(seconds: i64) -> Option<Self> {
        Self::new(seconds, 0)
    }

    /// The instant `millis` milliseconds since the epoch; `None` outside the range.
    pub fn from_millis(millis: i64) -> Option<Self> {
        Self::from_nanos(i128::from(millis) * 1_000_000)
    }

    /// The instant a floating-point number of seconds since the epoch, as JSON carries it.
    ///
    /// Rounded to the nearest microsecond, so that 1422172801.123 is exactly that. From 2^33
    /// seconds (in the year 2242) on an `f64` no longer tells microseconds apart, and the result is
    /// rounded to the nearest millisecond. `None` for NaN, infinities and outside the range.
    pub fn from_epoch_number(seconds: f64) -> Option<Self> {
        if !seconds.is_finite() {
            return None;
        }
        let (parts_per_second, nanos_per_part) =
            if seconds.abs() < 8_589_934_592.0 { (1e6, 1_000) } else { (1e3, 1_000_000) };
        let whole = seconds.floor();
        let parts = ((seconds - whole) * parts_per_second).round();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "`as` saturates, and `from_nanos` refuses what is out of range"
        )]
        let (whole, parts) = (whole as i64, parts as i64);
        Self::from_nanos(
            i128::from(whole) * i128::from(NANOS_PER_SECOND) + i128::from(parts * nanos_per_part),
        )
    }

    /// Seconds since the epoch as the number that JSON carries, to the microsecond.
    #[expect(clippy::cast_precision_loss, reason = "as precise as an `f64` can be")]
    pub fn to_epoch_number(self) -> f64 {
        let micros = self.seconds * 1_000_000 + i64::from(self.nanos / 1_000);
        micros as f64 / 1e6
    }

    /// The present instant by the system's clock.
    ///
    /// [`UNIX_EPOCH`](Self::UNIX_EPOCH) if that clock is outside the range.
    pub fn now() -> Self {
        #[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
        {
            // The standard library has no clock there, and panics.
            Self::from_epoch_number(js_sys::Date::now() / 1000.0).unwrap_or(Self::UNIX_EPOCH)
        }
        #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
        {
            SystemTime::now().try_into().unwrap_or(Self::UNIX_EPOCH)
        }
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds since the last whole second, 0 to 999,999,999.
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    /// Milliseconds since the epoch, rounded down.
    pub fn to_millis(self) -> i64 {
        self.seconds * 1_000 + i64::from(self.nanos / 1_000_000)
    }

    /// Reads `text`, around which white space is ignored.
    pub fn parse(text: &str, format: TimestampFormat) -> Result<Self, ParseTimestampError> {
        let trimmed = text.trim_ascii();
        let parsed = match format {
            TimestampFormat::DateTime => parse::date_time(trimmed),
            TimestampFormat::EpochSeconds => parse::decimal(trimmed, 9).and_then(Self::from_nanos),
            TimestampFormat::EpochMillis => parse::decimal(trimmed, 6).and_then(Self::from_nanos),
            TimestampFormat::HttpDate => parse::http_date(trimmed),
        };
        parsed.ok_or_else(|| ParseTimestampError {
            format,
            found: text.chars().take(FOUND_CHARS).collect(),
        })
    }

    /// Writes the instant as services expect it; see [`TimestampFormat`] for what a format cuts.
    pub fn format(&self, format: TimestampFormat) -> String {
        match format {
            TimestampFormat::DateTime => {
                Self { nanos: self.nanos - self.nanos % 1_000, ..*self }.to_date_time()
            }
            TimestampFormat::EpochSeconds => self.to_epoch_seconds(),
            TimestampFormat::EpochMillis => self.to_millis().to_string(),
            TimestampFormat::HttpDate => self.to_http_date(),
        }
    }

    /// As Python's `datetime.isoformat()` writes an aware time in UTC: `2023-04-26T20:36:28+00:00`,
    /// with six fraction digits if the microseconds are not zero.
    ///
    /// The AWS CLI prints timestamps so (`cli_timestamp_format = iso8601`).
    pub fn to_iso_offset(&self) -> String {
        let mut text = Civil::at(self.seconds).date_and_time();
        let micros = self.nanos / 1_000;
        if micros != 0 {
            // Writing into a `String` cannot fail, here and below.
            let _ = write!(text, ".{micros:06}");
        }
        text.push_str("+00:00");
        text
    }

    /// The basic form of ISO 8601 in whole seconds, `20150830T123600Z`, as request signing uses it.
    pub fn to_basic(&self) -> String {
        let places = [0, 2, 4, 6, 9, 11, 13];
        ascii(&Civil::at(self.seconds).fill(*b"YYYYMMDDThhmmssZ", places)).to_owned()
    }

    fn to_date_time(self) -> String {
        let mut text = Civil::at(self.seconds).date_and_time();
        push_fraction(&mut text, u64::from(self.nanos), 9);
        text.push('Z');
        text
    }

    fn to_epoch_seconds(self) -> String {
        let micros = self.seconds * 1_000_000 + i64::from(self.nanos / 1_000);
        let sign = if micros < 0 { "-" } else { "" };
        let micros = micros.unsigned_abs();
        let mut text = format!("{sign}{}", micros / 1_000_000);
        push_fraction(&mut text, micros % 1_000_000, 6);
        text
    }

    fn to_http_date(self) -> String {
        let Civil { year, month, day, hour, minute, second } = Civil::at(self.seconds);
        let days = self.seconds.div_euclid(SECONDS_PER_DAY) + EPOCH_DAY;
        let weekday = name(&WEEKDAYS, days.rem_euclid(7));
        let month = name(&MONTHS, month - 1);
        format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
    }

    fn from_nanos(nanos: i128) -> Option<Self> {
        let per_second = i128::from(NANOS_PER_SECOND);
        let seconds = i64::try_from(nanos.div_euclid(per_second)).ok()?;
        Self::new(seconds, u32::try_from(nanos.rem_euclid(per_second)).ok()?)
    }
}

impl TimestampFormat {
    /// What a text in this format is, for error messages: `an RFC 3339 date-time`.
    pub const fn expects(self) -> &'static str {
        match self {
            Self::DateTime => "an RFC 3339 date-time",
            Self::EpochSeconds => "seconds since the epoch",
            Self::EpochMillis => "milliseconds since the epoch",
            Self::HttpDate => "an HTTP date",
        }
    }
}

impl ParseTimestampError {
    /// What was expected: [`TimestampFormat::expects`].
    pub fn expected(&self) -> &'static str {
        self.format.expects()
    }

    /// What was found, cut to its first 64 characters.
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_date_time())
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, ParseTimestampError> {
        Self::parse(text, TimestampFormat::DateTime)
    }
}

/// Windows counts from 1601; there an earlier instant becomes the start of 1601.
impl From<Timestamp> for SystemTime {
    fn from(timestamp: Timestamp) -> Self {
        const EPOCH_SINCE_1601: Duration = Duration::from_hours(134_774 * 24);
        let whole = Duration::from_secs(timestamp.seconds.unsigned_abs());
        let at_second = if timestamp.seconds < 0 {
            Self::UNIX_EPOCH.checked_sub(whole)
        } else {
            Self::UNIX_EPOCH.checked_add(whole)
        };
        at_second
            .and_then(|time| time.checked_add(Duration::from_nanos(timestamp.nanos.into())))
            .or_else(|| Self::UNIX_EPOCH.checked_sub(EPOCH_SINCE_1601))
            .unwrap_or(Self::UNIX_EPOCH)
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = TimestampRangeError;

    fn try_from(time: SystemTime) -> Result<Self, TimestampRangeError> {
        let nanos = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => i128::try_from(after.as_nanos()),
            Err(before) => i128::try_from(before.duration().as_nanos()).map(|nanos| -nanos),
        };
        nanos.ok().and_then(Self::from_nanos).ok_or(TimestampRangeError)
    }
}

/// A date and a time of day.
#[derive(Clone, Copy)]
struct Civil {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

impl Civil {
    /// The fields, in UTC, of a second since the epoch.
    fn at(seconds: i64) -> Self {
        let days = seconds.div_euclid(SECONDS_PER_DAY) + EPOCH_DAY;
        let of_day = seconds.rem_euclid(SECONDS_PER_DAY);
        // The mean year is 146,097 / 400 days, so the quotient misses by at most one.
        let mut year = days * 400 / 146_097;
        if days_before_year(year) > days {
            year -= 1;
        } else if days_before_year(year + 1) <= days {
            year += 1;
        }
        let mut month = 1;
        let mut day = days - days_before_year(year);
        while day >= days_in_month(year, month) {
            day -= days_in_month(year, month);
            month += 1;
        }
        let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
        Self { year, month, day: day + 1, hour, minute, second }
    }

    /// The inverse of `at`, for a year of four digits; `None` for a field out of its range.
    ///
    /// The second may be 60, and is then the next minute's first.
    fn seconds(self) -> Option<i64> {
        let valid = (1..=12).contains(&self.month)
            && (1..=days_in_month(self.year, self.month)).contains(&self.day)
            && (0..24).contains(&self.hour)
            && (0..60).contains(&self.minute)
            && (0..=60).contains(&self.second);
        let month = usize::try_from(self.month - 1).ok()?;
        let in_year = DAYS_BEFORE_MONTH.get(month)? + i64::from(month > 1 && is_leap(self.year));
        let days = days_before_year(self.year) + in_year + self.day - 1 - EPOCH_DAY;
        let of_day = self.hour * 3_600 + self.minute * 60 + self.second;
        valid.then_some(days * SECONDS_PER_DAY + of_day)
    }

    fn date_and_time(self) -> String {
        let places = [0, 2, 5, 8, 11, 14, 17];
        let mut text = String::with_capacity(DATE_TIME_LENGTH);
        text.push_str(ascii(&self.fill(*b"YYYY-MM-DDThh:mm:ss", places)));
        text
    }

    /// Puts the fields, two digits each, to their places.
    ///
    /// Every timestamp that is written comes here: `format!` takes several times as long.
    fn fill<const N: usize>(self, mut text: [u8; N], places: [usize; 7]) -> [u8; N] {
        let Self { year, month, day, hour, minute, second } = self;
        let fields = [year / 100, year % 100, month, day, hour, minute, second];
        for (place, field) in places.into_iter().zip(fields) {
            for (place, digit) in [(place, field / 10), (place + 1, field % 10)] {
                text[place] = u8::try_from(digit).map_or(b'0', |digit| b'0' + digit % 10);
            }
        }
        text
    }
}

fn ascii(text: &[u8]) -> &str {
    std::str::from_utf8(text).unwrap_or_default()
}

fn name(names: &[&'static str], index: i64) -> &'static str {
    let name = usize::try_from(index).ok().and_then(|index| names.get(index));
    name.copied().unwrap_or_default()
}

/// Days from 0000-01-01 to the first day of `year`, which is not negative.
fn days_before_year(year: i64) -> i64 {
    // The leap years in `0..year`, of which 0000 is the first.
    let leap_years = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    year * 365 + leap_years
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(is_leap(year)),
        _ => 31,
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Appends the fraction `value / 10^digits` without trailing zeros, and nothing for zero.
fn push_fraction(text: &mut String, value: u64, digits: usize) {
    if value != 0 {
        let _ = write!(text, ".{value:0digits$}");
        text.truncate(text.trim_end_matches('0').len());
    }
}
