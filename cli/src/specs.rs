//! The specs that are built into the binary.

/// `provider/service` and the spec's text.
static SPECS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/specs.rs"));

/// The text of a built-in spec.
pub(crate) fn find(provider: &str, service: &str) -> Option<&'static str> {
    let id = format!("{provider}/{service}");
    SPECS.iter().find(|(name, _)| *name == id).map(|(_, text)| *text)
}

/// The built-in specs that have something to call, as `provider service`.
pub(crate) fn callable() -> Vec<String> {
    let calls = |(name, text): &&(&str, &str)| {
        let model = typefoundry_spec::load(name, text).into_model();
        model.is_ok_and(|model| !model.operations.is_empty())
    };
    let mut names: Vec<_> =
        SPECS.iter().filter(calls).map(|(name, _)| name.replace('/', " ")).collect();
    names.sort();
    names
}

/// A file's text, or why there is none.
pub(crate) fn read(file: &str) -> Result<String, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("cannot read {file}: {error}"))?;
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        format!("{file} is not UTF-8 text: byte {byte} is part of no character; save it as UTF-8")
    })
}
