//! Values that go into statements and come out of rows.

use crate::LedgerError;

/// A value of a statement.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
    fn from(value: &'a [u8; N]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// One value of a row.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A row, whose values are taken in the order of its columns.
#[derive(Clone)]
pub(crate) struct Row(std::vec::IntoIter<Cell>);

/// A value is not what the ledger writes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Damaged(pub(crate) &'static str);

impl From<Damaged> for LedgerError {
    fn from(damaged: Damaged) -> Self {
        Self::Damaged { what: damaged.0 }
    }
}

impl Row {
    pub(crate) fn new(cells: Vec<Cell>) -> Self {
        Self(cells.into_iter())
    }

    /// The next value, which is a number.
    pub(crate) fn int(&mut self, what: &'static str) -> Result<i64, Damaged> {
        self.optional_int(what)?.ok_or(Damaged(what))
    }

    /// The next value, which is a text.
    pub(crate) fn text(&mut self, what: &'static str) -> Result<String, Damaged> {
        self.optional_text(what)?.ok_or(Damaged(what))
    }

    /// The next value, which is bytes.
    pub(crate) fn bytes(&mut self, what: &'static str) -> Result<Vec<u8>, Damaged> {
        self.optional_bytes(what)?.ok_or(Damaged(what))
    }

    /// The next value, which is a number if it is there.
    pub(crate) fn optional_int(&mut self, what: &'static str) -> Result<Option<i64>, Damaged> {
        match self.0.next() {
            Some(Cell::Int(value)) => Ok(Some(value)),
            Some(Cell::Null) => Ok(None),
            _ => Err(Damaged(what)),
        }
    }

    /// The next value, which is a text if it is there.
    pub(crate) fn optional_text(&mut self, what: &'static str) -> Result<Option<String>, Damaged> {
        match self.0.next() {
            Some(Cell::Text(value)) => Ok(Some(value)),
            Some(Cell::Null) => Ok(None),
            _ => Err(Damaged(what)),
        }
    }

    /// The next value, which is bytes if it is there.
    pub(crate) fn optional_bytes(&mut self, what: &'static str) -> Result<Option<Vec<u8>>, Damaged> {
        match self.0.next() {
            Some(Cell::Bytes(value)) => Ok(Some(value)),
            Some(Cell::Null) => Ok(None),
            _ => Err(Damaged(what)),
        }
    }

    /// The next value, which is a text that can be read as this.
    pub(crate) fn parsed<T: std::str::FromStr>(&mut self, what: &'static str) -> Result<T, Damaged> {
        self.text(what)?.parse().map_err(|_| Damaged(what))
    }

    /// The next value, which is such a text if it is there.
    pub(crate) fn optional_parsed<T: std::str::FromStr>(
        &mut self,
        what: &'static str,
    ) -> Result<Option<T>, Damaged> {
        self.optional_text(what)?.map(|text| text.parse()).transpose().map_err(|_| Damaged(what))
    }
}
