use kyc::Policy;

#[derive(Policy)]
#[policy(name = "shop", countries = [LT], documents = [PASSPORT])]
struct Shop<T> {
    client_id: T,
}

fn main() {}
