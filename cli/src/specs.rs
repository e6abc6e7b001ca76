//! The specs that are built into the binary.

/// `provider/service` and the spec's text.
static SPECS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/specs.rs"));

/// The text of a built-in spec.
pub(crate) fn find(provider: &str, service: &str) -> Option<&'static str> {
    let id = format!("{provider}/{service}");
    SPECS.iter().find(|(name, _)| *name == id).map(|(_, text)| *text)
}

/// The names of the built-in specs, as `provider service`.
pub(crate) fn names() -> Vec<String> {
    SPECS.iter().map(|(name, _)| name.replace('/', " ")).collect()
}
