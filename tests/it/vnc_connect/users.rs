//! What invites people, changes their roles and removes them: it never asked, and does not ask here.

use super::Office;

const ELENA: &str = "elena.rossi@kestrel.example";
const JULIA: &str = "julia.weber@kestrel.example";

#[test]
fn inviteuser_takes_the_address_and_the_roles_in_one_argument() {
    let office = Office::new();
    office
        .vnc("-inviteuser \"ann.lee@example.com user,TECHNICIAN\" -groups \"IT support,Contractors\"")
        .succeeds()
        .prints("ann.lee@example.com");
    assert!(
        office
            .lines("-listusers")
            .contains(&"ann.lee@example.com".to_owned())
    );
    let groups = office.names("-listgroupsforuser \"ann.lee@example.com\"");
    assert_eq!(groups, ["Contractors", "IT support"]);
    office
        .vnc("-inviteuser \"bob@example.com OWNER\"")
        .ends_with(2)
        .says("OWNER");
    office
        .vnc("-inviteuser \"bob@example.com\"")
        .ends_with(2)
        .says("names no role");
}

#[test]
fn a_group_with_a_comma_is_told_from_the_next_one() {
    let office = Office::new();
    for (email, groups) in [
        ("a@example.com", r#""Contractors,Night shift, weekend""#),
        ("b@example.com", r#"'"Night shift, weekend",Contractors'"#),
    ] {
        office
            .vnc(&format!("-inviteuser \"{email} USER\" -groups {groups}"))
            .succeeds();
        assert_eq!(
            office.names(&format!("-listgroupsforuser \"{email}\"")),
            ["Contractors", "Night shift, weekend"]
        );
    }
    office
        .vnc("-inviteuser \"c@example.com USER\" -groups \"Night shift,Contractors\"")
        .ends_with(2)
        .says("no user group named 'Night shift'");
}

#[test]
fn updateuserroles_replaces_the_roles() {
    let office = Office::new();
    for roles in ["USER,TECHNICIAN", "technician user"] {
        office.lines(&format!("-updateuserroles \"{ELENA} MANAGER\""));
        office.lines(&format!("-updateuserroles \"{ELENA} {roles}\""));
        let now = office.vnc(&format!("-finduser \"{ELENA}\" --columns roles"));
        assert_eq!(now.stdout, "TECHNICIAN; USER\n");
    }
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
