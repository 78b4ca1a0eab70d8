const SHOP: &kyc::Policy = kyc::policy! { name = "shop", countries = [UK], documents = any };
const DIGEST: kyc::Digest = SHOP.digest();

fn main() {
    println!("{DIGEST}");
}
