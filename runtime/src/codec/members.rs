//! Members of a structure as they come in: which were there, and which are missing.

use super::{DecodeError, Path, Reading, Report};
use crate::schema::{Flags, MemberSchema, Schema};
use crate::value::{Slot, Structure};

/// Notes the required members that did not come, or fails at the first one where reading is
/// strict. Members that are bound to another place than the body count only `everywhere`.
pub(crate) fn check_missing(
    schema: &Schema,
    seen: &Seen,
    everywhere: bool,
    reading: Reading,
    report: &mut Report,
    path: &Path<'_>,
) -> Result<(), DecodeError> {
    for (index, member) in schema.members.iter().enumerate() {
        let elsewhere = !everywhere && member.flags.intersects(Flags::BOUND);
        if member.flags.contains(Flags::REQUIRED) && !elsewhere && !seen.contains(index) {
            let place = Path::Member(path, &member.name).to_string();
            if reading.strict {
                return Err(DecodeError::Missing { path: place });
            }
            report.missing.push(place);
        }
    }
    Ok(())
}

/// Takes required containers that leave no trace where they are empty for empty, if reading is
/// strict: a service cannot tell either. Which these are, the codec knows.
pub(crate) fn see_empty(
    schema: &Schema,
    members: &mut dyn Structure,
    seen: &mut Seen,
    reading: Reading,
    is_traceless: impl Fn(&MemberSchema, &Slot<'_>) -> bool,
) {
    if !reading.strict {
        return;
    }
    for (index, member) in schema.members.iter().enumerate() {
        let elsewhere = member.flags.intersects(Flags::BOUND);
        if elsewhere || !member.flags.contains(Flags::REQUIRED) || seen.contains(index) {
            continue;
        }
        let Some(value) = members.member_mut(index) else { continue };
        let slot = value.slot();
        if slot.is_container() && is_traceless(member, &slot) {
            seen.set(index, true);
        } else {
            value.clear();
        }
    }
}

/// Which members of a structure have come.
#[derive(Default)]
pub(crate) struct Seen {
    first: u64,
    others: Vec<usize>,
}

impl Seen {
    #[inline]
    pub(crate) fn set(&mut self, index: usize, seen: bool) {
        match index {
            0..64 if seen => self.first |= 1 << index,
            0..64 => self.first &= !(1 << index),
            _ => self.set_other(index, seen),
        }
    }

    #[inline]
    pub(crate) fn contains(&self, index: usize) -> bool {
        match index {
            0..64 => self.first & 1 << index != 0,
            _ => self.others.contains(&index),
        }
    }

    fn set_other(&mut self, index: usize, seen: bool) {
        self.others.retain(|other| *other != index);
        self.others.extend(seen.then_some(index));
    }
}
