//! Puts the standard scripts, the modules and the examples of policies into the program, as sorted tables of name and text.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let tables = [
        table("SCRIPTS", &Path::new(&root).join("scripts"))?,
        table("STDLIB", &Path::new(&root).join("stdlib"))?,
        table("EXAMPLES", &Path::new(&root).join("stdlib/examples"))?,
    ];
    fs::write(Path::new(&out).join("shipped.rs"), tables.concat())
}

/// Writes the table of a folder's scripts as a Rust item.
fn table(name: &str, folder: &Path) -> io::Result<String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut entries = Vec::new();
    // A folder that holds no file is not in a fresh clone.
    let files = if folder.is_dir() {
        fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?
    } else {
        Vec::new()
    };
    for entry in files {
        let path = entry.path();
        if path.extension().is_some_and(|e| e == "rhai") {
            println!("cargo::rerun-if-changed={}", path.display());
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            // As Rust literals: both may hold what has to be escaped.
            entries.push(format!(
                "    ({stem:?}, include_str!({:?})),\n",
                path.display().to_string()
            ));
        }
    }
    entries.sort();
    Ok(format!(
        "static {name}: &[(&str, &str)] = &[\n{}];\n",
        entries.concat()
    ))
}
