//! Dates as people write them: `Jan 5 2020 10:30`, `1/5/2020`, `2020-01-05T10:30:00+02:00`.

mod local;
mod parse;
#[cfg(test)]
mod tests;
mod tokens;
mod ymd;

pub(super) use local::{offset, zone};

use typefoundry::{Timestamp, TimestampFormat};
use tz::TimeZone;

/// A time of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Date {
    /// What the clock shows, as a time of UTC
    pub(super) shown: Timestamp,
    /// Seconds before UTC; nothing where no zone is named
    pub(super) offset: Option<i64>,
}

impl Date {
    /// The time that it is, where one without a zone is of UTC.
    pub(super) fn time(self) -> Option<Timestamp> {
        let seconds = self.shown.seconds() - self.offset.unwrap_or(0);
        Timestamp::new(seconds, self.shown.subsec_nanos())
    }
}

/// Reads a date. What it does not say is that of the beginning of the day that `now` is. Nothing if it
/// is none, and if nobody knows its zone.
pub(super) fn read(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Date> {
    let today = Timestamp::new(now.seconds() + offset(zone, now), 0)?.to_string();
    let of_today = |range: std::ops::Range<usize>| today.get(range)?.parse::<i64>().ok();
    let this_year = of_today(0..4)?;
    let said = parse::read(text, this_year)?;
    let year = said.year.map_or(this_year, |year| century(year, said.has_century, this_year));
    let month = said.month.map_or_else(|| of_today(5..7), Some)?;
    let last = days(year, month)?;
    let day = said.day.map_or_else(|| Some(of_today(8..10)?.min(last)), Some)?;
    let [hour, minute, second] = [said.hour, said.minute, said.second].map(|it| it.unwrap_or(0));
    let micros = said.micros.unwrap_or(0);
    let iso =
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z");
    let is_day = (1..10_000).contains(&year) && (1..=last).contains(&day);
    let is_time = is_day && hour < 24 && minute < 60 && second < 60;
    let mut shown = Timestamp::parse(&iso, TimestampFormat::DateTime).ok().filter(|_| is_time)?;
    if let (Some(weekday), None) = (said.weekday, said.day) {
        // The first of January 1970 was a Thursday.
        let days = (weekday - shown.seconds().div_euclid(86_400) - 3).rem_euclid(7);
        shown = Timestamp::new(shown.seconds() + days * 86_400, shown.subsec_nanos())?;
    }
    let offset = match (said.offset, said.zone.as_deref()) {
        (_, Some(name)) if parse::is_utc(name) => Some(0),
        (Some(offset), _) => Some(offset),
        (None, Some(name)) => {
            let time = local::shown_in(zone, name, shown)?;
            Some(shown.seconds() - time.seconds())
        }
        (None, None) => None,
    };
    Some(Date { shown, offset })
}

/// A year of two digits is the nearest one.
fn century(year: i64, has_century: bool, this_year: i64) -> i64 {
    if has_century || year > 99 {
        return year;
    }
    let year = year + this_year / 100 * 100;
    if year >= this_year + 50 {
        year - 100
    } else if year < this_year - 50 {
        year + 100
    } else {
        year
    }
}

/// How many days a month has; nothing if there is no such month.
fn days(year: i64, month: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    Some(match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return None,
    })
}
