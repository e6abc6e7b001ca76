//! The local time zone: that of the environment's `TZ`, or the machine's.

use std::ffi::OsString;
use std::sync::LazyLock;
use typefoundry::Timestamp;
use tz::{TimeZone, TimeZoneSettings};

/// When summer begins and ends where `TZ` names one and does not say it (glibc's `posixrules`).
const SUMMER: &str = ",M3.2.0,M11.1.0";

/// The local time zone. What cannot be read is UTC, as it is to the C library.
pub(in crate::call) fn zone() -> &'static TimeZone {
    static ZONE: LazyLock<TimeZone> = LazyLock::new(|| zone_of(|name| std::env::var_os(name)));
    &ZONE
}

/// That of the variables `TZ` (the name of a file, with or without a colon in front of it, or a rule of
/// POSIX) and `TZDIR`.
pub(super) fn zone_of(variable: impl Fn(&str) -> Option<OsString>) -> TimeZone {
    let text = |name| variable(name).map(|value| value.to_string_lossy().into_owned());
    let Some(said) = text("TZ").filter(|_| cfg!(unix)) else {
        return TimeZone::local().unwrap_or_else(|_| TimeZone::utc());
    };
    let said = said.strip_prefix(':').unwrap_or(&said);
    let folder = text("TZDIR").filter(|folder| !folder.is_empty());
    let read = |said: &str| match &folder {
        Some(folder) => {
            let folders = [folder.as_str()];
            let read = TimeZoneSettings::DEFAULT_READ_FILE_FN;
            TimeZoneSettings::new(&folders, read).parse_posix_tz(said)
        }
        None => TimeZone::from_posix_tz(said),
    };
    read(said).or_else(|_| read(&format!("{said}{SUMMER}"))).unwrap_or_else(|_| TimeZone::utc())
}

/// How many seconds a zone is before UTC at a time.
pub(in crate::call) fn offset(zone: &TimeZone, time: Timestamp) -> i64 {
    let kind = zone.find_local_time_type(time.seconds());
    kind.map_or(0, |kind| i64::from(kind.ut_offset()))
}

/// When the clocks of a zone show that time (written as one of UTC), if a time of theirs has that name.
pub(super) fn shown_in(zone: &TimeZone, name: &str, shown: Timestamp) -> Option<Timestamp> {
    let kinds = zone.as_ref().local_time_types().iter();
    let named = kinds.filter(|kind| kind.time_zone_designation() == name);
    let offsets: Vec<_> = named.map(|kind| i64::from(kind.ut_offset())).collect();
    let at = |offset: i64| Timestamp::new(shown.seconds() - offset, shown.subsec_nanos());
    let fits = |offset: &i64| at(*offset).is_some_and(|time| self::offset(zone, time) == *offset);
    // In winter, `EDT` is another name for the zone.
    let offset = offsets.iter().copied().find(fits).or_else(|| {
        let first = offsets.first()?;
        Some(self::offset(zone, at(*first)?))
    })?;
    at(offset)
}
