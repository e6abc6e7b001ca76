//! Two names that come out equal in Rust.

typefoundry::api!("ui/api/collision.json");

fn main() {}
