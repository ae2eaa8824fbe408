//! Migrations are embedded: a new file is a new build.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
