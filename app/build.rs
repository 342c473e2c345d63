// SPDX-License-Identifier: EUPL-1.2
//! `xtask` cuts the app into parts that are fetched when needed, and the cut needs the linker's relocations.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
