//! Which of the numbers of a date is its year, its month and its day.

use super::days;

/// What one of the numbers is known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Year,
    Month,
}

/// The numbers of a date, in their order.
#[derive(Debug, Default)]
pub(super) struct Ymd {
    numbers: Vec<i64>,
    year: Option<usize>,
    month: Option<usize>,
    /// Whether a year has its century
    pub(super) has_century: bool,
}

/// Year, month and day, as far as they are said.
pub(super) type Resolved = (Option<i64>, Option<i64>, Option<i64>);

impl Ymd {
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Takes a number; nothing if it is none, or if its part is there already.
    pub(super) fn push_text(&mut self, text: &str, part: Option<Part>) -> Option<()> {
        let number = super::parse::whole(text)?;
        self.place(number, text.len() > 2, part)
    }

    /// Takes a number; nothing if its part is there already.
    pub(super) fn push(&mut self, number: i64, part: Option<Part>) -> Option<()> {
        self.place(number, number > 100, part)
    }

    fn place(&mut self, number: i64, is_year: bool, part: Option<Part>) -> Option<()> {
        let part = if is_year {
            self.has_century = true;
            match part {
                None | Some(Part::Year) => Some(Part::Year),
                Some(_) => return None,
            }
        } else {
            part
        };
        let place = match part {
            Some(Part::Year) => &mut self.year,
            Some(Part::Month) => &mut self.month,
            None => {
                self.numbers.push(number);
                return Some(());
            }
        };
        if place.replace(self.numbers.len()).is_some() {
            return None;
        }
        self.numbers.push(number);
        Some(())
    }

    /// Whether a number may be the day; nothing if the month is none.
    pub(super) fn may_be_day(&self, number: i64) -> Option<bool> {
        let most = match (self.month, self.year) {
            (None, _) => 31,
            // That of a leap year.
            (Some(month), None) => days(2000, self.numbers[month])?,
            (Some(month), Some(year)) => days(self.numbers[year], self.numbers[month])?,
        };
        Some((1..=most).contains(&number))
    }

    /// Tells them apart; nothing where there are too many.
    pub(super) fn resolve(&self) -> Option<Resolved> {
        let at = |place: Option<usize>| place.map(|place| self.numbers[place]);
        let is_known = |place: usize| self.year == Some(place) || self.month == Some(place);
        let known = usize::from(self.year.is_some()) + usize::from(self.month.is_some());
        if known > 0 && known == self.len() {
            return Some((at(self.year), at(self.month), None));
        }
        if let (3, 2) = (self.len(), known) {
            let day = (0..3).find(|place| !is_known(*place));
            return Some((at(self.year), at(self.month), at(day)));
        }
        Some(match (&self.numbers[..], self.month) {
            ([], _) => (None, None, None),
            ([one], _) => year_or_day(*one, None),
            ([one, two], Some(0)) => year_or_day(*two, Some(*one)),
            ([one, two], Some(_)) => year_or_day(*one, Some(*two)),
            ([one, two], None) if *one > 31 => (Some(*one), Some(*two), None),
            ([one, two], None) if *two > 31 => (Some(*two), Some(*one), None),
            ([one, two], None) => (None, Some(*one), Some(*two)),
            ([one, two, three], month) => {
                let (one, two, three) = (Some(*one), Some(*two), Some(*three));
                match month {
                    Some(0) if two > Some(31) => (two, one, three),
                    Some(0) => (three, one, two),
                    Some(1) if one > Some(31) => (one, two, three),
                    Some(1) => (three, two, one),
                    Some(_) if two > Some(31) => (two, three, one),
                    Some(_) => (one, three, two),
                    None if one > Some(31) || self.year == Some(0) => (one, two, three),
                    None if one > Some(12) => (three, two, one),
                    None => (three, one, two),
                }
            }
            _ => return None,
        })
    }
}

fn year_or_day(number: i64, month: Option<i64>) -> Resolved {
    if number > 31 { (Some(number), month, None) } else { (None, month, Some(number)) }
}
