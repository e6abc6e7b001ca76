//! What every service has; all that is missing at once.

use typefoundry::{Model, Operation, Service};

#[derive(Clone, Copy, Debug, Service)]
#[service(title = "Pets", protocol = "soap", header("x-only"), colour = "red")]
struct Pets;

#[derive(Model, Operation)]
#[operation(service = Pets, output = GetPet, http = "GET /pet")]
struct GetPet {}

fn main() {}
