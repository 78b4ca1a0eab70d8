#![deny(warnings)]

use kyc::{ClientId, Country, Date, Locale, PersonName, Personal, Policy, TypedPolicy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT, LV],
    documents = [PASSPORT],
    age(min = 18),
)]
struct Shop {
    client_id: ClientId,
    last_name: PersonName,
    date_of_birth: Date,
    document_country: Personal<Country>,
    first_name: Option<PersonName>,
    locale: Option<Locale>,
}

fn shop(born: &str) -> Shop {
    Shop {
        client_id: ClientId::new("user-1").unwrap(),
        last_name: PersonName::new("Doe").unwrap(),
        date_of_birth: born.parse().unwrap(),
        document_country: Personal::new("LV".parse().unwrap()),
        first_name: None,
        locale: Some(Locale::new("lv").unwrap()),
    }
}

fn main() {
    let now = "2026-11-23T12:00:00Z".parse().unwrap();
    let merged = kyc::policy::merge(Shop::POLICY, shop("1990-05-15").into_client(), now).unwrap();
    let json = String::from_utf8(merged.request().to_wire().to_vec()).unwrap();
    for part in ["user-1", "Doe", "1990-05-15", "\"country\":\"lv\"", "\"locale\":\"lv\""] {
        assert!(json.to_lowercase().contains(&part.to_lowercase()), "{part} in {json}");
    }
    assert!(!json.contains("firstName"), "{json}");

    let problems = kyc::policy::merge(Shop::POLICY, shop("2015-05-15").into_client(), now).unwrap_err();
    assert_eq!(problems[0].rule().id, "age-outside");
}
