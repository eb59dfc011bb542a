//! Users who are made with a name and a password.

use serde_json::{Value, json};

use super::{Account, bad, message, refused};
use crate::sim::remotepc::State;

fn newcomer() -> Value {
    json!({ "firstname": "Shane", "lastname": "de Vries", "username": "shane2@myworld", "password": "secret1" })
}

fn with(name: &str, value: impl Into<Value>) -> Value {
    let mut request = newcomer();
    request[name] = value.into();
    request
}

async fn create(account: &Account, request: Value) -> crate::sim::raw_http::Answer {
    account.post("/user/create", request).await
}

#[tokio::test]
async fn a_user_who_is_made_has_joined() {
    let account = Account::start().await;
    assert_eq!(message(&create(&account, newcomer()).await), "SUCCESS");
    let world = account.running.world();
    let user = world.find_user("shane2@myworld").unwrap();
    assert_eq!(user.state, State::Active);
    assert_eq!(
        (user.firstname.as_deref(), user.lastname.as_deref()),
        (Some("Shane"), Some("de Vries"))
    );
    let listed = message(&account.get("/user/list").await).to_string();
    assert!(listed.contains("shane2@myworld"), "{listed}");
    assert!(
        !format!("{world:?}").contains("secret1"),
        "a password is not kept"
    );
}

#[tokio::test]
async fn each_member_that_is_blank_or_missing_is_told_in_its_own_words() {
    let account = Account::start().await;
    let before = account.running.world();
    for (name, text) in [
        ("firstname", "First name cannot be blank"),
        ("lastname", "Last name cannot be blank"),
        ("username", "Username/Email cannot be blank"),
        ("password", "Password cannot be blank"),
    ] {
        for blank in [json!(""), json!(" \t"), Value::Null] {
            bad(&create(&account, with(name, blank)).await, text);
        }
        let mut request = newcomer();
        request.as_object_mut().unwrap().remove(name);
        bad(&create(&account, request).await, text);
    }
    assert_eq!(account.running.world(), before);
}

#[tokio::test]
async fn names_are_letters_of_the_alphabet_and_spaces() {
    let account = Account::start().await;
    for name in ["José", "O'Neill", "Anna-Maria", "R2", "Anna\tMaria", "Ωmega"] {
        bad(
            &create(&account, with("firstname", name)).await,
            "First name can contain a-z, A-Z and space",
        );
        bad(
            &create(&account, with("lastname", name)).await,
            "Last name can contain a-z, A-Z and space",
        );
    }
    let mut request = with("firstname", "Anna Maria");
    request["lastname"] = json!("Z");
    message(&create(&account, request).await);
}

#[tokio::test]
async fn an_address_needs_no_dot_but_one_at_sign_between_two_parts() {
    let account = Account::start().await;
    for address in ["shane", "@myworld", "shane@", "a@b@c", "a b@c", "a@b\n"] {
        bad(
            &create(&account, with("username", address)).await,
            "Enter a valid Username/Email",
        );
    }
    for address in ["a@b", "first.last+tag@sub.kestrel.example"] {
        message(&create(&account, with("username", address)).await);
    }
}

#[tokio::test]
async fn a_password_has_6_to_20_characters() {
    let account = Account::start().await;
    for (length, fits) in [(5, false), (6, true), (20, true), (21, false)] {
        let mut request = with("password", "x".repeat(length));
        request["username"] = json!(format!("p{length}@myworld"));
        let answer = create(&account, request).await;
        if fits {
            message(&answer);
        } else {
            bad(&answer, "Password should be between 6 - 20 characters");
        }
    }
}

#[tokio::test]
async fn a_password_has_letters_digits_and_the_signs_of_the_vendors_page() {
    let account = Account::start().await;
    for (number, password) in ["AZaz09~`!@#$%^&*()", "-_+={}|[];'\"<>,.?/"].iter().enumerate() {
        let mut request = with("password", *password);
        request["username"] = json!(format!("s{number}@myworld"));
        message(&create(&account, request).await);
    }
    for sign in [' ', ':', '\\', 'é', '\t', '€'] {
        bad(
            &create(&account, with("password", format!("secret{sign}"))).await,
            "Password can contain A-Z, a-z, 0-9 and ~`!@#$%^&*()-_+={}|[];\\'\\\"<>,.?/",
        );
    }
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once_in_the_order_of_the_page() {
    let account = Account::start().await;
    let request =
        json!({ "firstname": "", "lastname": "0", "username": "x", "password": "é", "status_2FA": 7 });
    refused(
        &create(&account, request).await,
        400,
        "BAD_REQUEST",
        &[
            "First name cannot be blank",
            "Last name can contain a-z, A-Z and space",
            "Enter a valid Username/Email",
            "Password can contain A-Z, a-z, 0-9 and ~`!@#$%^&*()-_+={}|[];\\'\\\"<>,.?/",
            "Invalid two factor status",
        ],
    );
}

#[tokio::test]
async fn an_address_in_use_is_refused_here_and_elsewhere() {
    let account = Account::start().await;
    let before = account.running.world();
    let invited = before.users.iter().find(|u| u.state == State::Invited).unwrap();
    for address in [
        &before.users[0].username,
        &invited.username,
        &invited.username.to_uppercase(),
    ] {
        bad(
            &create(&account, with("username", address.as_str())).await,
            "Email is already in use or already invited.",
        );
    }
    for address in &before.elsewhere {
        bad(
            &create(&account, with("username", address.as_str())).await,
            "Email in use with other Admin",
        );
    }
    assert_eq!(account.running.world(), before);
}

#[tokio::test]
async fn the_flags_are_0_or_1_and_single_sign_on_has_to_be_set_up() {
    let account = Account::start().await;
    for flag in [json!(2), json!("0"), json!(false)] {
        bad(
            &create(&account, with("status_2FA", flag.clone())).await,
            "Invalid two factor status",
        );
        bad(&create(&account, with("sso_flag", flag)).await, "FAILED");
    }
    bad(&create(&account, with("sso_flag", 1)).await, "FAILED");
    message(&create(&account, with("status_2FA", 1)).await);
    assert!(
        account
            .running
            .world()
            .find_user("shane2@myworld")
            .unwrap()
            .two_factor
    );

    let account = Account::with(|o| o.sso = true).await;
    message(&create(&account, with("sso_flag", 1)).await);
    assert!(account.running.world().find_user("shane2@myworld").unwrap().sso);
}
