#![deny(warnings)]

use kyc::TypedPolicy;

kyc::policies!("policies/stores");
kyc::policies!(mod r#type = "policies/sound");
kyc::policies!(pub(crate) mod dashed = "policies/must-state/../sound",);

fn main() {
    let names: Vec<_> = stores::ALL.iter().map(|policy| policy.name()).collect();
    assert_eq!(names, ["option", "retail-shop"]);
    let option = stores::Option { client_id: kyc::ClientId::new("x").unwrap(), locale: None };
    assert!(!format!("{:?}", option.clone()).contains('x'), "personal data is not shown");
    let _ = option.into_client();
    assert_eq!(r#type::Shop::POLICY.digest(), dashed::Shop::POLICY.digest());
    let retail = stores::RetailShop::POLICY;
    assert!(retail.requires_name());
    assert!(retail.required_fields().contains(kyc::ClientField::ExternalRef));
    assert!(retail.accepted_fields().contains(kyc::ClientField::Sex));
}
