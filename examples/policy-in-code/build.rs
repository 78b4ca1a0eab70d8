//! The compiler follows the files that a macro has read; that a *new* file appears in the folder is what this line tells.
#![expect(clippy::print_stdout, reason = "a build script talks to cargo on standard output")]

fn main() {
    println!("cargo::rerun-if-changed=../../policies");
}
