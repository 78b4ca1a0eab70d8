#![deny(warnings)]

use kyc::{Digest, Policy, TypedPolicy};

const CONSTANT: &Policy = kyc::policy!(name = "shop", countries = [LT], documents = any);
static STATIC: &Policy = kyc::policy!(name = "shop", countries = [LT], documents = any);
const DIGEST: Digest = CONSTANT.digest();
static LIST: [&Policy; 2] = [CONSTANT, kyc::policy!(name = "store", countries = [LT], documents = any)];

struct Holder;

impl Holder {
    const POLICY: &'static Policy = kyc::policy!(name = "shop", countries = [LT], documents = any);
}

#[derive(kyc::Policy)]
#[policy(name = "shop", countries = [LT], documents = any)]
struct Shop {
    client_id: kyc::ClientId,
}

const fn digest_of<P: TypedPolicy>() -> Digest {
    P::POLICY.digest()
}

fn main() {
    let _ = Shop { client_id: kyc::ClientId::new("x").unwrap() }.into_client();
    const OF_TYPE: Digest = digest_of::<Shop>();
    assert_eq!(OF_TYPE, DIGEST);
    assert_eq!(STATIC.digest(), Holder::POLICY.digest());
    assert_eq!(LIST.len(), 2);
    let elsewhere = std::thread::spawn(|| STATIC.digest());
    assert_eq!(elsewhere.join().unwrap(), DIGEST);
}
