//! The policy language: read, lower, check, merge, render.
