//! There is one key.

typefoundry::api!("ui/api/pets.json", operation = ["ListPets"]);

fn main() {}
