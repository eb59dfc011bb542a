//! Groups of computers. They can be made and filled; the API can neither list, rename nor delete them, nor tell which
//! group a computer is in.

use serde_json::{Map, Value, json};

use super::computers::each_name_once;
use super::limits::{check_computers, check_group};
use super::refusal::Subject;
use super::{Failure, Writes};

impl Writes {
    /// `computer/group/create`: makes a group, and moves computers into it, which may be none.
    pub async fn create_group(&self, name: &str, computers: &[&str]) -> Result<(), Failure> {
        const OPERATION: &str = "createGroup";
        check_group(OPERATION, name).map_err(Failure::unsent)?;
        let mut body = Map::new();
        body.insert("group_name".to_owned(), json!(name));
        if !computers.is_empty() {
            check_computers(OPERATION, computers).map_err(Failure::unsent)?;
            body.insert("computer_names".to_owned(), json!(each_name_once(computers)));
        }
        let subject = Subject {
            operation: OPERATION,
            about: "",
            // The group is a target too.
            targets: 1 + computers.len(),
        };
        self.connection
            .carry_out(subject, &["computer", "group", "create"], Value::Object(body))
            .await
    }

    /// `computer/group/move`: moves computers into a group that is there, each out of the one that it is in.
    pub async fn move_computers(&self, group: &str, computers: &[&str]) -> Result<(), Failure> {
        const OPERATION: &str = "moveComputers";
        check_group(OPERATION, group)
            .and_then(|()| check_computers(OPERATION, computers))
            .map_err(Failure::unsent)?;
        let names = each_name_once(computers);
        let subject = Subject {
            operation: OPERATION,
            about: &format!("computer group `{group}`, or not all of the computers"),
            targets: names.len(),
        };
        let body = json!({ "group_name": group, "computer_names": names });
        self.connection
            .carry_out(subject, &["computer", "group", "move"], body)
            .await
    }
}
