//! What invites people, changes their roles and removes them: it never asked, and does not ask here.

use super::Office;

const ELENA: &str = "elena.rossi@kestrel.example";
const JULIA: &str = "julia.weber@kestrel.example";

#[test]
fn updateuserroles_replaces_the_roles() {
    let office = Office::new();
    office.lines(&format!("-updateuserroles \"{ELENA} USER,TECHNICIAN\""));
    let roles = office.vnc(&format!("-finduser \"{ELENA}\" --columns roles"));
    assert_eq!(roles.stdout, "TECHNICIAN; USER\n");
}

#[test]
fn removeuser_takes_an_address() {
    let office = Office::new();
    office.lines(&format!("-removeuser \"{JULIA}\""));
    office.vnc(&format!("-finduser \"{JULIA}\"")).ends_with(2);
    // A guard is no question.
    office
        .vnc("-removeuser \"anna.berger@kestrel.example\"")
        .ends_with(7);
}
