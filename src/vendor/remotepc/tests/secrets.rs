//! What must never be shown.

use serde_json::json;

use crate::secret::{REDACTED, Redactor};
use crate::vendor::stub::{Answer, Stub};

use super::super::{ApiKey, Settings};
use super::{account_with, ann, ok, refused};

const URL: &str = "https://login.test/rpcnew/viewer/redirect/process/tok-123456";

#[tokio::test]
async fn key_password_and_connection_url_are_taken_out_of_texts() {
    let redactor = Redactor::default();
    let stub = Stub::start(|call| {
        let url = call.path.ends_with("/connectUrl");
        ok(&json!(if url { URL } else { "SUCCESS" }))
    })
    .await;
    let (_, writes) = account_with(&stub, Settings::default(), redactor.clone());
    writes.create_user(&ann()).await.unwrap();
    let url = writes.get_web_viewer_url("M1", "a@b").await.unwrap();
    assert_eq!(format!("{url:?}"), REDACTED);
    for secret in ["key-123456", "S3cret-word", URL, "tok-123456"] {
        assert_eq!(
            redactor.redact(&format!("<{secret}>")),
            format!("<{REDACTED}>"),
            "{secret}"
        );
    }
}

#[tokio::test]
async fn a_key_is_not_in_the_debug_form() {
    let stub = Stub::start(|_| ok(&json!("SUCCESS"))).await;
    let (reads, writes) = account_with(&stub, Settings::default(), Redactor::default());
    let key = ApiKey(crate::secret::Secret::new("key-123456"));
    let shown = format!("{reads:?} {writes:?} {key:?}");
    assert!(!shown.contains("key-123456"), "{shown}");
}

#[tokio::test]
async fn a_refusal_that_repeats_a_secret_is_shown_without_it() {
    let stub = Stub::start(|_| refused("BAD_REQUEST", 400, "Bad password S3cret-word for key-123456")).await;
    let (_, writes) = account_with(&stub, Settings::default(), Redactor::default());
    let error = writes.create_user(&ann()).await.unwrap_err().error;
    let shown = format!("{error:?}");
    assert!(!shown.contains("S3cret") && !shown.contains("123456"), "{shown}");
    assert!(error.message.contains(REDACTED), "{error}");
}

#[tokio::test]
async fn an_address_is_not_shown_however_the_answer_is_spoilt() {
    let plain = |text: &str| Answer::Say {
        status: 200,
        headers: vec![("Content-Type", "text/plain".to_owned())],
        body: text.to_owned(),
    };
    let answers: [Box<dyn Fn() -> Answer + Send + Sync>; 5] = [
        Box::new(move || plain(URL)),
        Box::new(move || plain(&format!("<a href={URL}>"))),
        Box::new(|| ok(&json!(format!("see {URL}")))),
        Box::new(|| ok(&json!({ "url": URL }))),
        Box::new(|| ok(&json!(null))),
    ];
    for answer in answers {
        let stub = Stub::start(move |_| answer()).await;
        let (_, writes) = account_with(&stub, Settings::default(), Redactor::default());
        let failure = writes.get_web_viewer_url("M1", "a@b").await.unwrap_err();
        assert!(!format!("{failure:?}").contains("123456"), "{failure:?}");
        assert_eq!(failure.error.operation, Some("getConnectUrl"));
    }
}
