//! What the importer gives a name to, and what the runtime does by that name.

use typefoundry::aws::customs::is_known;

#[test]
fn the_runtime_carries_out_every_trait_that_the_importer_gives() {
    let unknown: Vec<_> =
        typefoundry_import::customs::all().filter(|name| !is_known(name)).collect();
    assert_eq!(unknown, [""; 0]);
}
