//! What puts computers and users into groups, and takes them out.

use super::Office;

impl Office {
    fn groups_of_computer(&self, name: &str) -> Vec<String> {
        self.names(&format!("-listgroupsforcomputer \"{name}\""))
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
