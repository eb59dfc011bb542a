//! The people of the company.

use super::DOMAIN;
use super::names::DEPARTMENTS;
use crate::sim::rng::Rng;

/// The fewest people a company has.
const FEWEST: usize = 30;

const FIRST: [&str; 40] = [
    "Anna", "Omar", "Mei", "Lukas", "Priya", "Jonas", "Chloé", "Diego", "Fatima", "Kenji", "Sofia", "Liam",
    "Nadia", "Piotr", "Grace", "Tomás", "Ingrid", "Kwame", "Yuki", "Elena", "Marco", "Aisha", "Bjørn", "Zoe",
    "Hassan", "Julia", "Ravi", "Siobhán", "Viktor", "Leila", "Pavel", "Rosa", "Daniel", "Hana", "Felix",
    "Amara", "Noah", "Irina", "Samuel", "Tess",
];
const LAST: [&str; 40] = [
    "Berger", "Haddad", "Lin", "Novak", "Raman", "Keller", "Dubois", "Ortega", "Rahimi", "Sato", "Costa",
    "Walsh", "Petrova", "Kowalski", "Okafor", "O'Neill", "Larsen", "Mensah", "Tanaka", "Rossi", "Moretti",
    "Khan", "Holm", "Carter", "Nasser", "Weber", "Iyer", "Byrne", "Sokolov", "Karimi", "Horak", "Vega",
    "Stone", "Kimura", "Braun", "Diallo", "Fischer", "Popa", "Reid", "Quinn",
];

/// What somebody may do in the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// Owns the team.
    Owner,
    /// Administers it.
    Admin,
    /// Manages people and machines.
    Manager,
    /// Helps others on their machines.
    Technician,
    /// Manages, and helps as well.
    ManagerAndTechnician,
    /// Connects to machines.
    User,
    /// Was in the team once.
    Gone,
}

/// Somebody who works for the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The first name.
    pub first: &'static str,
    /// The last name; people of a large company share it.
    pub last: &'static str,
    /// The e-mail address, where it is known.
    pub email: Option<String>,
    /// The id at the company's identity provider, for those who sign in through it.
    pub sso: Option<String>,
    /// What the person may do.
    pub rank: Rank,
    /// Whether the invitation is not accepted yet.
    pub invited: bool,
    /// The department.
    pub department: &'static str,
}

/// Returns the people of a company of `machines` machines.
pub fn people(seed: u64, machines: usize) -> Vec<Person> {
    let mut rng = Rng::new(seed, "people");
    let count = (machines * 3 / 20).max(FEWEST);
    (0..count).map(|number| person(&mut rng, number)).collect()
}

fn person(rng: &mut Rng, number: usize) -> Person {
    // First and last names go round at different speeds, and a number tells later rounds apart.
    let first = FIRST.get(number % FIRST.len()).copied().unwrap_or_default();
    let turn = number / FIRST.len();
    let last = LAST
        .get((number + turn) % LAST.len())
        .copied()
        .unwrap_or_default();
    let round = turn / LAST.len();
    let digits = if round == 0 {
        String::new()
    } else {
        (round + 1).to_string()
    };
    let mailbox = format!("{}.{}{digits}", mail_word(first), mail_word(last));
    let email = format!("{mailbox}@{DOMAIN}");
    let (rank, invited) = match number {
        0 => (Rank::Owner, false),
        1 | 2 => (Rank::Admin, false),
        3..=5 => (Rank::Manager, false),
        6 | 7 => (Rank::Technician, false),
        8 => (Rank::ManagerAndTechnician, false),
        9 => (Rank::Gone, false),
        10..=13 => (Rank::User, true),
        14 => (Rank::Manager, true),
        _ => (Rank::User, rng.chance(4)),
    };
    let sso = rng.chance(30).then(|| format!("{mailbox}@login.{DOMAIN}"));
    let department = rng.word(&DEPARTMENTS);
    match number {
        // Signs in through the identity provider only.
        15 => Person {
            first,
            last,
            email: None,
            sso: Some(format!("S-1-5-21-{mailbox}")),
            rank,
            invited: false,
            department,
        },
        // Contractors have their own mailboxes, and spell them as they like.
        16 => Person {
            first,
            last,
            email: Some("Kwame.Mensah+vnc@Contractors.example".to_owned()),
            sso: None,
            rank,
            invited: false,
            department,
        },
        _ => Person {
            first,
            last,
            email: Some(email),
            sso,
            rank,
            invited,
            department,
        },
    }
}

/// Writes a name as mailboxes do.
fn mail_word(name: &str) -> String {
    plain(name).to_lowercase()
}

/// Writes a name in the letters a to z and A to Z.
pub fn plain(name: &str) -> String {
    name.chars()
        .filter_map(|c| match c {
            'é' => Some('e'),
            'á' => Some('a'),
            'ø' => Some('o'),
            c if c.is_ascii_alphabetic() => Some(c),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_people_share_a_mailbox() {
        let people = people(1, 20_000);
        let mailboxes: HashSet<_> = people
            .iter()
            .filter_map(|p| p.email.as_ref())
            .map(|e| e.to_lowercase())
            .collect();
        assert_eq!(mailboxes.len(), people.len() - 1, "all but the one without");
    }
}
