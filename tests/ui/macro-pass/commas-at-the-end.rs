#[derive(kyc::Policy)]
#[policy(name = "shop", countries = [LT, LV,], documents(any = [PASSPORT,],), age(min = 18,),)]
#[policy()]
#[policy(reuse = never)]
struct With {
    client_id: kyc::ClientId,
}

#[derive(kyc::Policy)]
#[policy(name = "shop", countries = [LT, LV], documents(any = [PASSPORT]), age(min = 18))]
struct Without {
    client_id: kyc::ClientId,
}

kyc::policies!("policies/stores",);

fn main() {
    use kyc::TypedPolicy;
    let id = || kyc::ClientId::new("x").unwrap();
    let _ = (With { client_id: id() }.into_client(), Without { client_id: id() }.into_client());
    assert_eq!(With::POLICY.digest(), Without::POLICY.digest());
    assert_eq!(stores::ALL.len(), 2);
}
