//! What surrounds a client: everything that region, endpoint and credentials are looked up in.

use super::{
    BoxError, Environment, Files, MemoryFiles, NoProcesses, ProcessEnvironment, Processes,
    SystemFiles, SystemProcesses,
};
use crate::client::{Clock, Sleep, SystemClock};
use crate::transport::Transport;
use crate::{BoxFuture, Timestamp};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What region, endpoint and credentials are looked up in: the environment, files, processes, and
/// servers that are asked.
///
/// [`process`](Self::process) is what surrounds this process; [`empty`](Self::empty) is for tests.
/// Transport, clock and timer are those of the client, unless others are set.
#[derive(Clone)]
pub struct Surroundings {
    environment: Arc<dyn Environment>,
    files: Arc<dyn Files>,
    processes: Arc<dyn Processes>,
    profile: Option<String>,
    codes: Option<Arc<dyn ProvideCode>>,
    kept_roles: Option<String>,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    sleep: Option<Arc<dyn Sleep>>,
}

/// Gives the codes of a second factor, such as a person types in.
pub trait ProvideCode: fmt::Debug + Send + Sync {
    /// The present code of a device, by its serial number or ARN.
    fn code<'a>(&'a self, device: &'a str) -> BoxFuture<'a, Result<String, BoxError>>;
}

impl Surroundings {
    /// What surrounds this process.
    pub fn process() -> Self {
        Self {
            environment: Arc::new(ProcessEnvironment),
            files: Arc::new(SystemFiles),
            processes: Arc::new(SystemProcesses),
            ..Self::empty()
        }
    }

    /// Nothing: no variable, no file, no process.
    pub fn empty() -> Self {
        Self {
            environment: Arc::new(BTreeMap::new()),
            files: Arc::new(MemoryFiles::new()),
            processes: Arc::new(NoProcesses),
            profile: None,
            codes: None,
            kept_roles: None,
            transport: None,
            clock: None,
            sleep: None,
        }
    }

    /// With other variables.
    pub fn with_environment(mut self, environment: impl Environment + 'static) -> Self {
        self.environment = Arc::new(environment);
        self
    }

    /// With other files.
    pub fn with_files(mut self, files: impl Files + 'static) -> Self {
        self.files = Arc::new(files);
        self
    }

    /// With other processes.
    pub fn with_processes(mut self, processes: impl Processes + 'static) -> Self {
        self.processes = Arc::new(processes);
        self
    }

    /// With a profile that was chosen in code: it goes before the one of the environment, and before
    /// credentials in the environment.
    pub fn with_profile(mut self, profile: impl Into<String>) -> Self {
        self.profile = Some(profile.into());
        self
    }

    /// With someone to ask for the codes of a second factor.
    pub fn with_codes(mut self, codes: impl ProvideCode + 'static) -> Self {
        self.codes = Some(Arc::new(codes));
        self
    }

    /// With a folder in which credentials of assumed roles are kept for other processes, such as that
    /// of the AWS CLI: `~/.aws/cli/cache`. Whoever reads it can be who they are for.
    pub fn with_kept_roles(mut self, folder: impl Into<String>) -> Self {
        self.kept_roles = Some(folder.into());
        self
    }

    /// With a transport of its own for what is asked of servers.
    pub fn with_transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// With a clock of its own.
    pub fn with_clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// With a timer of its own, for time limits and pauses. Without any there are none.
    pub fn with_sleep(mut self, sleep: impl Sleep + 'static) -> Self {
        self.sleep = Some(Arc::new(sleep));
        self
    }

    /// A variable
    pub fn var(&self, name: &str) -> Option<String> {
        self.environment.var(name)
    }

    /// The environment
    pub fn environment(&self) -> &dyn Environment {
        &*self.environment
    }

    /// The files
    pub fn files(&self) -> &dyn Files {
        &*self.files
    }

    /// The processes
    pub fn processes(&self) -> &dyn Processes {
        &*self.processes
    }

    /// The profile that was chosen in code.
    pub fn profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// Who is asked for the codes of a second factor.
    pub fn codes(&self) -> Option<&dyn ProvideCode> {
        self.codes.as_deref()
    }

    /// The folder in which credentials of assumed roles are kept, if they are.
    pub fn kept_roles(&self) -> Option<&str> {
        self.kept_roles.as_deref()
    }

    /// The transport, if one is known.
    pub fn transport(&self) -> Option<&Arc<dyn Transport>> {
        self.transport.as_ref()
    }

    /// The clock; the system's, if none is set.
    pub fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone().unwrap_or_else(|| Arc::new(SystemClock))
    }

    /// The present instant
    pub fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// The timer, if there is one.
    pub fn sleep(&self) -> Option<&Arc<dyn Sleep>> {
        self.sleep.as_ref()
    }

    /// A path as a shell would have it: with the home folder for `~`, and variables filled in. What
    /// is not known stays as it is, as in Python's `os.path`.
    pub fn path(&self, text: &str) -> PathBuf {
        let text = self.filled(text);
        let rest = text.strip_prefix('~').filter(|it| it.is_empty() || it.starts_with(['/', '\\']));
        match (rest, self.home()) {
            (Some(rest), Some(home)) => Path::new(&home).join(rest.trim_start_matches(['/', '\\'])),
            _ => text.into(),
        }
    }

    fn home(&self) -> Option<String> {
        let home = self.var("HOME").or_else(|| self.var("USERPROFILE"));
        #[cfg(windows)]
        let home = self.var("USERPROFILE").or(home);
        home
    }

    fn filled(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            let (before, variable) = rest.split_at(at);
            filled.push_str(before);
            let braced = variable.strip_prefix("${").and_then(|it| it.split_once('}'));
            let (name, after) = braced.unwrap_or_else(|| {
                let name = &variable[1..];
                let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                name.split_at(name.find(|c| !is_name(c)).unwrap_or(name.len()))
            });
            match self.var(name) {
                Some(value) => filled.push_str(&value),
                None => filled.push_str(&variable[..variable.len() - after.len()]),
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// With what a client has, where nothing else is set.
    pub(crate) fn or(
        mut self,
        transport: Option<&Arc<dyn Transport>>,
        clock: &Arc<dyn Clock>,
        sleep: Option<&Arc<dyn Sleep>>,
    ) -> Self {
        self.transport = self.transport.or_else(|| {
            let transport = transport?;
            Some(transport.for_credentials().unwrap_or_else(|| Arc::clone(transport)))
        });
        self.clock.get_or_insert_with(|| Arc::clone(clock));
        self.sleep = self.sleep.or_else(|| sleep.cloned());
        self
    }
}

/// Variables may be secret, so they are not shown.
impl fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings")
            .field("profile", &self.profile)
            .field("files", &self.files)
            .field("processes", &self.processes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
