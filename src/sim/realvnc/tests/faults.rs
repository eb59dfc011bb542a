//! Each fault as a client sees it.

use std::time::Duration;

use serde_json::json;

use super::Team;
use crate::sim::raw_http;
use crate::sim::realvnc::Operation;
use crate::sim::{Effect, Fault};

/// Renames under a fault; returns the bytes that came back, and whether the rename was carried out.
async fn rename_under(effect: Effect) -> (Vec<u8>, bool) {
    let team = Team::start().await;
    team.running
        .faults()
        .push(Fault::on(Operation::UpdateEntry, effect));
    let target = format!("/1.0/entries/{}", team.entry("KIOSK-10"));
    let body = json!({ "name": "KIOSK-11" });
    let ask = team.ask("PATCH", &target, &[], Some(&body));
    let (bytes, _) = raw_http::bytes(&team.running.base_url(), &ask).await;
    assert_eq!(team.running.faults().waiting(), 0);
    let done = team.running.world().entries_named("KIOSK-11").next().is_some();
    (bytes, done)
}

#[tokio::test]
async fn a_connection_is_cut_before_the_operation() {
    let (bytes, done) = rename_under(Effect::CutBefore).await;
    assert_eq!((bytes.len(), done), (0, false));
}

#[tokio::test]
async fn a_connection_is_cut_after_the_operation_without_an_answer() {
    let (bytes, done) = rename_under(Effect::CutAfter).await;
    assert_eq!((bytes.len(), done), (0, true));
}

#[tokio::test]
async fn a_connection_is_cut_in_the_middle_of_an_answer() {
    let (bytes, done) = rename_under(Effect::CutMidway).await;
    assert!(done && bytes.starts_with(b"HTTP/1.1 200 OK"));
    let text = String::from_utf8(bytes).unwrap();
    let length = text
        .lines()
        .find_map(|l| l.strip_prefix("content-length: "))
        .unwrap();
    let (_, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(body.len() < length.parse().unwrap());
}

#[tokio::test]
async fn an_answer_can_be_any_status_with_a_time_to_come_again() {
    let team = Team::start().await;
    let effect = Effect::Status {
        status: 503,
        retry_after: Some("Fri, 20 Nov 2026 00:00:30 GMT".to_owned()),
    };
    team.running
        .faults()
        .push(Fault::on_any(effect).after(1).times(2));
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let answer = team.get("/1.0/entryGroups").await;
        if answer.status == 503 {
            assert_eq!(
                answer.header("retry-after"),
                Some("Fri, 20 Nov 2026 00:00:30 GMT")
            );
        }
        statuses.push(answer.status);
    }
    assert_eq!(statuses, [200, 503, 503, 200]);
}

#[tokio::test]
async fn an_answer_can_be_a_page_a_redirect_or_half_a_json() {
    let team = Team::start().await;
    let faults = team.running.faults();
    faults.push(Fault::on(Operation::ListEntries, Effect::Html));
    faults.push(Fault::on(
        Operation::ListEntries,
        Effect::Redirect("http://elsewhere.example/".to_owned()),
    ));
    faults.push(Fault::on(Operation::ListEntries, Effect::TruncatedJson));
    let page = team.get("/1.0/entries").await;
    assert!(page.status == 200 && page.header("content-type").unwrap().starts_with("text/html"));
    let redirect = team.get("/1.0/entries").await;
    assert_eq!(
        (redirect.status, redirect.header("location")),
        (302, Some("http://elsewhere.example/"))
    );
    let half = team.get("/1.0/entries").await;
    assert_eq!(half.status, 200);
    assert!(serde_json::from_slice::<serde_json::Value>(&half.body).is_err());
    assert_eq!(
        team.get("/1.0/entries").await.json()["entries"]
            .as_array()
            .unwrap()
            .len(),
        50
    );
}

#[tokio::test]
async fn a_huge_answer_is_streamed() {
    let team = Team::start().await;
    let bytes = 5_000_000;
    team.running
        .faults()
        .push(Fault::on(Operation::ListEntries, Effect::Huge { bytes }));
    let ask = team.ask("GET", "/1.0/entries", &[], None);
    let (back, end) = raw_http::bytes(&team.running.base_url(), &ask).await;
    end.unwrap();
    assert!(back.len() as u64 > bytes);
    assert!(
        !String::from_utf8_lossy(&back[..300])
            .to_lowercase()
            .contains("content-length")
    );
}

#[tokio::test]
async fn a_link_can_lead_to_itself_or_to_another_host() {
    let team = Team::start().await;
    let faults = team.running.faults();
    faults.push(Fault::on(Operation::ListEntries, Effect::LinkToItself));
    faults.push(Fault::on(
        Operation::ListEntries,
        Effect::LinkTo("https://elsewhere.example/1.0/entries".to_owned()),
    ));
    let answer = team.get("/1.0/entries?from=A").await;
    assert_eq!(answer.header("link"), Some("</1.0/entries?from=A>; rel=next"));
    let answer = team.get("/1.0/entries").await;
    assert_eq!(
        answer.header("link"),
        Some("<https://elsewhere.example/1.0/entries>; rel=\"next\"")
    );
}

#[tokio::test]
async fn a_hanging_answer_and_a_long_pause_end_with_the_server() {
    for effect in [
        Effect::Hang,
        Effect::HangAfter,
        Effect::Latency(Duration::from_secs(3600)),
    ] {
        let team = Team::start().await;
        team.running
            .faults()
            .push(Fault::on(Operation::ListEntries, effect.clone()));
        let base = team.running.base_url();
        let token = team.token.clone();
        let asking = tokio::spawn(async move {
            let ask = raw_http::Ask {
                method: "GET",
                target: "/1.0/entries",
                headers: vec![("Authorization", format!("Bearer {token}"))],
                body: None,
            };
            raw_http::bytes(&base, &ask).await.0.len()
        });
        while team.running.received(Operation::ListEntries) == 0 {
            tokio::task::yield_now().await;
        }
        team.running.shutdown().await;
        let came = asking.await.unwrap();
        assert_eq!(came == 0, !matches!(effect, Effect::Latency(_)), "{effect:?}");
    }
}
