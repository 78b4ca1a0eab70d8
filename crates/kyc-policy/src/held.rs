//! Values that few policies state, so that the others hold no room for them.

use std::ops::Deref;

/// A value that is part of the program, or one on the heap.
#[derive(Clone, Debug)]
pub enum Held<T: 'static> {
    /// Part of the program: what generated code states, and what holds when nothing is said.
    Static(&'static T),
    /// What was read.
    Boxed(Box<T>),
}

impl<T> Held<T> {
    /// The value; usable in constants.
    pub const fn get(&self) -> &T {
        match self {
            Self::Static(value) => value,
            Self::Boxed(value) => value,
        }
    }
}

impl<T: Clone> Held<T> {
    /// Changes the value, which is on the heap from then on.
    pub(crate) fn change(&mut self, change: impl FnOnce(&mut T)) {
        let mut value = self.get().clone();
        change(&mut value);
        *self = Self::Boxed(Box::new(value));
    }
}

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.get()
    }
}

impl<T: PartialEq> PartialEq for Held<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq> Eq for Held<T> {}
