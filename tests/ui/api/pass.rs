//! A client in place, of a choice of operations.

mod pets {
    typefoundry::api!("ui/api/pets.json", operations = ["ListPets"]);
}

fn main() {
    let _ = pets::Client::list_pets;
    let _ = pets::ListPets::builder().owner("ann").build();
}
