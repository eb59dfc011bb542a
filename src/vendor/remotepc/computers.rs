//! Computers: listed, assigned, commented, and opened in a browser.

use serde_json::{Value, json};

use crate::fleet::{self, Error, Kind};
use crate::http::Delivery;
use crate::secret::Secret;

use super::limits::{check_comment, check_computer, check_computers, check_machine, check_username};
use super::paging::List;
use super::refusal::Subject;
use super::wire::Device;
use super::{Failure, PRODUCT, Reads, Writes};

/// The list of all computers.
pub(super) const LISTING: List<'static> = List {
    operation: "getDevices",
    path: &["computer", "list"],
    about: "",
};

impl Reads {
    /// `computer/list`: lists the computers of the account.
    pub async fn get_devices(&self) -> fleet::Result<Vec<Device>> {
        self.connection.list(LISTING).await
    }

    /// `computer/list/{username}`: lists the computers that are assigned to a user. It is the only way to learn who may
    /// use what.
    pub async fn get_users_devices(&self, username: &str) -> fleet::Result<Vec<Device>> {
        const OPERATION: &str = "getUsersDevices";
        check_username(OPERATION, username)?;
        let list = List {
            operation: OPERATION,
            path: &["computer", "list", username],
            about: &user(username),
        };
        self.connection.list(list).await
    }
}

impl Writes {
    /// `computer/assign`: lets a user use computers.
    pub async fn assign_computer(&self, username: &str, computers: &[&str]) -> Result<(), Failure> {
        self.assignment("assignComputer", "assign", username, computers)
            .await
    }

    /// `computer/unassign`: takes computers from a user.
    pub async fn unassign_computer(&self, username: &str, computers: &[&str]) -> Result<(), Failure> {
        self.assignment("unassignComputer", "unassign", username, computers)
            .await
    }

    async fn assignment(
        &self,
        operation: &'static str,
        verb: &str,
        username: &str,
        computers: &[&str],
    ) -> Result<(), Failure> {
        check_username(operation, username)
            .and_then(|()| check_computers(operation, computers))
            .map_err(Failure::unsent)?;
        let names = each_name_once(computers);
        let subject = Subject {
            operation,
            about: &format!("{}, or not all of the computers", user(username)),
            targets: names.len(),
        };
        let body = json!({ "username": username, "computer_names": names });
        self.connection
            .carry_out(subject, &["computer", verb], body)
            .await
    }

    /// `computer/comments/add`: gives a computer a comment. A computer shows one comment; that a new one takes its place is
    /// not documented, and there is no way to delete one.
    pub async fn add_comment(&self, computer: &str, comment: &str) -> Result<(), Failure> {
        const OPERATION: &str = "addComment";
        check_computer(OPERATION, computer)
            .and_then(|()| check_comment(comment))
            .map_err(Failure::unsent)?;
        let subject = Subject {
            operation: OPERATION,
            about: &format!("computer `{computer}`"),
            targets: 1,
        };
        let body = json!({ "computer_name": computer, "comment_desc": comment });
        self.connection
            .carry_out(subject, &["computer", "comments", "add"], body)
            .await
    }

    /// `computer/get/connectUrl`: has the vendor make an address that opens a computer in a browser as a user, without a
    /// login. From now on it is taken out of every text, and so is its last segment.
    pub async fn get_web_viewer_url(&self, machine_id: &str, username: &str) -> Result<Secret, Failure> {
        const OPERATION: &str = "getConnectUrl";
        check_machine(OPERATION, machine_id)
            .and_then(|()| check_username(OPERATION, username))
            .map_err(Failure::unsent)?;
        let subject = Subject {
            operation: OPERATION,
            about: &format!("machine `{machine_id}`, or no {}", user(username)),
            targets: 1,
        };
        let body = json!({ "username": username, "machine_id": machine_id });
        let path = ["computer", "get", "connectUrl"];
        let answer = self.connection.write(subject, &path, body).await;
        let message = answer.map_err(|mut failure| {
            // What cannot be read, and would be shown in part, may be the address itself.
            if failure.error.kind == Kind::Vendor {
                failure.error.causes.clear();
            }
            failure
        })?;
        let Some(url) = message.as_ref().and_then(Value::as_str).and_then(web_address) else {
            let error = Error::new(
                Kind::Vendor,
                format!("{PRODUCT} says that it made a connection URL, and the answer holds none"),
            );
            return Err(Failure {
                // Nothing in the fleet has changed.
                delivery: Delivery::NotCarriedOut,
                error: error.operation(OPERATION),
            });
        };
        let secret = Secret::new(url);
        self.connection.keep_secret(&secret);
        self.connection.keep_secret(&Secret::new(last_segment(url)));
        Ok(secret)
    }
}

fn user(username: &str) -> String {
    format!("user `{username}`")
}

/// Returns each name once, in the order of the request.
pub(super) fn each_name_once<'a>(names: &[&'a str]) -> Vec<&'a str> {
    let mut once: Vec<&str> = Vec::with_capacity(names.len());
    for name in names {
        if !once.contains(name) {
            once.push(name);
        }
    }
    once
}

/// Returns a text that is the address of a web page, without the space around it.
fn web_address(text: &str) -> Option<&str> {
    let url = text.trim();
    let (scheme, rest) = url.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let sound = !rest.is_empty() && !rest.chars().any(|c| c.is_whitespace() || c.is_control());
    (web && sound).then_some(url)
}

/// Returns the last segment of an address's path: it is what makes the address a secret.
fn last_segment(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
    path.rsplit_once('/').map_or(path, |(_, last)| last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_address_is_told_from_other_texts() {
        for url in [
            "https://login.remotepc.com/rpcnew/viewer/redirect/msp/connect/process/abc",
            " HTTPS://x.test/a?b=c \n",
            "http://127.0.0.1:8080/x",
        ] {
            assert_eq!(web_address(url), Some(url.trim()), "{url}");
        }
        for text in [
            "",
            "SUCCESS",
            "https://",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://x.test/a b",
        ] {
            assert_eq!(web_address(text), None, "{text}");
        }
    }

    #[test]
    fn the_secret_of_an_address_is_its_last_segment() {
        for url in [
            "https://x.test/a/token-1",
            "https://x.test/a/token-1/",
            "https://x.test/a/token-1?b=/c#/d",
        ] {
            assert_eq!(last_segment(url), "token-1", "{url}");
        }
    }
}
