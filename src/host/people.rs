//! Addresses and roles of people, as scripts write them.

use crate::fleet::{Result, Role, Vendor};
use crate::suggest;

use super::arguments::Arguments;

/// The roles that can be granted.
const GRANTED: [&str; 3] = ["USER", "MANAGER", "TECHNICIAN"];

/// Reads the address of one person, in the vendors' own wide sense: `shane@myworld` is one.
pub fn email(call: &Arguments<'_>, index: usize) -> Result<String> {
    let email = call.name(index)?;
    let parted = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';');
    match email.split_once('@') {
        Some((name, place)) if !name.is_empty() && !place.is_empty() && !email.contains(parted) => Ok(email),
        _ => Err(call.invalid(format!("`{email}` is no email address"))),
    }
}

/// Reads the roles that somebody is to have, in capitals or not: a set, and on RealVNC at least one.
pub fn roles(call: &Arguments<'_>, index: usize) -> Result<Vec<Role>> {
    let words = call.texts(index)?;
    let mut roles: Vec<Role> = Vec::with_capacity(words.len());
    for word in &words {
        match Role::from_word(&word.to_uppercase()) {
            role if roles.contains(&role) => {
                return Err(call.invalid(format!("the role {role} is there twice")));
            }
            role @ (Role::User | Role::Manager | Role::Technician) => roles.push(role),
            _ => {
                return Err(call
                    .invalid(format!("`{word}` is no role that can be granted"))
                    .hint(suggest::among(word, GRANTED)));
            }
        }
    }
    if roles.is_empty() && call.fleet.vendor() == Vendor::RealVnc {
        return Err(call
            .invalid("nobody is in a team of RealVNC Connect without a role")
            .hint(format!("give at least one of {}", GRANTED.join(", "))));
    }
    Ok(roles)
}
