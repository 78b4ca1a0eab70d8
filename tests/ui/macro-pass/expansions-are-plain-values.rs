//! What the compiler holds is what the file says, and nothing of it tells where the file is.

use kyc::TypedPolicy;

kyc::policies!("policies/stores");

fn main() {
    let package = env!("CARGO_MANIFEST_DIR");
    for policy in stores::ALL {
        let text = format!("{policy:?}");
        assert!(!text.contains(package) && !text.contains("trybuild"), "{text}");
    }
    let folder = std::path::Path::new(package).join("policies/stores");
    let read = kyc::Folder::read(&folder).unwrap().into_policies().unwrap();
    for (file, compiled) in read.iter().zip(stores::ALL) {
        assert_eq!(format!("{file:?}"), format!("{compiled:?}"));
    }
    assert_eq!(stores::Option::POLICY.name(), "option");
}
