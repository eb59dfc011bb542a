//! How people come to the account: invited by address, or made with a name and a password.
//!
//! Guesses: who is invited already is invited again. An invitation without addresses, and a flag of single sign-on that cannot
//! be, are answered with the least unlikely texts of the page's. Creating tells all that is wrong at once, one text for each
//! member. The password cannot have a backslash: the page's list has some, but they seem to shield the quotation marks behind
//! them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::call::Call;
use super::fields::{is_address, is_blank};
use super::refusal::{Refusal, message, success};
use super::texts;
use super::world::{State, User, World, same};
use crate::sim::reply::Reply;

/// How long a password may be, in characters.
const PASSWORD: std::ops::RangeInclusive<usize> = 6..=20;
/// What a password may have besides letters and digits.
const SIGNS: &str = "~`!@#$%^&*()-_+={}|[];'\"<>,.?/";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invitation {
    email: Option<Vec<String>>,
    #[serde(rename = "status_2FA")]
    two_factor: Option<Value>,
    sso_flag: Option<Value>,
}

#[derive(Serialize)]
struct Invited {
    invalid_list: Vec<String>,
    invited_list: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Newcomer {
    firstname: Option<String>,
    lastname: Option<String>,
    username: Option<String>,
    password: Option<String>,
    #[serde(rename = "status_2FA")]
    two_factor: Option<Value>,
    sso_flag: Option<Value>,
}

/// Answers `inviteUsers`: 200, whatever became of the single addresses.
pub fn invite(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let request: Invitation = call.json()?;
    let emails = request.email.unwrap_or_default();
    if emails.is_empty() {
        return Err(Refusal::bad(texts::INVALID_USER));
    }
    let two_factor = read_two_factor(request.two_factor.as_ref()).map_err(Refusal::bad)?;
    let sso = read_sso(request.sso_flag.as_ref(), call.rules.sso).map_err(Refusal::bad)?;
    let mut told = Invited {
        invalid_list: Vec::new(),
        invited_list: Vec::new(),
    };
    for email in emails {
        if world.is_unmentioned(&email) {
            continue;
        }
        if !is_address(&email) || world.is_elsewhere(&email) || world.find_joined(&email).is_some() {
            told.invalid_list.push(email);
            continue;
        }
        world.users.retain(|u| !same(&u.username, &email));
        world.users.push(User {
            username: email.clone(),
            firstname: None,
            lastname: None,
            state: State::Invited,
            deletable: true,
            two_factor,
            sso,
        });
        told.invited_list.push(email);
    }
    message(told)
}

/// Answers `createUser`.
pub fn create(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let request: Newcomer = call.json()?;
    let firstname = request.firstname.unwrap_or_default();
    let lastname = request.lastname.unwrap_or_default();
    let username = request.username.unwrap_or_default();
    let two_factor = read_two_factor(request.two_factor.as_ref());
    let sso = read_sso(request.sso_flag.as_ref(), call.rules.sso);
    let wrong: Vec<&str> = [
        check_name(&firstname, texts::FIRST_NAME_BLANK, texts::FIRST_NAME_LETTERS),
        check_name(&lastname, texts::LAST_NAME_BLANK, texts::LAST_NAME_LETTERS),
        check_username(&username),
        check_password(&request.password.unwrap_or_default()),
        two_factor.err(),
        sso.err(),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !wrong.is_empty() {
        return Err(Refusal::several(&wrong));
    }
    if world.find_user(&username).is_some() {
        return Err(Refusal::bad(texts::EMAIL_IN_USE));
    }
    if world.is_elsewhere(&username) {
        return Err(Refusal::bad(texts::EMAIL_ELSEWHERE));
    }
    world.users.push(User {
        username,
        firstname: Some(firstname),
        lastname: Some(lastname),
        state: State::Active,
        deletable: true,
        two_factor: two_factor.unwrap_or_default(),
        sso: sso.unwrap_or_default(),
    });
    success()
}

fn check_name(name: &str, blank: &'static str, letters: &'static str) -> Option<&'static str> {
    if is_blank(name) {
        return Some(blank);
    }
    let in_alphabet = name.chars().all(|c| c.is_ascii_alphabetic() || c == ' ');
    (!in_alphabet).then_some(letters)
}

fn check_username(username: &str) -> Option<&'static str> {
    if is_blank(username) {
        return Some(texts::EMAIL_BLANK);
    }
    (!is_address(username)).then_some(texts::EMAIL_INVALID)
}

fn check_password(password: &str) -> Option<&'static str> {
    if is_blank(password) {
        return Some(texts::PASSWORD_BLANK);
    }
    if !password
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || SIGNS.contains(c))
    {
        return Some(texts::PASSWORD_LETTERS);
    }
    (!PASSWORD.contains(&password.chars().count())).then_some(texts::PASSWORD_LENGTH)
}

/// Reads the flag of the second factor: 0, 1, or nothing.
fn read_two_factor(flag: Option<&Value>) -> Result<bool, &'static str> {
    read_flag(flag).ok_or(texts::INVALID_TWO_FACTOR)
}

/// Reads the flag of single sign-on, which can only be 1 where that is set up.
fn read_sso(flag: Option<&Value>, set_up: bool) -> Result<bool, &'static str> {
    read_flag(flag).filter(|on| set_up || !on).ok_or(texts::FAILED)
}

fn read_flag(flag: Option<&Value>) -> Option<bool> {
    match flag.map(Value::as_u64) {
        None | Some(Some(0)) => Some(false),
        Some(Some(1)) => Some(true),
        Some(_) => None,
    }
}
