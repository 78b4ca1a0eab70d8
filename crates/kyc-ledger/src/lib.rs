//! What was asked of the vendor, and what became of it.
