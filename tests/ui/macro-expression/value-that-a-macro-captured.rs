macro_rules! shop {
    ($country:ident) => {
        kyc::policy! { name = "shop", countries = [$country], documents = any }
    };
}

fn main() {
    let _ = shop!(UK);
}
