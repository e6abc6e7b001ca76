//! Operations that the spec does not have.

typefoundry::api!("ui/api/pets.json", operations = ["ListPets", "GetPet", "Feed"]);

fn main() {}
