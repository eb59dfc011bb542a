//! The vendor's limits, checked before anything is sent: a rule is told sooner and better here than by a refusal.
//!
//! Lengths are counted in characters, not in bytes; what the vendor's server counts is not documented.

use crate::fleet::{Error, Kind, NewUser, Result};
use crate::secret::Secret;

/// How many computers one removal takes.
pub(super) const MOST_REMOVED: usize = 50;

/// How many records a page has at most, and by default.
pub(super) const MOST_RECORDS: u32 = 500;

const COMMENT: std::ops::RangeInclusive<usize> = 6..=250;

const PASSWORD: std::ops::RangeInclusive<usize> = 6..=20;

/// The signs that a password may have besides letters and digits.
const PASSWORD_SIGNS: &str = "~`!@#$%^&*()-_+={}|[];\\'\"<>,.?/";

fn broken(operation: &'static str, message: impl Into<String>) -> Error {
    Error::new(Kind::Invalid, message).operation(operation)
}

/// Checks a comment: 6 to 250 characters, and something to be seen in it.
pub(super) fn check_comment(comment: &str) -> Result<()> {
    const OPERATION: &str = "addComment";
    let length = comment.chars().count();
    if comment.trim().is_empty() {
        return Err(broken(OPERATION, "a comment cannot be blank")
            .hint("the API has no way to delete a comment; write another one of 6 to 250 characters"));
    }
    if COMMENT.contains(&length) {
        return Ok(());
    }
    let characters = if length == 1 { "character" } else { "characters" };
    Err(broken(
        OPERATION,
        format!("a comment has 6 to 250 characters, and this one has {length} {characters}"),
    ))
}

/// Checks a password: 6 to 20 letters of the English alphabet, digits and signs, without space and colon. The backslash
/// is let through: whether it is one of the signs or only escapes the next one on the vendor's page cannot be told.
pub(super) fn check_password(password: &Secret) -> Result<()> {
    const OPERATION: &str = "createUser";
    let rule = format!(
        "it may have letters a-z and A-Z, digits, and the signs {PASSWORD_SIGNS}, and no space and no colon"
    );
    let fits = |c: char| c.is_ascii_alphanumeric() || PASSWORD_SIGNS.contains(c);
    if !PASSWORD.contains(&password.expose().chars().count()) {
        return Err(broken(OPERATION, "a password has 6 to 20 characters").hint(rule));
    }
    if !password.expose().chars().all(fits) {
        return Err(broken(
            OPERATION,
            "the password has a character that RemotePC Enterprise does not take",
        )
        .hint(rule));
    }
    Ok(())
}

/// Checks a person's first or last name (`which`): letters a-z and A-Z and spaces, and not blank.
fn check_name(which: &str, name: &str) -> Result<()> {
    const OPERATION: &str = "createUser";
    if name.trim().is_empty() {
        return Err(broken(OPERATION, format!("the {which} name cannot be blank")));
    }
    if name.chars().all(|c| c.is_ascii_alphabetic() || c == ' ') {
        return Ok(());
    }
    Err(broken(
        OPERATION,
        format!("`{name}` cannot be a {which} name: it may have letters a-z and A-Z and spaces"),
    )
    .hint(
        "the vendor takes no accents, hyphens and apostrophes: write Jose for José, and OBrien for O'Brien",
    ))
}

/// Checks a user who is to be made.
pub(super) fn check_new_user(user: &NewUser) -> Result<()> {
    check_name("first", &user.first_name)?;
    check_name("last", &user.last_name)?;
    check_username("createUser", &user.username)?;
    check_password(&user.password)
}

/// Checks the name that a user signs in with: not blank. Whether it is an email address is left to the vendor, whose own
/// examples would not pass for one.
pub(super) fn check_username(operation: &'static str, username: &str) -> Result<()> {
    if username.trim().is_empty() {
        return Err(broken(operation, "a username cannot be blank"));
    }
    Ok(())
}

/// Checks users: at least one, none blank.
pub(super) fn check_usernames(operation: &'static str, usernames: &[&str]) -> Result<()> {
    if usernames.is_empty() {
        return Err(broken(operation, "no user is named"));
    }
    usernames
        .iter()
        .try_for_each(|username| check_username(operation, username))
}

/// Checks the name of a computer: not blank.
pub(super) fn check_computer(operation: &'static str, name: &str) -> Result<()> {
    if name.trim().is_empty() {
        return Err(
            broken(operation, "a computer without a name cannot be written to").hint(
                "RemotePC Enterprise knows computers by their names; give it one on the computer itself",
            ),
        );
    }
    Ok(())
}

/// Checks computers: at least one, none blank.
pub(super) fn check_computers(operation: &'static str, names: &[&str]) -> Result<()> {
    if names.is_empty() {
        return Err(broken(operation, "no computer is named"));
    }
    names.iter().try_for_each(|name| check_computer(operation, name))
}

/// Checks the name of a group: not blank.
pub(super) fn check_group(operation: &'static str, name: &str) -> Result<()> {
    if name.trim().is_empty() {
        return Err(broken(operation, "the name of a group cannot be blank"));
    }
    Ok(())
}

/// Checks the identifier of a machine: not blank.
pub(super) fn check_machine(operation: &'static str, id: &str) -> Result<()> {
    if id.trim().is_empty() {
        return Err(broken(operation, "a machine id cannot be blank"));
    }
    Ok(())
}

/// Checks how many records a page is to have: 1 to 500.
pub(super) fn check_page(operation: &'static str, records: u32) -> Result<()> {
    if (1..=MOST_RECORDS).contains(&records) {
        return Ok(());
    }
    Err(broken(
        operation,
        format!("a page has 1 to {MOST_RECORDS} records, and not {records}"),
    ))
}

#[cfg(test)]
mod tests {
    use crate::fleet::SignIn;

    use super::*;

    fn refused(result: Result<()>, part: &str) {
        let error = result.unwrap_err();
        assert_eq!(error.kind, Kind::Invalid);
        assert!(error.message.contains(part), "{error}");
        assert!(error.operation.is_some(), "{error:?}");
    }

    #[test]
    fn a_comment_has_6_to_250_characters() {
        for length in [6, 7, 249, 250] {
            assert!(check_comment(&"x".repeat(length)).is_ok(), "{length}");
            // Two bytes each, and one character.
            assert!(check_comment(&"é".repeat(length)).is_ok(), "{length}");
        }
        for length in [1, 5, 251, 1000] {
            refused(check_comment(&"é".repeat(length)), "6 to 250 characters");
        }
        assert!(
            check_comment("x")
                .unwrap_err()
                .message
                .ends_with("has 1 character")
        );
        for blank in ["", " ", "        ", "\t\n\t\n\t\n\t"] {
            refused(check_comment(blank), "blank");
        }
    }

    #[test]
    fn a_password_has_6_to_20_characters() {
        for length in [6, 7, 19, 20] {
            assert!(
                check_password(&Secret::new("x".repeat(length))).is_ok(),
                "{length}"
            );
        }
        for length in [0, 1, 5, 21, 100] {
            refused(
                check_password(&Secret::new("x".repeat(length))),
                "6 to 20 characters",
            );
        }
    }

    #[test]
    fn a_password_is_made_of_the_vendors_alphabet() {
        for sign in "~`!@#$%^&*()-_+={}|[];\\'\"<>,.?/azAZ09".chars() {
            let password = Secret::new(format!("xxxxx{sign}"));
            assert!(check_password(&password).is_ok(), "{sign}");
        }
        for sign in [' ', ':', '\t', '\n', 'é', 'ß', '€', '\u{0}', '١'] {
            let password = Secret::new(format!("xxxxx{sign}"));
            refused(check_password(&password), "character that");
        }
    }

    #[test]
    fn a_refused_password_is_not_shown() {
        for password in ["hun", "hunter two", "hunter2hunter2hunter2hunter2"] {
            let error = format!("{:?}", check_password(&Secret::new(password)).unwrap_err());
            assert!(!error.contains("hun"), "{error}");
            assert!(error.contains("no space and no colon"), "{error}");
        }
    }

    fn new_user(first: &str, last: &str, username: &str) -> Result<()> {
        check_new_user(&NewUser {
            username: username.to_owned(),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            password: Secret::new("S3cret-word"),
            sign_in: SignIn::default(),
        })
    }

    #[test]
    fn a_persons_name_has_letters_and_spaces() {
        for name in ["Ann", "a", "Z", "Mary Ann", " x "] {
            assert!(new_user(name, name, "a@b").is_ok(), "{name}");
        }
        for name in [
            "O'Neil",
            "José",
            "Ann-Marie",
            "R2",
            "a.b",
            "a\tb",
            "Ann\u{a0}B",
            "Ωmega",
        ] {
            refused(new_user(name, "B", "a@b"), "cannot be a first name");
            refused(new_user("A", name, "a@b"), "cannot be a last name");
        }
        for blank in ["", " ", "   "] {
            refused(new_user(blank, "B", "a@b"), "first name cannot be blank");
            refused(new_user("A", blank, "a@b"), "last name cannot be blank");
        }
    }

    #[test]
    fn a_username_need_not_look_like_an_address_but_is_there() {
        for name in ["shane@myworld", "x", "Ö"] {
            assert!(new_user("A", "B", name).is_ok(), "{name}");
        }
        refused(new_user("A", "B", "  "), "username cannot be blank");
        refused(check_usernames("inviteUsers", &["a", ""]), "blank");
        refused(check_usernames("inviteUsers", &[]), "no user");
    }

    #[test]
    fn computers_groups_and_machines_are_there_and_have_names() {
        assert!(check_computers("moveComputers", &["A", "B c"]).is_ok());
        refused(check_computers("moveComputers", &[]), "no computer");
        refused(check_computers("moveComputers", &["A", " "]), "without a name");
        assert!(check_group("createGroup", "G").is_ok());
        refused(check_group("createGroup", "\t"), "blank");
        assert!(check_machine("getConnectUrl", "M1").is_ok());
        refused(check_machine("getConnectUrl", ""), "blank");
    }

    #[test]
    fn a_page_has_1_to_500_records() {
        for records in [1, 2, 499, 500] {
            assert!(check_page("getUsers", records).is_ok(), "{records}");
        }
        for records in [0, 501, u32::MAX] {
            refused(check_page("getUsers", records), "1 to 500 records");
        }
    }
}
