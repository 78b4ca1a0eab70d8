use kyc::Policy;

const SHOP: &Policy = kyc::policy! {
    name = "shop",
    countries = [LT, UK],
    documents = [PASPORT],
};

fn main() {
    println!("{}", SHOP.name());
}
