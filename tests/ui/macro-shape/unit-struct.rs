use kyc::Policy;

#[derive(Policy)]
#[policy(name = "shop", countries = [LT], documents = [PASSPORT])]
struct Shop;

fn main() {}
