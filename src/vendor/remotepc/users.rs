//! Users: listed, invited, made and removed.

use serde_json::{Map, Value, json};

use crate::fleet::{self, Error, Kind, NewUser, SignIn};

use super::limits::{check_new_user, check_usernames};
use super::paging::List;
use super::per_user::{Words, each_once, same_user};
use super::refusal::Subject;
use super::wire::User;
use super::{Failure, PerUser, Reads, Writes};

/// The list of all users.
pub(super) const LISTING: List<'static> = List {
    operation: "getUsers",
    path: &["user", "list"],
    about: "",
};

impl Reads {
    /// `user/list`: lists the users. Whether those are among them who were invited and have not accepted yet is not
    /// documented, and the records do not tell.
    pub async fn get_users(&self) -> fleet::Result<Vec<User>> {
        self.connection.list(LISTING).await
    }
}

impl Writes {
    /// `user/invite`: sends invitations, and returns what came of each address, once for each. They are never sent again
    /// unless the vendor says that it did nothing; what a second invitation does is not documented, and there is no way
    /// to look whether one was sent. Single sign-on has to be set up for the account first.
    pub async fn invite_users(&self, emails: &[&str], sign_in: SignIn) -> Result<Vec<PerUser>, Failure> {
        const OPERATION: &str = "inviteUsers";
        check_usernames(OPERATION, emails).map_err(Failure::unsent)?;
        let emails = each_once(emails);
        let mut body = Map::new();
        body.insert("email".to_owned(), json!(emails));
        flags(&mut body, sign_in);
        let subject = Subject {
            operation: OPERATION,
            about: "",
            targets: emails.len(),
        };
        let message = self
            .connection
            .write(subject, &["user", "invite"], Value::Object(body))
            .await?;
        let words = Words::of_invitation(message.as_ref());
        let each = emails.iter();
        Ok(each
            .map(|email| words.attempt(&self.connection, OPERATION, "invite", email))
            .collect())
    }

    /// `user/create`: makes a user with a password, which from now on is taken out of every text.
    pub async fn create_user(&self, user: &NewUser) -> Result<(), Failure> {
        check_new_user(user).map_err(Failure::unsent)?;
        self.connection.keep_secret(&user.password);
        let mut body = Map::new();
        for (name, value) in [
            ("firstname", user.first_name.as_str()),
            ("lastname", &user.last_name),
            ("username", &user.username),
            ("password", user.password.expose()),
        ] {
            body.insert(name.to_owned(), json!(value));
        }
        flags(&mut body, user.sign_in);
        let subject = Subject {
            operation: "createUser",
            about: "",
            targets: 1,
        };
        self.connection
            .carry_out(subject, &["user", "create"], Value::Object(body))
            .await
    }

    /// `user/delete`: removes users who have joined (`active`) and users who were only invited, and returns what came of
    /// each, the active ones first, once for each. The vendor calls both lists mandatory; an empty one is sent as such,
    /// and whether it takes that is not documented.
    pub async fn delete_users(&self, active: &[&str], invited: &[&str]) -> Result<Vec<PerUser>, Failure> {
        const OPERATION: &str = "deleteUsers";
        let all = [active, invited].concat();
        check_usernames(OPERATION, &all).map_err(Failure::unsent)?;
        let (active, invited) = (each_once(active), each_once(invited));
        let both = active.iter().find(|a| invited.iter().any(|i| same_user(a, i)));
        if let Some(user) = both {
            let message = format!("`{user}` is named both as an active and as an invited user");
            return Err(Failure::unsent(
                Error::new(Kind::Invalid, message).operation(OPERATION),
            ));
        }
        let subject = Subject {
            operation: OPERATION,
            about: "",
            targets: active.len() + invited.len(),
        };
        let body = json!({ "sub_ids": active, "invited_ids": invited });
        let message = self.connection.write(subject, &["user", "delete"], body).await?;
        let words = Words::of_removal(message.as_ref());
        let each = active.iter().chain(&invited);
        Ok(each
            .map(|user| words.attempt(&self.connection, OPERATION, "remove", user))
            .collect())
    }
}

/// The vendor's flags are 0 and 1, and may be left out.
fn flags(body: &mut Map<String, Value>, sign_in: SignIn) {
    for (name, flag) in [("status_2FA", sign_in.two_factor), ("sso_flag", sign_in.sso)] {
        if let Some(on) = flag {
            body.insert(name.to_owned(), json!(i32::from(on)));
        }
    }
}
