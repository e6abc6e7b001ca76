//! A spec that is not JSON.

typefoundry::api!("ui/api/broken.json");

fn main() {}
