//! The few of the vendor's descriptions that decide something.
//!
//! A description is text for people, with slips of grammar that may be corrected one day; the lists on the vendor's
//! page are not complete either. So only a few are known here, by a part of their text and in any case, and for no
//! more than the kind of the error and how much of the request it speaks for.

use crate::fleet::Kind;

/// How much of a request a refusal speaks for. The worst comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// All of it: nothing was done.
    Whole,
    /// Something in it: of several targets, others may have been done. Whether the vendor does all or nothing is not
    /// documented.
    Part,
    /// The vendor does not know itself how far it came.
    Open,
}

/// What is known of a description.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// A part of it, in lower case.
    part: &'static str,
    /// The kind of the error.
    pub(super) kind: Kind,
    /// How much of the request it speaks for.
    pub(super) reach: Reach,
    /// What to do now, if there is something in particular.
    pub(super) hint: Option<&'static str>,
}

const fn says(part: &'static str, kind: Kind, reach: Reach) -> Known {
    Known {
        part,
        kind,
        reach,
        hint: None,
    }
}

const fn advises(part: &'static str, kind: Kind, reach: Reach, hint: &'static str) -> Known {
    Known {
        part,
        kind,
        reach,
        hint: Some(hint),
    }
}

const AS_LISTED: &str = "list again; a name has to be as the vendor lists it";

/// The first that fits counts: "not found in the request" is another matter than "not found".
const KNOWN: &[Known] = &[
    says("not found in the request", Kind::Invalid, Reach::Whole),
    says("exceeded computers limit", Kind::Invalid, Reach::Whole),
    says("invalid user permission", Kind::Permission, Reach::Whole),
    says("invalid user plan", Kind::Permission, Reach::Whole),
    advises("user not found", Kind::NotFound, Reach::Whole, AS_LISTED),
    advises("invalid username", Kind::NotFound, Reach::Whole, AS_LISTED),
    advises("invalid host_machine_id", Kind::NotFound, Reach::Whole, AS_LISTED),
    advises("invalid machine_id", Kind::NotFound, Reach::Whole, AS_LISTED),
    advises(
        "name does not exist",
        Kind::NotFound,
        Reach::Whole,
        "create the group, and the computers go into it at once; the vendor has no way to list groups",
    ),
    advises("not found", Kind::NotFound, Reach::Part, AS_LISTED),
    advises(
        "name is already exist",
        Kind::Conflict,
        Reach::Whole,
        "the group is there: move the computers to it",
    ),
    says("already in use", Kind::Conflict, Reach::Part),
    says("already invited", Kind::Conflict, Reach::Part),
    advises(
        "in use with other admin",
        Kind::Conflict,
        Reach::Part,
        "the address belongs to a user of another account",
    ),
    says("not_authorized", Kind::Auth, Reach::Whole),
    says("forbidden", Kind::Permission, Reach::Whole),
    says("is required", Kind::Invalid, Reach::Whole),
    says("not be blank", Kind::Invalid, Reach::Whole),
    says("can contain", Kind::Invalid, Reach::Whole),
    says("should be between", Kind::Invalid, Reach::Whole),
    says("enter a valid", Kind::Invalid, Reach::Whole),
    says("invalid two factor status", Kind::Invalid, Reach::Whole),
    says("invalid group name", Kind::Invalid, Reach::Whole),
    says("invalid page index", Kind::Invalid, Reach::Whole),
    says("internal_server_error", Kind::Vendor, Reach::Open),
];

/// The caller, as it seems: operations that name no user have it too. Other descriptions only begin with these words.
const CALLER: Known = says("invalid user", Kind::Permission, Reach::Part);

/// No more than that it was not done.
const FAILED: Known = says("failed", Kind::Vendor, Reach::Part);

/// Returns what is known of a description.
pub(super) fn known(description: &str) -> Option<&'static Known> {
    let text = description.trim().to_lowercase();
    match text.as_str() {
        "invalid user" => Some(&CALLER),
        "failed" => Some(&FAILED),
        _ => KNOWN.iter().find(|known| text.contains(known.part)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_description_of_the_vendors_page_is_of_its_kind() {
        use Kind::{Conflict, Invalid, NotFound, Permission, Vendor};
        use Reach::{Open, Part, Whole};
        for (description, kind, reach) in [
            ("FAILED", Vendor, Part),
            ("INTERNAL_SERVER_ERROR", Vendor, Open),
            ("Invalid user", Permission, Part),
            ("Invalid user permission", Permission, Whole),
            ("Invalid user plan", Permission, Whole),
            ("Invalid two factor status", Invalid, Whole),
            ("First name cannot be blank", Invalid, Whole),
            ("First name can contain a-z, A-Z and space", Invalid, Whole),
            ("Last name cannot be blank", Invalid, Whole),
            ("Last name can contain a-z, A-Z and space", Invalid, Whole),
            ("Username/Email cannot be blank", Invalid, Whole),
            ("Enter a valid Username/Email", Invalid, Whole),
            ("Password cannot be blank", Invalid, Whole),
            (
                "Password can contain A-Z, a-z, 0-9 and ~`!@#$%^&*()-_+={}|[];\\'\\\"<>,.?/",
                Invalid,
                Whole,
            ),
            ("Password should be between 6 - 20 characters", Invalid, Whole),
            ("Email is already in use or already invited.", Conflict, Part),
            ("Email in use with other Admin", Conflict, Part),
            ("Invalid page index", Invalid, Whole),
            ("Username is required", Invalid, Whole),
            ("Computer names are not found in the request", Invalid, Whole),
            ("User not found", NotFound, Whole),
            ("Computer(s) not found", NotFound, Part),
            ("Computer name can not be blank", Invalid, Whole),
            ("Group name can not be blank", Invalid, Whole),
            ("Group name is already exists", Conflict, Whole),
            ("Group name does not exists", NotFound, Whole),
            ("Invalid group name", Invalid, Whole),
            ("Exceeded computers limit", Invalid, Whole),
            ("Comments can not be blank", Invalid, Whole),
            ("Comments length should be between 6 to 250", Invalid, Whole),
            ("Computer not found", NotFound, Part),
            ("Invalid username", NotFound, Whole),
            ("Invalid machine_id", NotFound, Whole),
            ("invalid host_machine_id or username", NotFound, Whole),
            // From the vendor's page for resellers.
            ("NOT_AUTHORIZED", Kind::Auth, Whole),
            ("Forbidden ", Permission, Whole),
        ] {
            for text in [
                description.to_owned(),
                description.to_uppercase(),
                format!(" {description} "),
            ] {
                let known = known(&text).map(|known| (known.kind, known.reach));
                assert_eq!(known, Some((kind, reach)), "{text}");
            }
        }
    }

    #[test]
    fn a_slip_of_grammar_may_be_corrected() {
        for (description, kind) in [
            ("The group name does not exist", Kind::NotFound),
            ("Computers not found: A, B", Kind::NotFound),
            ("Password must not be blank", Kind::Invalid),
        ] {
            assert_eq!(known(description).unwrap().kind, kind, "{description}");
        }
    }

    #[test]
    fn what_is_not_known_decides_nothing() {
        for description in [
            "",
            "Something went wrong",
            "Invalid userx",
            "Removal failed for 3",
            "Invalid users",
        ] {
            assert_eq!(known(description), None, "{description}");
        }
    }
}
