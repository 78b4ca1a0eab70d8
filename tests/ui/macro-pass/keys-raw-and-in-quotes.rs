const RAW: &kyc::Policy = kyc::policy! {
    r#name = r"shop",
    "countries" = [NO, DO, AS, IN, r#IS, "LT"],
    "documents"(any = ["PASSPORT"], "LT" = [r#ID_CARD, PASSPORT]),
    r#token(r#type = "IDENTIFICATION", "expires_in" = "1h"),
    "vendor"("new_field" = [1, -1, "text", true, null, [2]], newField(r#fn = 1)),
};

const PLAIN: &kyc::Policy = kyc::policy! {
    name = "shop",
    countries = [NO, DO, AS, IN, IS, LT],
    documents(any = [PASSPORT], LT = [ID_CARD, PASSPORT]),
    token(type = IDENTIFICATION, expires_in = 1h),
    vendor(new_field = [1, -1, "text", true, null, [2]], newField(fn = 1)),
};

fn main() {
    assert_eq!(RAW.digest(), PLAIN.digest());
}
