//! Vocabulary of the vendor's token request and response, legal by construction.
