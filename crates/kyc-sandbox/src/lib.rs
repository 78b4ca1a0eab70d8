//! A faithful stand-in for the vendor's token API.
