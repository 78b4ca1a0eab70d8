//! The compiler follows the files that a macro has read; that a *new* file appears in the folder is what this line tells.

fn main() {
    println!("cargo::rerun-if-changed=../../policies");
}
