//! What the tokens of a date say. The rules are those of python-dateutil 2.9 (`parser/_parser.py`),
//! with its defaults: of three numbers that may be anything, the first is the month.

use super::tokens::split;
use super::ymd::{Part, Ymd};

/// What a date says; nothing where it is silent.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) year: Option<i64>,
    /// Whether the year has its century
    pub(super) has_century: bool,
    pub(super) month: Option<i64>,
    pub(super) day: Option<i64>,
    /// Days after Monday
    pub(super) weekday: Option<i64>,
    pub(super) hour: Option<i64>,
    pub(super) minute: Option<i64>,
    pub(super) second: Option<i64>,
    pub(super) micros: Option<i64>,
    pub(super) zone: Option<String>,
    /// Seconds before UTC
    pub(super) offset: Option<i64>,
}

/// Reads a date; nothing if it is none.
pub(super) fn read(text: &str, this_year: i64) -> Option<Said> {
    let (ymd, said) = (Ymd::default(), Said::default());
    let mut parser = Parser { tokens: split(text), at: 0, ymd, said, this_year };
    while parser.at < parser.tokens.len() {
        parser.token()?;
        parser.at += 1;
    }
    let Parser { ymd, mut said, .. } = parser;
    (said.year, said.month, said.day) = ymd.resolve()?;
    said.has_century = ymd.has_century;
    let is_something = [said.year, said.month, said.day, said.weekday, said.hour]
        .into_iter()
        .chain([said.minute, said.second, said.micros])
        .any(|part| part.is_some());
    is_something.then_some(said)
}

/// A number without sign and fraction.
pub(super) fn whole(text: &str) -> Option<i64> {
    let is_whole = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then(|| text.parse().ok())?
}

const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What says nothing.
const FILLERS: [&str; 18] = [
    " ", ".", ",", ";", "-", "/", "'", "at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd",
    "th",
];

/// The place of a name in a list, by the whole of it or by its first three letters.
fn named(names: &[&str], token: &str) -> Option<i64> {
    let token = token.to_lowercase();
    let is = |name: &&str| **name == token || name.get(..3) == Some(&token);
    names.iter().position(is).and_then(|place| i64::try_from(place).ok())
}

fn weekday(token: &str) -> Option<i64> {
    named(&WEEKDAYS, token)
}

/// The number of a month.
fn month(token: &str) -> Option<i64> {
    let token = if token.eq_ignore_ascii_case("sept") { "sep" } else { token };
    Some(named(&MONTHS, token)? + 1)
}

/// Whether hours, minutes (1) or seconds (2) are named.
fn unit(token: &str) -> Option<i64> {
    Some(match &*token.to_lowercase() {
        "h" | "hour" | "hours" => 0,
        "m" | "minute" | "minutes" => 1,
        "s" | "second" | "seconds" => 2,
        _ => return None,
    })
}

/// Whether the hour is one of the afternoon.
fn afternoon(token: &str) -> Option<bool> {
    Some(match &*token.to_lowercase() {
        "am" | "a" => false,
        "pm" | "p" => true,
        _ => return None,
    })
}

fn is_filler(token: &str) -> bool {
    FILLERS.contains(&&*token.to_lowercase())
}

/// A name of UTC.
pub(super) fn is_utc(name: &str) -> bool {
    matches!(name, "UTC" | "GMT" | "Z" | "z")
}

/// A number in parts: what is before its dot, and behind it.
fn number(token: &str) -> Option<(i64, &str)> {
    let (before, fraction) = token.split_once('.').unwrap_or((token, ""));
    let is_fraction = fraction.bytes().all(|byte| byte.is_ascii_digit());
    Some((whole(before).filter(|_| is_fraction)?, fraction))
}

/// Sixtieths in a fraction, if there is one.
fn sixtieths(fraction: &str) -> Option<i64> {
    let digits = fraction.get(..15).unwrap_or(fraction);
    let scale = 10_i64.pow(u32::try_from(digits.len()).ok()?);
    let value = whole(digits)?;
    (value > 0).then_some(value * 60 / scale)
}

/// Seconds and millionths.
fn seconds(token: &str) -> Option<(i64, i64)> {
    let Some((before, fraction)) = token.split_once('.') else { return Some((whole(token)?, 0)) };
    let millionths: String = fraction.chars().chain("000000".chars()).take(6).collect();
    Some((whole(before)?, whole(&millionths)?))
}

fn with_half(hour: i64, is_afternoon: bool) -> i64 {
    match (hour, is_afternoon) {
        (hour, true) if hour < 12 => hour + 12,
        (12, false) => 0,
        _ => hour,
    }
}

struct Parser {
    tokens: Vec<String>,
    at: usize,
    ymd: Ymd,
    said: Said,
    this_year: i64,
}

impl Parser {
    /// A token from here on.
    fn peek(&self, ahead: usize) -> Option<&str> {
        self.tokens.get(self.at + ahead).map(String::as_str)
    }

    /// Takes a token and what belongs to it, up to the last one of these.
    fn token(&mut self) -> Option<()> {
        let token = self.peek(0)?.to_owned();
        if number(&token).is_some() {
            return self.number(&token);
        }
        if let Some(day) = weekday(&token) {
            self.said.weekday = Some(day);
        } else if let Some(number) = month(&token) {
            self.ymd.push(number, Some(Part::Month))?;
            self.behind_month()?;
        } else if let Some(is_afternoon) = afternoon(&token) {
            let hour = self.said.hour.filter(|hour| (0..=12).contains(hour))?;
            self.said.hour = Some(with_half(hour, is_afternoon));
        } else if self.may_be_zone(&token) && self.said.offset.is_none() {
            self.zone(token);
        } else if self.said.hour.is_some() && matches!(&*token, "+" | "-") {
            self.offset(&token)?;
        } else if !is_filler(&token) {
            return None;
        }
        Some(())
    }

    /// `Jan-01`, `Jan/01/99`, `Jan of 01`
    fn behind_month(&mut self) -> Option<()> {
        let Some(mark) = self.peek(1).map(str::to_owned) else { return Some(()) };
        if matches!(&*mark, "-" | "/") {
            let next = self.peek(2)?.to_owned();
            self.ymd.push_text(&next, None)?;
            if self.peek(3) == Some(&mark) {
                let next = self.peek(4)?.to_owned();
                self.ymd.push_text(&next, None)?;
                self.at += 2;
            }
            self.at += 2;
        } else if mark == " "
            && self.peek(3) == Some(" ")
            && self.peek(2).is_some_and(|word| word.eq_ignore_ascii_case("of"))
            && let Some(year) = self.peek(4).map(str::to_owned)
        {
            if let Some(number) = whole(&year) {
                let number = super::century(number, false, self.this_year);
                self.ymd.push(number, Some(Part::Year))?;
                self.ymd.has_century = true;
            }
            self.at += 4;
        }
        Some(())
    }

    fn may_be_zone(&self, token: &str) -> bool {
        self.said.hour.is_some()
            && self.said.zone.is_none()
            && token.len() <= 5
            && (token.bytes().all(|byte| byte.is_ascii_uppercase()) || is_utc(token))
    }

    fn zone(&mut self, name: String) {
        // `GMT+3` is meant to be three hours before UTC, whatever POSIX says, and `BRST+3` too.
        if let Some(sign) = self.tokens.get_mut(self.at + 1)
            && matches!(&**sign, "+" | "-")
        {
            *sign = String::from(if sign == "+" { "-" } else { "+" });
            if is_utc(&name.to_uppercase()) {
                return;
            }
        }
        self.said.zone = Some(name);
    }

    /// `+0100`, `+01:00`, `+1`, each with a name behind it in parentheses
    fn offset(&mut self, sign: &str) -> Option<()> {
        let token = self.peek(1)?.to_owned();
        let (hours, minutes) = match token.len() {
            4 => (whole(token.get(..2)?)?, whole(token.get(2..)?)?),
            _ if self.peek(2) == Some(":") => {
                let minutes = whole(self.peek(3)?)?;
                self.at += 2;
                (whole(&token)?, minutes)
            }
            0..=2 => (whole(&token)?, 0),
            _ => return None,
        };
        // No zone is a day away.
        let seconds = hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?;
        let seconds = Some(seconds).filter(|seconds| *seconds < 86_400)?;
        self.said.offset = Some(if sign == "-" { -seconds } else { seconds });
        if let (Some(space), Some("("), Some(name), Some(")")) =
            (self.peek(2), self.peek(3), self.peek(4), self.peek(5))
            && is_filler(space)
            && name.len() > 2
            && self.may_be_zone(name)
        {
            self.said.zone = Some(name.to_owned());
            self.at += 4;
        }
        self.at += 1;
        Some(())
    }

    fn number(&mut self, token: &str) -> Option<()> {
        let (value, _) = number(token)?;
        let length = token.len();
        let next = self.peek(1).map(str::to_owned);
        let is_clock = next.as_deref().is_some_and(|next| next == ":" || unit(next).is_some());
        let is_free = self.said.hour.is_none() && !is_clock;
        if self.ymd.len() == 3 && matches!(length, 2 | 4) && is_free {
            // 19990101T23, 19990101T2359
            self.said.hour = Some(whole(token.get(..2)?)?);
            if length == 4 {
                self.said.minute = Some(whole(token.get(2..)?)?);
            }
        } else if length == 6 || (length > 6 && token.find('.') == Some(6)) {
            self.six(token)?;
        } else if matches!(length, 8 | 12 | 14) {
            self.ymd.push_text(token.get(..4)?, Some(Part::Year))?;
            self.ymd.push_text(token.get(4..6)?, None)?;
            self.ymd.push_text(token.get(6..8)?, None)?;
            if length > 8 {
                self.said.hour = Some(whole(token.get(8..10)?)?);
                self.said.minute = Some(whole(token.get(10..12)?)?);
            }
            if length > 12 {
                self.said.second = Some(whole(token.get(12..)?)?);
            }
        } else if let Some(place) = self.place_of_unit() {
            let unit = unit(&self.tokens[place])?;
            // One that stands before is of the number before.
            let unit = if place < self.at { unit + 1 } else { unit };
            self.at = self.at.max(place);
            self.with_unit(token, unit)?;
        } else if next.as_deref() == Some(":") && self.peek(2).is_some() {
            self.clock(value)?;
        } else if let Some(mark) = next.as_deref().filter(|it| matches!(*it, "-" | "/" | ".")) {
            self.ymd.push_text(token, None)?;
            self.behind_number(mark)?;
        } else if next.as_deref().is_none_or(is_filler) {
            if let Some(is_afternoon) = self.peek(2).and_then(afternoon) {
                self.said.hour = Some(with_half(value, is_afternoon));
                self.at += 1;
            } else {
                self.ymd.push(value, None)?;
            }
            self.at += 1;
        } else if let Some(is_afternoon) = next.as_deref().and_then(afternoon)
            && value < 24
        {
            self.said.hour = Some(with_half(value, is_afternoon));
            self.at += 1;
        } else if self.ymd.may_be_day(value)? {
            self.ymd.push(value, None)?;
        } else {
            return None;
        }
        Some(())
    }

    /// `YYMMDD`, or `HHMMSS` and a fraction
    fn six(&mut self, token: &str) -> Option<()> {
        if self.ymd.len() == 0 && !token.contains('.') {
            for range in [0..2, 2..4, 4..6] {
                self.ymd.push_text(token.get(range)?, None)?;
            }
            return Some(());
        }
        self.said.hour = Some(whole(token.get(..2)?)?);
        self.said.minute = Some(whole(token.get(2..4)?)?);
        let (second, micros) = seconds(token.get(4..)?)?;
        (self.said.second, self.said.micros) = (Some(second), Some(micros));
        Some(())
    }

    /// `10:30`, `10:30:15`, and fractions
    fn clock(&mut self, hour: i64) -> Option<()> {
        self.said.hour = Some(hour);
        let (minute, fraction) = number(self.peek(2)?)?;
        (self.said.minute, self.said.second) = (Some(minute), sixtieths(fraction));
        if self.peek(3) == Some(":")
            && let Some(token) = self.peek(4)
        {
            let (second, micros) = seconds(token)?;
            (self.said.second, self.said.micros) = (Some(second), Some(micros));
            self.at += 2;
        }
        self.at += 2;
        Some(())
    }

    /// `01-02`, `01-02-99`, `01-Jan-99`
    fn behind_number(&mut self, mark: &str) -> Option<()> {
        if let Some(second) = self.peek(2).filter(|token| !is_filler(token)).map(str::to_owned) {
            match month(&second) {
                Some(number) => self.ymd.push(number, Some(Part::Month))?,
                None => self.ymd.push_text(&second, None)?,
            }
            if self.peek(3) == Some(mark) {
                let third = self.peek(4)?.to_owned();
                match month(&third) {
                    Some(number) => self.ymd.push(number, Some(Part::Month))?,
                    None => self.ymd.push_text(&third, None)?,
                }
                self.at += 2;
            }
            self.at += 1;
        }
        self.at += 1;
        Some(())
    }

    /// Where the unit of a number stands: behind it, or before it where that is the one before.
    fn place_of_unit(&self) -> Option<usize> {
        let is_unit = |place: usize| self.tokens.get(place).is_some_and(|it| unit(it).is_some());
        let is_space = |place: usize| self.tokens.get(place).is_some_and(|it| it == " ");
        let (at, last) = (self.at, self.tokens.len().saturating_sub(1));
        if is_unit(at + 1) {
            Some(at + 1)
        } else if is_space(at + 1) && is_unit(at + 2) {
            Some(at + 2)
        } else if at > 0 && is_unit(at - 1) {
            Some(at - 1)
        } else if at > 1 && at == last && is_space(at - 1) && is_unit(at - 2) {
            Some(at - 2)
        } else {
            None
        }
    }

    fn with_unit(&mut self, token: &str, unit: i64) -> Option<()> {
        let (value, fraction) = number(token)?;
        match unit {
            0 => {
                self.said.hour = Some(value);
                self.said.minute = sixtieths(fraction).or(self.said.minute);
            }
            1 => (self.said.minute, self.said.second) = (Some(value), sixtieths(fraction)),
            2 => {
                let (second, micros) = seconds(token)?;
                (self.said.second, self.said.micros) = (Some(second), Some(micros));
            }
            _ => {}
        }
        Some(())
    }
}
