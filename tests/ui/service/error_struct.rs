//! One of several errors is an enum.

use typefoundry::{Service, ServiceError};

#[derive(Debug, ServiceError)]
#[service_error(service = Pets)]
struct Error(typefoundry::Error);

#[derive(Clone, Copy, Debug, Service)]
#[service(id = "acme/pets", title = "Pets", endpoint = "https://pets.example.com", error = Error)]
struct Pets;

fn main() {}
