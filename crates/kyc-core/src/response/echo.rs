//! What the vendor says is in force: its echo of the request, every parameter as a typed value.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Number;

use super::seen::Seen;
use super::vendor_text::VendorText;
use crate::session::VendorWord;
use crate::wire::{DataClass, ValueKind, WireField};

/// What the vendor says of one parameter.
///
/// Its `Debug` shows no text and no code: an address, a language or a country can be a client's.
#[derive(Clone, PartialEq)]
pub enum Echoed {
    /// Null, or an empty text or table: nothing of it is in force, as far as the echo tells.
    Null,
    /// On or off.
    Flag(bool),
    /// A whole number; seconds where it is a duration.
    Whole(u32),
    /// Any other number.
    Decimal(f64),
    /// A text that is no personal parameter.
    Text(VendorText),
    /// Codes as the vendor writes them, in either case; one that stands alone is a list of one.
    Codes(Vec<VendorWord>),
    /// Given, and its value is not kept: a person's, or a table.
    Given,
    /// Something of a type that nobody documented for the parameter, or too much of it.
    Unusable,
}

/// The echo of a request. The vendor fills in its defaults, and leaves out what it does not echo: by its `OpenAPI`
/// document `generateDigitString`, `questionnaireRequired`, `ageLimit`, `ageMax` and `nfcOptional`, in older answers
/// more.
#[derive(Clone, PartialEq)]
pub struct TokenEcho(Box<Places>);

/// A place for each parameter, in their order.
type Places = [Option<Echoed>; WireField::ALL.len()];

impl TokenEcho {
    /// An echo that says nothing.
    pub(super) fn silent() -> Self {
        Self(Box::new([const { None }; WireField::ALL.len()]))
    }

    /// Reads the value of the field that `map` has come to, and keeps what is known of it. A personal value is dropped
    /// here.
    pub(super) fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let Some(field) = WireField::from_name(name) else {
            return map.next_value::<IgnoredAny>().map(|_| ());
        };
        let echoed = Echoed::read(field, map.next_value()?);
        if let Some(place) = self.0.get_mut(field as usize) {
            *place = Some(echoed);
        }
        Ok(())
    }

    /// What the vendor says of a parameter; `None` if it says nothing, from which nothing follows.
    pub fn of(&self, field: WireField) -> Option<&Echoed> {
        self.0.get(field as usize).and_then(Option::as_ref)
    }

    /// Everything that the vendor says, in the order of the parameters.
    pub fn iter(&self) -> impl Iterator<Item = (WireField, &Echoed)> {
        WireField::ALL.iter().filter_map(|field| Some((*field, self.of(*field)?)))
    }

    /// A whole number, if the vendor says one.
    pub(super) fn whole(&self, field: WireField) -> Option<u32> {
        match self.of(field) {
            Some(Echoed::Whole(number)) => Some(*number),
            _ => None,
        }
    }
}

/// The fields of an object, as an echo.
impl<'de> Deserialize<'de> for TokenEcho {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = TokenEcho;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TokenEcho, A::Error> {
                let mut echo = TokenEcho::silent();
                while let Some(name) = map.next_key::<Seen<'de>>()? {
                    echo.take(name.as_text().unwrap_or_default(), &mut map)?;
                }
                Ok(echo)
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

impl Echoed {
    fn read(field: WireField, value: Seen<'_>) -> Self {
        let is_personal = field.class() == DataClass::Personal;
        match (field.kind(), value) {
            (_, Seen::Null | Seen::Table { is_empty: true }) => Self::Null,
            (_, Seen::Text(text)) if text.is_empty() => Self::Null,
            // Some languages write an empty table so.
            (ValueKind::Object, Seen::List(Some(list))) if list.is_empty() => Self::Null,
            (ValueKind::Object, Seen::Table { .. }) => Self::Given,
            // The vendor is known to take whole numbers for texts, so it may answer with one.
            (ValueKind::Text, Seen::Text(_) | Seen::Number(_)) if is_personal => Self::Given,
            (ValueKind::Text, Seen::Text(text)) => {
                VendorText::new(text.into_owned()).map_or(Self::Unusable, Self::Text)
            }
            (ValueKind::Flag, Seen::Flag(on)) => Self::Flag(on),
            (ValueKind::Whole | ValueKind::Decimal, Seen::Number(number)) => Self::number(&number),
            (ValueKind::Codes, Seen::Text(code)) => Self::Codes(vec![VendorWord::new(&code)]),
            (ValueKind::Codes, Seen::List(Some(list))) => {
                let codes = list.iter().map(|code| code.as_text().map(VendorWord::new)).collect();
                Option::map_or(codes, Self::Unusable, Self::Codes)
            }
            _ => Self::Unusable,
        }
    }

    fn number(number: &Number) -> Self {
        let whole = number.as_u64().and_then(|number| u32::try_from(number).ok());
        whole.map(Self::Whole).or(number.as_f64().map(Self::Decimal)).unwrap_or(Self::Unusable)
    }
}

impl fmt::Debug for Echoed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Flag(on) => write!(f, "Flag({on})"),
            Self::Whole(number) => write!(f, "Whole({number})"),
            Self::Decimal(number) => write!(f, "Decimal({number})"),
            Self::Text(_) => f.write_str("Text(redacted)"),
            Self::Codes(_) => f.write_str("Codes(redacted)"),
            Self::Given => f.write_str("Given"),
            Self::Unusable => f.write_str("Unusable"),
        }
    }
}

impl fmt::Debug for TokenEcho {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|(field, echoed)| (field.name(), echoed))).finish()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_str, json};

    use super::*;
    use crate::response::seen::MAX_LIST;

    fn read(value: &Value) -> TokenEcho {
        from_str(&value.to_string()).unwrap()
    }

    fn one(field: WireField, value: &Value) -> Echoed {
        Echoed::read(field, from_str(&value.to_string()).unwrap())
    }

    #[test]
    fn an_echo_is_an_object() {
        for text in ["[]", "true", "\"an echo\""] {
            let error = from_str::<TokenEcho>(text).unwrap_err().to_string();
            assert!(error.contains("expected an object"), "{error}");
        }
    }

    #[test]
    fn each_kind_of_value_is_read() {
        use WireField as F;
        let codes = |codes: &[&str]| Echoed::Codes(codes.iter().map(|code| VendorWord::new(code)).collect());
        for (field, value, echoed) in [
            (F::CheckAml, json!(true), Echoed::Flag(true)),
            (F::UtilityBill, json!(false), Echoed::Flag(false)),
            (F::ExpiryTime, json!(3600), Echoed::Whole(3600)),
            (F::ExpiryTime, json!(3600.0), Echoed::Decimal(3600.0)),
            (F::ExpiryTime, json!(-1), Echoed::Decimal(-1.0)),
            (F::FaceMatchingThresholdModifier, json!(1), Echoed::Whole(1)),
            (F::FaceMatchingThresholdModifier, json!(0.95), Echoed::Decimal(0.95)),
            (F::Country, json!("lt"), codes(&["lt"])),
            (F::Country, json!(["LT", "brand new"]), codes(&["LT", "brand?new"])),
            (F::Documents, json!([]), codes(&[])),
            (F::FirstName, json!("ZELDA"), Echoed::Given),
            (F::ClientId, json!(1), Echoed::Given),
            (F::AdditionalSteps, json!({ "ALL": {} }), Echoed::Given),
            (F::AdditionalData, json!({ "BILL": {} }), Echoed::Given),
            (F::Locale, json!("en"), VendorText::new("en".into()).map(Echoed::Text).unwrap()),
        ] {
            assert_eq!(one(field, &value), echoed, "{field:?} {value}");
        }
    }

    #[test]
    fn null_and_empty_are_one_and_a_type_that_nobody_documented_is_told_apart() {
        use WireField as F;
        for field in WireField::ALL {
            for none in [json!(null), json!(""), json!({})] {
                assert_eq!(one(*field, &none), Echoed::Null, "{field:?} {none}");
            }
            let other = if field.kind() == ValueKind::Flag { json!("true") } else { json!(true) };
            assert_eq!(one(*field, &other), Echoed::Unusable, "{field:?}");
        }
        assert_eq!(one(F::AdditionalSteps, &json!([])), Echoed::Null);
        for (field, value) in [
            (F::FirstName, json!(["ZELDA"])),
            (F::ExpiryTime, json!("3600")),
            (F::Documents, json!(["PASSPORT", 1])),
            (F::Documents, json!({ "ALL": 1 })),
            (F::Country, json!(vec!["LT"; MAX_LIST + 1])),
            (F::CallbackUrl, json!("x".repeat(VendorText::MAX + 1))),
            (F::UtilityBill, json!([])),
            (F::AdditionalSteps, json!([{ "ALL": {} }])),
        ] {
            assert_eq!(one(field, &value), Echoed::Unusable, "{field:?}");
        }
    }

    #[test]
    fn what_is_not_a_parameter_is_dropped_and_nothing_personal_prints() {
        let echo = read(&json!({
            "personScanRef": "Zelda", "videoCallQuestions": [], "brandNew": 1, "clientId": "Zelda",
            "successUrl": "https://app.example.com/Zelda", "country": "XK", "locale": "lt", "checkAml": true,
        }));
        assert_eq!(echo.iter().count(), 5);
        let shown = format!("{echo:?} {echo:#?}");
        for value in ["Zelda", "XK", "lt\"", "brandNew"] {
            assert!(!shown.contains(value), "{value} in {shown}");
        }
        assert!(shown.contains("\"checkAml\": Flag(true)"), "{shown}");
        assert_eq!(echo.of(WireField::CheckLiveness), None);
    }
}
