use kyc::{ClientId, Policy, TypedPolicy};

#[derive(Policy)]
#[policy(name = "tuple", countries = [LT], documents = [PASSPORT])]
struct Tuple(ClientId);

#[derive(Policy)]
#[policy(name = "generic", countries = [LT], documents = [PASSPORT])]
struct Generic<T> {
    client_id: T,
}

#[derive(Policy)]
enum Enumeration {
    Client { client_id: ClientId },
}

fn main() {
    println!("{}", Tuple::POLICY.name());
    println!("{}", Generic::<ClientId>::POLICY.name());
    println!("{}", Enumeration::POLICY.name());
}
