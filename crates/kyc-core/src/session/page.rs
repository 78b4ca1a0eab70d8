//! Which part of a list to ask for.

use crate::limits::OutOfBounds;

/// A page of a list at the vendor: its number from 1, and 1 to 100 entries on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    number: u32,
    size: u32,
}

impl Page {
    /// The most entries on a page.
    pub const MAX_SIZE: u32 = 100;

    /// The first page, as long as it can be.
    pub const FIRST: Self = Self { number: 1, size: Self::MAX_SIZE };

    /// The page of this number, counted from 1, with this many entries.
    pub const fn new(number: u32, size: u32) -> Result<Self, OutOfBounds> {
        if number == 0 {
            return Err(OutOfBounds { min: 1, max: u32::MAX });
        }
        if size == 0 || size > Self::MAX_SIZE {
            return Err(OutOfBounds { min: 1, max: Self::MAX_SIZE });
        }
        Ok(Self { number, size })
    }

    /// Which page, counted from 1.
    pub const fn number(self) -> u32 {
        self.number
    }

    /// How many entries it has at most.
    pub const fn size(self) -> u32 {
        self.size
    }

    /// The page after this one; `None` after the last that can be written.
    pub const fn next(self) -> Option<Self> {
        match self.number.checked_add(1) {
            Some(number) => Some(Self { number, ..self }),
            None => None,
        }
    }
}

impl Default for Page {
    fn default() -> Self {
        Self::FIRST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_bounded() {
        for (number, size, ok) in
            [(1, 1, true), (u32::MAX, 100, true), (0, 1, false), (1, 0, false), (1, 101, false)]
        {
            assert_eq!(Page::new(number, size).is_ok(), ok, "{number} {size}");
        }
        assert_eq!(Page::FIRST.next().map(Page::number), Some(2));
        assert_eq!(Page::new(u32::MAX, 1).unwrap().next(), None);
    }

    #[test]
    fn the_next_page_is_as_long() {
        let page = Page::new(3, 25).unwrap();
        assert_eq!((page.number(), page.size()), (3, 25));
        assert_eq!(page.next().map(|page| (page.number(), page.size())), Some((4, 25)));
    }
}
