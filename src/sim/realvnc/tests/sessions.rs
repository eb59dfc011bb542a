//! Sessions: made, expired, ended, too many.

use std::time::Duration;

use serde_json::json;

use super::{Team, options};
use crate::sim::raw_http::{self, Ask};
use crate::sim::realvnc::{Operation, Rate, RateLimits};

#[tokio::test]
async fn a_session_is_made_with_201_and_says_how_long_it_lives() {
    let mut options = options();
    options.token_ttl = Duration::from_secs(1800);
    let team = Team::with(options).await;
    let answer = team.post("/1.0/sessions", team.key()).await;
    assert_eq!((answer.status, &answer.json()["expiresIn"]), (201, &json!(1800)));
    let mut shorter = team.key();
    shorter["expiry"] = json!("PT5M");
    assert_eq!(
        team.post("/1.0/sessions", shorter.clone()).await.json()["expiresIn"],
        300
    );
    shorter["expiry"] = json!("PT1H");
    assert_eq!(
        team.post("/1.0/sessions", shorter.clone()).await.json()["expiresIn"],
        1800
    );
    shorter["expiry"] = json!("PT2H");
    assert_eq!(team.post("/1.0/sessions", shorter).await.status, 400);
}

#[tokio::test]
async fn a_session_needs_no_token_but_the_right_key() {
    let mut team = Team::start().await;
    team.token.clear();
    let mut key = team.key();
    assert_eq!(team.post("/1.0/sessions", key.clone()).await.status, 201);
    key["accessKey"] = json!("wrong");
    assert_eq!(team.post("/1.0/sessions", key).await.status, 401);
}

#[tokio::test]
async fn a_body_that_is_not_as_it_should_be_is_a_400() {
    let team = Team::start().await;
    let mut unknown = team.key();
    unknown["accesskey"] = json!("x");
    let mut missing = team.key();
    missing.as_object_mut().unwrap().remove("accessKey");
    for body in [
        unknown,
        missing,
        json!([]),
        json!({ "accessKeyId": 1, "accessKey": 2 }),
    ] {
        assert_eq!(
            team.post("/1.0/sessions", body.clone()).await.status,
            400,
            "{body}"
        );
    }
    for (content_type, body) in [
        ("application/json", "{\"access"),
        ("text/plain", &team.key().to_string()),
    ] {
        let ask = Ask {
            method: "POST",
            target: "/1.0/sessions",
            headers: vec![("Content-Type", content_type.to_owned())],
            body: Some(body.to_owned()),
        };
        assert_eq!(raw_http::send(&team.running.base_url(), &ask).await.status, 400);
    }
}

#[tokio::test]
async fn a_token_that_has_expired_is_a_401() {
    let mut options = options();
    options.token_ttl = Duration::from_nanos(1);
    let team = Team::with(options).await;
    assert_eq!(team.get("/1.0/entries").await.status, 401);
}

#[tokio::test]
async fn a_session_that_was_ended_is_a_401_and_a_new_one_works() {
    let mut team = Team::start().await;
    assert_eq!(team.get("/1.0/entries").await.status, 200);
    team.running.end_sessions();
    assert_eq!(team.get("/1.0/entries").await.status, 401);
    team.sign_in().await;
    assert_eq!(team.get("/1.0/entries").await.status, 200);
    assert_eq!(team.running.received(Operation::ListEntries), 3);
}

#[tokio::test]
async fn too_many_sessions_and_invitations_are_a_429_with_retry_after() {
    let once = Rate {
        burst: 1,
        every: Duration::from_secs(3600),
    };
    let mut options = options();
    options.rate_limits = Some(RateLimits {
        sessions: once,
        invitations: once,
    });
    let team = Team::with(options).await;
    let answer = team.post("/1.0/sessions", team.key()).await;
    assert_eq!(answer.status, 429);
    assert!(answer.header("retry-after").unwrap().parse::<u32>().unwrap() > 3000);

    let invitation = |name| json!({ "email": format!("{name}@kestrel.example"), "roles": ["USER"] });
    assert_eq!(team.post("/1.0/members", invitation("one")).await.status, 200);
    let members = team.running.world().members().len();
    let answer = team.post("/1.0/members", invitation("two")).await;
    assert_eq!(answer.status, 429);
    assert!(answer.header("retry-after").is_some());
    assert_eq!(team.running.world().members().len(), members);
}
