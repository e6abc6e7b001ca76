//! Reading timestamps: one function per format, `None` for a text that is not in it.

use super::{Civil, MONTHS, Timestamp, WEEKDAYS};

pub(super) fn date_time(text: &str) -> Option<Timestamp> {
    common(text.as_bytes()).or_else(|| any_date_time(text))
}

/// `2015-08-30T12:36:00Z`, which nearly all are, at once.
fn common(text: &[u8]) -> Option<Timestamp> {
    let text: &[u8; 20] = text.try_into().ok()?;
    let [
        y0,
        y1,
        y2,
        y3,
        b'-',
        m0,
        m1,
        b'-',
        d0,
        d1,
        b'T',
        h0,
        h1,
        b':',
        n0,
        n1,
        b':',
        s0,
        s1,
        b'Z',
    ] = *text
    else {
        return None;
    };
    let two = |tens: u8, ones: u8| {
        let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| i64::from(tens * 10 + ones))
    };
    let year = two(y0, y1)? * 100 + two(y2, y3)?;
    let (month, day) = (two(m0, m1)?, two(d0, d1)?);
    let (hour, minute, second) = (two(h0, h1)?, two(n0, n1)?, two(s0, s1)?);
    Timestamp::from_seconds(Civil { year, month, day, hour, minute, second }.seconds()?)
}

fn any_date_time(text: &str) -> Option<Timestamp> {
    let mut reader = Reader(text.as_bytes());
    let year = reader.digits(4)?;
    let extended = reader.any_of(b"-").is_some();
    let month = reader.digits(2)?;
    reader.separator(b'-', extended)?;
    let day = reader.digits(2)?;
    reader.any_of(b"Tt ")?;
    let (hour, minute, second, nanos) = reader.time(extended)?;
    let offset = reader.offset()?;
    reader.end()?;
    let local = Civil { year, month, day, hour, minute, second }.seconds()?;
    Timestamp::new(local - offset, nanos)
}

pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    let parts: Vec<&str> = text.split([' ', ',', '-']).filter(|part| !part.is_empty()).collect();
    let (weekday, day, month, year, time) = match parts[..] {
        [weekday, day, month, year, time, zone]
            if zone.eq_ignore_ascii_case("GMT") || zone.eq_ignore_ascii_case("UTC") =>
        {
            (weekday, day, month, year, time)
        }
        [weekday, month, day, time, year] => (weekday, day, month, year, time),
        _ => return None,
    };
    let weekday = weekday.get(..3)?;
    WEEKDAYS.iter().find(|name| name.eq_ignore_ascii_case(weekday))?;
    let month = MONTHS.iter().zip(1..).find(|(name, _)| name.eq_ignore_ascii_case(month))?.1;
    let year = match (number(year)?, year.len()) {
        (year, 4) => year,
        (year, 2) if year < 69 => year + 2000,
        (year, 2) => year + 1900,
        _ => return None,
    };
    let mut reader = Reader(time.as_bytes());
    let (hour, minute, second, nanos) = reader.time(true)?;
    reader.end()?;
    let civil = Civil { year, month, day: number(day)?, hour, minute, second };
    Timestamp::new(civil.seconds()?, nanos)
}

/// A decimal number with optional sign, fraction and exponent, times `10^shift`, its fraction cut.
pub(super) fn decimal(text: &str, shift: i64) -> Option<i128> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (negative, mantissa) = match mantissa.strip_prefix(['+', '-']) {
        Some(unsigned) => (mantissa.starts_with('-'), unsigned),
        None => (false, mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = whole.bytes().chain(fraction.bytes());
    if whole.len() + fraction.len() == 0 || !digits.clone().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    if digits.clone().all(|digit| digit == b'0') {
        return Some(0);
    }
    let kept = i64::try_from(whole.len()).ok()?.checked_add(exponent)?.checked_add(shift)?;
    let mut value = 0_i128;
    // The product overflows within 39 steps of the first digit that is not zero, so that a large
    // exponent does not take long.
    for _ in 0..kept {
        let digit = i128::from(digits.next().unwrap_or(b'0') - b'0');
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    Some(if negative { -value } else { value })
}

/// One to four digits.
fn number(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 4 {
        None
    } else {
        Reader(text.as_bytes()).digits(text.len())
    }
}

/// A cursor over a text of which every step can fail.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    /// Exactly `count` digits.
    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits.iter().try_fold(0, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'))
        })
    }

    /// The next byte, if it is one of `choice`.
    fn any_of(&mut self, choice: &[u8]) -> Option<u8> {
        let (byte, rest) = self.0.split_first().filter(|(byte, _)| choice.contains(byte))?;
        self.0 = rest;
        Some(*byte)
    }

    /// Nanoseconds from an optional `.` with digits; those after the ninth are cut.
    fn fraction(&mut self) -> Option<u32> {
        if self.any_of(b".").is_none() {
            return Some(0);
        }
        let end = self.0.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) =
            self.0.split_at_checked(end).filter(|(digits, _)| !digits.is_empty())?;
        self.0 = rest;
        let padded = digits.iter().chain(std::iter::repeat(&b'0')).take(9);
        Some(padded.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')))
    }

    /// Hour, minute and second, with a colon between them if `extended`, and nanoseconds.
    fn time(&mut self, extended: bool) -> Option<(i64, i64, i64, u32)> {
        let hour = self.digits(2)?;
        self.separator(b':', extended)?;
        let minute = self.digits(2)?;
        self.separator(b':', extended)?;
        Some((hour, minute, self.digits(2)?, self.fraction()?))
    }

    /// `Z`, or an offset from UTC, in seconds.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.any_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.digits(2)?;
        let minutes = match (self.any_of(b":"), self.0) {
            (None, []) => 0,
            _ => self.digits(2)?,
        };
        (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
    }

    fn separator(&mut self, separator: u8, present: bool) -> Option<()> {
        if present { self.any_of(&[separator]).map(|_| ()) } else { Some(()) }
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}
