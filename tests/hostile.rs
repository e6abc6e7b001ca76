//! A client of the most hostile spec that we could think of.
//!
//! Its documentation tries to run as a test, to link, to pass HTML through and to break out of
//! comments and strings; its names are those that Rust and the module need themselves.

typefoundry::api!("fixtures/hostile/hostile.json");
