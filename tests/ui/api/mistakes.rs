//! Mistakes in a spec are shown at their lines.

typefoundry::api!("ui/api/mistakes.json");

fn main() {}
