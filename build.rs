//! Puts the standard scripts and modules into the program, as two sorted tables of name and text.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut code = String::new();
    for (table, folder) in [("SCRIPTS", "scripts"), ("STDLIB", "stdlib")] {
        println!("cargo::rerun-if-changed={folder}");
        let mut entries = Vec::new();
        for entry in fs::read_dir(Path::new(&root).join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "rhai") {
                println!("cargo::rerun-if-changed={}", path.display());
                let name = path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                entries.push(format!("    ({name:?}, include_str!({path:?})),\n"));
            }
        }
        entries.sort();
        code += &format!("static {table}: &[(&str, &str)] = &[\n{}];\n", entries.concat());
    }
    fs::write(Path::new(&out).join("shipped.rs"), code)
}
