//! Users: invited, made, deleted, listed.

use rhai::Dynamic;

use super::{answer, named, reads};
use crate::fleet::{Change, NewUser, Result, SignIn};
use crate::host::arguments::Arguments;
use crate::host::function::{Effect, Function, Parameter};
use crate::host::native::done;
use crate::host::options::Options;
use crate::host::several::change_each;
use crate::vendor::remotepc::Reads;

const EMAILS: Parameter = ("emails", "array of string");

/// What the vendor wants to know of a new user.
const DETAILS: [&str; 6] = [
    "firstname",
    "lastname",
    "username",
    "password",
    "status_2FA",
    "sso_flag",
];

/// The functions, in the order of the vendor's page.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "invite_users",
        parameters: &[EMAILS],
        returns: "array of map",
        about: "Invites people by their addresses. Of whom the answer does not tell, it is not known whether they were invited, and \
                nothing can be read back: their outcome is `unknown`, and they are not invited again.",
        example: "remotepc::invite_users([\"a@example.com\"])[0].outcome == \"done\"",
        operations: &["inviteUsers"],
        effect: Effect::Write,
        body: |call| invite(call, &Options::none(call)),
    },
    Function {
        name: "invite_users",
        parameters: &[EMAILS, ("options", "map")],
        returns: "array of map",
        about: "As invite_users(emails), with how they are to sign in: `status_2FA` and `sso_flag`, each 0 or 1. Single sign-on has to \
                be set up on the account first.",
        example: "remotepc::invite_users([\"a@example.com\"], #{ status_2FA: 1 })[0].outcome == \"done\"",
        operations: &["inviteUsers"],
        effect: Effect::Write,
        body: |call| invite(call, &call.options(1, &["status_2FA", "sso_flag"])?),
    },
    Function {
        name: "create_user",
        parameters: &[("details", "map")],
        returns: "()",
        about: "Makes a user: `firstname` and `lastname` (a-z, A-Z and spaces), `username` (an email address), `password` (a secret of 6 \
                to 20 letters, digits and signs, without space and colon; the page leaves open whether a backslash is one of them), \
                and `status_2FA` and `sso_flag`, each 0 or 1. A name that is taken is an error of kind `conflict`.",
        example: "const PARAMS = [#{ name: \"password\", type: \"secret\" }];\n\
                  let user = #{ firstname: \"Ann\", lastname: \"Lee\", username: \"a@example.com\", password: params.password };\n\
                  remotepc::create_user(user); remotepc::get_users().some(|u| u.username == \"a@example.com\")",
        operations: &["getUsers", "createUser"],
        effect: Effect::Write,
        body: |call| {
            reads(call.fleet)?;
            let details = call.options(0, &DETAILS)?;
            let user = NewUser {
                username: details.required("username")?,
                first_name: details.required("firstname")?,
                last_name: details.required("lastname")?,
                password: details.secret("password")?,
                sign_in: sign_in(&details)?,
            };
            done(call, Change::CreateUser(user))
        },
    },
    Function {
        name: "delete_users",
        parameters: &[("sub_ids", "array of string"), ("invited_ids", "array of string")],
        returns: "array of map",
        about: "Deletes users, `sub_ids`, and withdraws invitations, `invited_ids`, by their addresses; get_users does not tell which of the \
                two a user is.",
        example: "remotepc::invite_users([\"a@example.com\"]);\n\
                  remotepc::delete_users([], [\"a@example.com\"])[0].outcome == \"done\"",
        operations: &["getUsers", "deleteUsers"],
        effect: Effect::Write,
        body: |call| {
            reads(call.fleet)?;
            let (active, invited) = (call.texts(0)?, call.texts(1)?);
            if active.is_empty() && invited.is_empty() {
                return Err(call.invalid("there is nobody to delete"));
            }
            let removal = |invited| {
                move |name| Change::RemoveUser {
                    user: named(name),
                    invited,
                }
            };
            let active = active.into_iter().map(removal(false));
            let changes: Vec<Change> = active.chain(invited.into_iter().map(removal(true))).collect();
            change_each(call, changes)
        },
    },
    Function {
        name: "get_users",
        parameters: &[],
        returns: "array of map",
        about: "Lists the users: `username`, `firstname`, `lastname`. Whether those are listed who are only invited is not documented.",
        example: "remotepc::get_users()[0].username",
        operations: &["getUsers"],
        effect: Effect::Read,
        body: |call| answer(call, Reads::get_users),
    },
];

fn invite(call: &Arguments<'_>, options: &Options) -> Result<Dynamic> {
    reads(call.fleet)?;
    let sign_in = sign_in(options)?;
    let emails = call.texts(0)?;
    if emails.is_empty() {
        return Err(call.invalid("there is nobody to invite"));
    }
    let invitations = emails.into_iter().map(|email| Change::InviteUser {
        email,
        roles: Vec::new(),
        sign_in,
        groups: Vec::new(),
    });
    change_each(call, invitations.collect())
}

fn sign_in(options: &Options) -> Result<SignIn> {
    Ok(SignIn {
        two_factor: zero_or_one(options, "status_2FA")?,
        sso: zero_or_one(options, "sso_flag")?,
    })
}

/// Reads what the vendor writes as a number.
fn zero_or_one(options: &Options, name: &str) -> Result<Option<bool>> {
    match options.value(name).map(|value| value.as_int()) {
        None => Ok(None),
        Some(Ok(0)) => Ok(Some(false)),
        Some(Ok(1)) => Ok(Some(true)),
        Some(_) => Err(options.wrong(name, "0 or 1")),
    }
}
