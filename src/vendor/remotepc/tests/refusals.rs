//! Answers that say no, and what is made of them.

use serde_json::json;

use crate::fleet::Kind;
use crate::http::Delivery;
use crate::vendor::remotepc::Failure;
use crate::vendor::stub::{Answer, Stub};

use super::{account, call, each_operation, html, refused, refused_with};

/// The descriptions that the vendor's page lists for each operation, and the kinds that they are.
const LISTED: &[(&str, &[(&str, Kind)])] = {
    use Kind::{Conflict, Invalid, NotFound, Permission, Vendor};
    const FAILED: (&str, Kind) = ("FAILED", Vendor);
    const BROKEN: (&str, Kind) = ("INTERNAL_SERVER_ERROR", Vendor);
    const USER: (&str, Kind) = ("Invalid user", Permission);
    const ALLOWED: (&str, Kind) = ("Invalid user permission", Permission);
    const PLAN: (&str, Kind) = ("Invalid user plan", Permission);
    const FACTOR: (&str, Kind) = ("Invalid two factor status", Invalid);
    const PAGE: (&str, Kind) = ("Invalid page index", Invalid);
    const USERNAME: (&str, Kind) = ("Username is required", Invalid);
    const NAMES: (&str, Kind) = ("Computer names are not found in the request", Invalid);
    const NO_USER: (&str, Kind) = ("User not found", NotFound);
    const NO_COMPUTERS: (&str, Kind) = ("Computer(s) not found", NotFound);
    const GROUP_BLANK: (&str, Kind) = ("Group name can not be blank", Invalid);
    const GROUP_INVALID: (&str, Kind) = ("Invalid group name", Invalid);
    const NAME_BLANK: (&str, Kind) = ("Computer name can not be blank", Invalid);
    const ASSIGNMENT: &[(&str, Kind)] = &[
        USERNAME,
        NAMES,
        NO_USER,
        NO_COMPUTERS,
        USER,
        ALLOWED,
        BROKEN,
        PLAN,
        NAME_BLANK,
    ];
    &[
        ("inviteUsers", &[FAILED, BROKEN, USER, ALLOWED, PLAN, FACTOR]),
        (
            "createUser",
            &[
                FAILED,
                BROKEN,
                USER,
                ALLOWED,
                PLAN,
                ("First name cannot be blank", Invalid),
                ("First name can contain a-z, A-Z and space", Invalid),
                ("Last name cannot be blank", Invalid),
                ("Last name can contain a-z, A-Z and space", Invalid),
                ("Username/Email cannot be blank", Invalid),
                ("Enter a valid Username/Email", Invalid),
                ("Password cannot be blank", Invalid),
                (
                    "Password can contain A-Z, a-z, 0-9 and ~`!@#$%^&*()-_+={}|[];\\'\\\"<>,.?/",
                    Invalid,
                ),
                ("Password should be between 6 - 20 characters", Invalid),
                ("Email is already in use or already invited.", Conflict),
                ("Email in use with other Admin", Conflict),
                FACTOR,
            ],
        ),
        ("deleteUsers", &[FAILED, BROKEN, USER, ALLOWED, PLAN]),
        ("getUsers", &[USER, ALLOWED, BROKEN, PLAN, PAGE]),
        ("assignComputer", ASSIGNMENT),
        ("unassignComputer", ASSIGNMENT),
        (
            "createGroup",
            &[
                USERNAME,
                NAMES,
                USER,
                ALLOWED,
                BROKEN,
                PLAN,
                GROUP_BLANK,
                ("Group name is already exists", Conflict),
                GROUP_INVALID,
            ],
        ),
        (
            "addComment",
            &[
                USERNAME,
                NAME_BLANK,
                ("Comments can not be blank", Invalid),
                ("Comments length should be between 6 to 250", Invalid),
                ("Computer not found", NotFound),
                USER,
                ALLOWED,
                BROKEN,
                PLAN,
            ],
        ),
        ("getDevices", &[USER, ALLOWED, BROKEN, PLAN, PAGE]),
        (
            "getUsersDevices",
            &[USER, ("Invalid username", NotFound), ALLOWED, BROKEN, PLAN, PAGE],
        ),
        (
            "moveComputers",
            &[
                NAMES,
                USER,
                ALLOWED,
                BROKEN,
                PLAN,
                GROUP_BLANK,
                ("Group name does not exists", NotFound),
                GROUP_INVALID,
            ],
        ),
        (
            "getConnectUrl",
            &[
                USER,
                ("Invalid machine_id", NotFound),
                ("Invalid username", NotFound),
                ("invalid host_machine_id or username", NotFound),
            ],
        ),
    ]
};

/// Calls an operation on an account that answers so.
async fn failure(operation: &str, answer: impl Fn() -> Answer + Send + Sync + 'static) -> Failure {
    let stub = Stub::start(move |_| answer()).await;
    call(&stub, operation).await.unwrap_err()
}

#[tokio::test]
async fn each_description_of_each_operation_has_its_kind_and_is_told() {
    for (operation, descriptions) in LISTED {
        for (description, kind) in *descriptions {
            // As the page has it, and as an answer of 200 that carries a failure.
            for http in [400, 200] {
                let failure = failure(operation, move || {
                    refused_with(http, "BAD_REQUEST", 400, description)
                })
                .await;
                let error = failure.error;
                let what = format!("{operation}: {description}: {error:?}");
                assert_eq!(error.kind, *kind, "{what}");
                assert!(error.message.contains(description), "{what}");
                assert_eq!(
                    (error.operation, error.status),
                    (Some(*operation), Some(400)),
                    "{what}"
                );
            }
        }
    }
}

#[tokio::test]
async fn whoever_is_not_let_in_learns_both_reasons() {
    for (status, code, description, kind) in [
        ("UNAUTHORIZED", 401, "NOT_AUTHORIZED", Kind::Auth),
        ("Forbidden", 403, "Forbidden ", Kind::Permission),
        ("FORBIDDEN", 403, "Computer(s) not found", Kind::Permission),
        ("UNAUTHORIZED", 401, "Something new", Kind::Auth),
    ] {
        for http in [code, 200, 500] {
            let stub = Stub::start(move |_| refused_with(http, status, code, description)).await;
            for (operation, result) in each_operation(&stub).await {
                let failure = result.unwrap_err();
                let hint = failure.error.hint.clone().unwrap();
                assert_eq!(failure.error.kind, kind, "{operation}: {failure:?}");
                for part in [
                    "My Account > API Keys",
                    "account owner",
                    "fails at once",
                    "whitelisted",
                ] {
                    assert!(hint.contains(part), "{operation}: {hint}");
                }
                assert!(failure.error.message.contains(description.trim()), "{failure:?}");
                if http != 500 {
                    assert_eq!(failure.delivery, Delivery::NotCarriedOut, "{operation}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_refusal_without_an_envelope_is_told_by_its_status() {
    for (http, kind) in [
        (400, Kind::Invalid),
        (401, Kind::Auth),
        (403, Kind::Permission),
        (409, Kind::Conflict),
        (429, Kind::RateLimited),
        (500, Kind::Vendor),
        (503, Kind::Vendor),
    ] {
        for answer in [html as fn(u16) -> Answer, Answer::empty, |status| {
            Answer::json(status, &json!({}))
        }] {
            let stub = Stub::start(move |_| answer(http)).await;
            for (operation, result) in each_operation(&stub).await {
                let error = result.unwrap_err().error;
                assert_eq!(
                    (error.kind, error.status),
                    (kind, Some(http)),
                    "{operation}: {error:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_page_of_html_that_says_404_is_not_found_and_may_be_the_wrong_address() {
    let stub = Stub::start(|_| html(404)).await;
    for (operation, result) in each_operation(&stub).await {
        let error = result.unwrap_err().error;
        let of_all = matches!(
            operation,
            "inviteUsers" | "createUser" | "deleteUsers" | "getUsers" | "getDevices" | "createGroup"
        );
        let kind = if of_all { Kind::Vendor } else { Kind::NotFound };
        assert_eq!(
            (error.kind, error.status),
            (kind, Some(404)),
            "{operation}: {error:?}"
        );
        assert!(
            error.message.contains("no such operation at this address"),
            "{error:?}"
        );
        assert!(error.hint.unwrap().contains("`url` of the profile"));
    }
}

#[tokio::test]
async fn a_404_in_the_vendors_form_is_told_in_its_words() {
    let error = failure("addComment", || refused("NOT_FOUND", 404, "Computer not found"))
        .await
        .error;
    assert_eq!(error.kind, Kind::NotFound);
    assert_eq!(error.message, "could not comment a computer: Computer not found");
    assert!(error.causes[0].contains("answered 404 Not Found"), "{error:?}");
    let silent = || Answer::json(404, &json!({ "status": "NOT_FOUND", "code": 404, "errors": [] }));
    let error = failure("addComment", silent).await.error;
    assert_eq!(
        error.message,
        "could not comment a computer: RemotePC Enterprise has no computer `Computer A`"
    );
}

#[tokio::test]
async fn an_answer_is_a_success_only_if_status_word_and_code_say_so() {
    for answer in [
        json!({ "status": "BAD_REQUEST", "code": 400, "errors": [] }),
        json!({ "status": "BAD_REQUEST", "code": 400, "errors": null, "errorsCount": 4 }),
        json!({ "status": "OK", "code": 500, "message": "SUCCESS" }),
        json!({ "status": "FAILED", "code": 200, "message": "SUCCESS" }),
        json!({ "status": "OK", "message": "SUCCESS" }),
        json!({ "code": 200, "message": "SUCCESS" }),
        json!({ "status": "OK", "code": 200, "message": "SUCCESS", "errors": [{ "description": "B" }] }),
        json!({ "message": "SUCCESS" }),
        json!({ "status": "OK", "code": 200, "message": "Failed " }),
        json!([]),
        json!("SUCCESS"),
    ] {
        let said = answer.clone();
        let stub = Stub::start(move |_| Answer::json(200, &answer)).await;
        let (_, writes) = account(&stub);
        let failure = writes.create_user(&super::ann()).await.unwrap_err();
        assert!(
            matches!(failure.error.kind, Kind::Vendor | Kind::Invalid),
            "{said}: {failure:?}"
        );
        assert_eq!(failure.error.operation, Some("createUser"));
        assert!(!failure.error.causes.is_empty(), "{said}: {failure:?}");
    }
    for (status, code) in [("ok", json!("200")), (" Ok ", json!(200))] {
        let answer = json!({ "status": status, "code": code, "message": "Success", "errors": [] });
        let stub = Stub::start(move |_| Answer::json(200, &answer)).await;
        assert!(account(&stub).1.create_user(&super::ann()).await.is_ok());
    }
}

#[tokio::test]
async fn a_success_that_is_no_success_says_what_it_was() {
    let error = failure("createUser", || {
        Answer::json(200, &json!({ "status": "BAD\u{1b}[31m", "code": 200 }))
    })
    .await
    .error;
    assert_eq!(
        error.causes,
        ["createUser: answered 200 with the status `BAD\\u{1b}[31m` and the code 200"]
    );
    assert_eq!(
        error.message,
        "could not create a user: the answer is neither a success nor a failure"
    );
}

#[tokio::test]
async fn several_descriptions_are_told_once_each_and_not_too_many() {
    let error = failure("createUser", || {
        let errors: Vec<_> = ["a", "b", "a", "Invalid user plan", "c", "d"]
            .map(|description| json!({ "description": description }))
            .into();
        Answer::json(
            400,
            &json!({ "status": "BAD_REQUEST", "code": 400, "errors": errors }),
        )
    })
    .await
    .error;
    assert!(
        error.message.ends_with(": a; b; Invalid user plan; and 2 more"),
        "{error}"
    );
    assert_eq!(error.kind, Kind::Permission);
}

#[tokio::test]
async fn a_rate_limit_is_told_with_the_wait_that_is_asked_for() {
    let limited = || refused("TOO_MANY_REQUESTS", 429, "Slow down").with("Retry-After", "600");
    let failure = failure("addComment", limited).await;
    assert_eq!(
        (failure.error.kind, failure.delivery),
        (Kind::RateLimited, Delivery::NotCarriedOut)
    );
    assert_eq!(failure.error.hint.as_deref(), Some("try again in 600 s"));
}
