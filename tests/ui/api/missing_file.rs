//! A spec that is not there.

typefoundry::api!("ui/api/nowhere.json");

fn main() {}
