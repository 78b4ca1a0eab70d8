#[automatically_derived]
impl ::kyc::TypedPolicy for AgeGate {
    const POLICY: &'static ::kyc::Policy = {
        use ::kyc::__private as __p;
        static POLICY: __p::Policy = __p::policy(
            &[
                __p::Part::Name("age-gate"),
                __p::Part::Countries(
                    __p::Countries::AnyBut(
                        __p::CountrySet::proven([0u64, 72057594037927936u64, 0u64, 0u64]),
                    ),
                ),
                __p::Part::Documents(
                    __p::Some(
                        __p::DocumentScope::Listed(__p::DocumentSet::proven(3u64)),
                    ),
                    &[],
                    __p::DocumentSet::proven(0u64),
                ),
                __p::Part::Age(
                    __p::AgeBounds::proven(__p::Some(__p::Age::proven(21u32)), __p::None),
                ),
                __p::Part::Client(17u16, 8192u16, false),
                __p::Part::Flags(__p::Flags::proven(32768u32, 32768u32)),
            ],
            354050851235618758621149528064u128,
            *b"\xBC\x9C\xA1\x16\xD0;=D\x82\xBEQ\xE8Xs\x99S>y\xE4\x1F\x0C\xFC\x82ko\xFF\0\xB6\"\x9A\xE85",
            *b"&\x84\x012\x17\xC1\xBD\x98\xACW^\xC8\xD8*\x07\xA4\xDDV\xE7\x0CB\x1B\xA8\xE2\xAF\x85\n*\xA2\rDk",
        );
        &POLICY
    };
    fn into_client(self) -> ::kyc::Client {
        use ::kyc::__private as __p;
        let mut client = <__p::Client as ::core::default::Default>::default();
        <ClientId as __p::FieldValue<
            __p::client_field::client_id,
        >>::put(self.client_id, &mut client);
        <Date as __p::FieldValue<
            __p::client_field::date_of_birth,
        >>::put(self.date_of_birth, &mut client);
        <Option<
            Locale,
        > as __p::AcceptedValue<
            __p::client_field::locale,
        >>::put(self.locale, &mut client);
        client
    }
}
