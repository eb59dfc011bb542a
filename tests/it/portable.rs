//! One script, both vendors: what a script of the fleet's own words says and does on each simulated team, word for word.
//!
//! A case is a folder: `script.rhai`, the command lines in `commands`, and for each vendor what they print, say and end with;
//! `BLESS=1 cargo test portable` writes that anew.

use std::path::Path;

use crate::desk::Desk;

const VENDORS: [&str; 2] = ["realvnc", "remotepc"];

/// Types the commands of a case one after the other, on a team that is kept between them.
fn transcript(folder: &Path, vendor: &str) -> String {
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let desk = Desk::demo_of(vendor).file("script.rhai", &read("script.rhai"));
    let commands = read("commands");
    let runs = commands
        .lines()
        .map(|line| without_ports(&desk.run(line).transcript()) + "\n");
    runs.collect::<Vec<_>>().join("\n")
}

/// Takes out on which port the simulator happens to answer.
pub(crate) fn without_ports(text: &str) -> String {
    const HOST: &str = "http://127.0.0.1:";
    let mut parts = text.split(HOST);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |told, part| {
        told + HOST + "PORT" + part.trim_start_matches(|c: char| c.is_ascii_digit())
    })
}

fn says_the_same_as_ever(case: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it/portable")
        .join(case);
    for vendor in VENDORS {
        let actual = transcript(&folder, vendor);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(folder.join(vendor), &actual).unwrap();
        }
        let expected = std::fs::read_to_string(folder.join(vendor)).unwrap_or_default();
        assert!(
            actual == expected,
            "{case} on {vendor} is not as it was\n=== expected\n{expected}\n=== actual\n{actual}"
        );
    }
}

#[test]
fn a_report_is_the_same_script_on_both() {
    says_the_same_as_ever("unseen");
}

#[test]
fn a_script_falls_back_on_what_the_other_vendor_has() {
    says_the_same_as_ever("into-group");
}
