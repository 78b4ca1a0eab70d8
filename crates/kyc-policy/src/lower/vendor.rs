//! The escape hatch: parameters newer than this release, with values that have one exact form.

use kyc_core::{VendorFieldError, VendorFields};
use serde_json::{Map, Value};

use super::Lowering;
use super::reader::{Reader, Section};
use crate::form::MAX_EXACT;
use crate::rules::{malformed_value, vendor_field_known, vendor_value};
use crate::tree::{Kind, Node, Scalar};
use crate::written::At;

const KEY: &str = "vendor";

pub(super) fn lower(lowering: &mut Lowering<'_>, document: &Section<'_>) {
    let Some(node) = document.get(KEY) else { return };
    let Some(table) = lowering.reader.table(node, KEY) else { return };
    let mut fields = VendorFields::default();
    for entry in table.iter() {
        let Some(value) = json(&mut lowering.reader, &entry.value) else { continue };
        match fields.insert(&entry.key, &value) {
            Ok(()) => lowering.written.vendor.push(At { value: entry.key.to_string(), loc: entry.key_loc }),
            Err(VendorFieldError::Known) => {
                lowering.reader.findings.push(vendor_field_known::found(entry.key_loc, &entry.key));
            }
            Err(VendorFieldError::Malformed) => {
                let wanted = "names of at most 64 letters, digits and `_`";
                lowering.reader.findings.push(malformed_value::found(entry.key_loc, KEY, wanted, &entry.key));
            }
        }
    }
    if !fields.is_empty() {
        lowering.sections.special.change(|special| special.vendor = fields);
    }
}

fn json(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Value> {
    let value = match &node.kind {
        Kind::Scalar(scalar) => scalar_json(scalar),
        Kind::List(items) => {
            let items: Vec<Value> = items.iter().filter_map(|item| json(reader, item)).collect();
            return Some(Value::Array(items));
        }
        Kind::Map(_) => {
            let table = reader.any_table(node, KEY)?;
            let entries: Map<String, Value> = table
                .iter()
                .filter_map(|entry| Some((entry.key.to_string(), json(reader, &entry.value)?)))
                .collect();
            return Some(Value::Object(entries));
        }
        Kind::Refused => None,
    };
    if value.is_none()
        && let Kind::Scalar(scalar) = &node.kind
    {
        reader.findings.push(vendor_value::found(node.loc, &scalar.text));
        reader.places.add_broken(KEY);
    }
    value
}

fn scalar_json(scalar: &Scalar<'_>) -> Option<Value> {
    if scalar.quoted {
        return Some(Value::String(scalar.text.to_string()));
    }
    match scalar.text.as_ref() {
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        "null" => Some(Value::Null),
        text => {
            let number: i64 = text.parse().ok()?;
            let is_plain = number.to_string() == text;
            (is_plain && (-MAX_EXACT..=MAX_EXACT).contains(&number)).then(|| number.into())
        }
    }
}
