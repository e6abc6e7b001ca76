//! AWS's own Smithy models: each becomes a spec without a mistake in it, and nothing that changes
//! bytes or types is passed over.

use typefoundry_conformance::data;
use typefoundry_import::{Docs, Options, import, markdown, print};
use typefoundry_spec::{Severity, load};

#[test]
fn every_model_becomes_a_good_spec() {
    let Some(folder) = data("smithy-models") else { return };
    let options = Options { docs: Docs::Markdown(markdown::from_html) };
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let imported = import(&path, &options).unwrap();
        let left_out = |what: &str| what.contains("is not known") || what.starts_with("left out");
        let passed: Vec<_> = imported.notes.iter().filter(|note| left_out(&note.what)).collect();
        assert!(passed.is_empty(), "{name}: {passed:?}");
        let loaded = load(&name, &print(&imported.spec));
        assert_eq!(loaded.diagnostics.count(Severity::Error), 0, "{}", loaded.diagnostics);
        assert!(loaded.into_model().is_ok_and(|model| !model.operations.is_empty()), "{name}");
        count += 1;
    }
    assert!(count > 0, "the folder holds no models");
}
