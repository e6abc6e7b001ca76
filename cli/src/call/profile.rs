//! What surrounds a call, and what the profile says about the command line.

use super::codes::Person;
use super::settings::Settings;
use std::cell::OnceCell;
use typefoundry::auth::Surroundings;
use typefoundry::aws::ProfileSettings;

/// The process with the profile that is asked for.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) surroundings: Surroundings,
    /// Some have hundreds of profiles in their files, which take longer to read than a call may.
    settings: OnceCell<ProfileSettings>,
}

impl Profile {
    pub(super) fn of(settings: &Settings) -> Self {
        // As the AWS CLI's `customizations/assumerole.py` has it.
        let surroundings =
            Surroundings::process().with_codes(Person).with_kept_roles("~/.aws/cli/cache");
        let surroundings = match &settings.profile {
            Some(profile) => surroundings.with_profile(profile),
            None => surroundings,
        };
        Self { surroundings, settings: OnceCell::new() }
    }

    /// A variable of the environment
    pub(super) fn var(&self, name: &str) -> Option<String> {
        self.surroundings.var(name)
    }

    /// What the profile says under a key. A profile that is not there is told where it matters.
    pub(super) fn setting(&self, key: &str) -> Option<String> {
        let settings = self.settings.get_or_init(|| ProfileSettings::load(&self.surroundings));
        settings.get(key).map(str::to_owned)
    }
}
