//! What puts computers and users into groups, and takes them out.

use super::Office;

const ELENA: &str = "elena.rossi@kestrel.example";

impl Office {
    fn groups_of_computer(&self, name: &str) -> Vec<String> {
        self.names(&format!("-listgroupsforcomputer \"{name}\""))
    }

    fn groups_of_user(&self, email: &str) -> Vec<String> {
        self.names(&format!("-listgroupsforuser \"{email}\""))
    }
}

#[test]
fn groupaddcomputer_and_groupremovecomputer_take_group_and_computer() {
    let office = Office::new();
    office.lines("-groupaddcomputer \"Spare pool,ACC-LT-002\"");
    assert_eq!(
        office.groups_of_computer("ACC-LT-002"),
        ["Accounting", "Laptops", "Spare pool"]
    );
    office.lines("-groupremovecomputer \"Spare pool,ACC-LT-002\"");
    assert_eq!(office.groups_of_computer("ACC-LT-002"), ["Accounting", "Laptops"]);
}

#[test]
fn a_group_with_a_comma_is_told_from_the_computer() {
    let office = Office::new();
    office.lines("-groupaddcomputer \"Sales, EMEA,ACC-LT-002\"");
    assert_eq!(
        office.groups_of_computer("ACC-LT-002"),
        ["Accounting", "Laptops", "Sales, EMEA"]
    );
}

#[test]
fn bulkgroupaddcomputer_takes_a_file_with_a_header() {
    let office = Office::with(
        "groups.csv",
        "GroupName,Name,EntryID\nSpare pool,ACC-LT-001,17c7245d551d0b64ba843442c2616360\nSpare pool,ACC-LT-002,\n",
    );
    office.lines("-bulkgroupaddcomputer \"groups.csv\"");
    for name in ["ACC-LT-001", "ACC-LT-002"] {
        assert!(
            office.groups_of_computer(name).contains(&"Spare pool".to_owned()),
            "{name}"
        );
    }
}

#[test]
fn groupadduser_and_groupremoveuser_take_group_and_address() {
    let office = Office::new();
    let before = office.groups_of_user(ELENA);
    office.lines(&format!("-groupadduser \"Night shift, weekend,{ELENA}\""));
    let mut with = before.clone();
    with.push("Night shift, weekend".to_owned());
    with.sort();
    assert_eq!(office.groups_of_user(ELENA), with);
    office.lines(&format!("-groupremoveuser \"Night shift, weekend,{ELENA}\""));
    assert_eq!(office.groups_of_user(ELENA), before);
}

#[test]
fn bulkgroupadduser_takes_a_file_with_a_header() {
    let office = Office::with(
        "staff.csv",
        &format!("GroupName,Email,UserID\nNobody yet,{ELENA},sgf8PcklaHDDobQZDdd\n"),
    );
    office.lines("-bulkgroupadduser \"staff.csv\"");
    assert!(office.groups_of_user(ELENA).contains(&"Nobody yet".to_owned()));
}
