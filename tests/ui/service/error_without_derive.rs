//! A service's error type says which errors there are.

use typefoundry::Service;

#[derive(Clone, Copy, Debug, Service)]
#[service(id = "acme/pets", title = "Pets", endpoint = "https://pets.example.com", error = typefoundry::Error)]
struct Pets;

fn main() {}
