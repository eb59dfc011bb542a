//! What a log says.

use super::*;

/// What a log keeps.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_log_tells_the_course_of_a_request_and_no_secret() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // While there is one subscriber alone, `tracing` asks only that of the thread that comes by a place first, which may be
    // another test's and have none; where there are two it asks them all.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let _guard = tracing::subscriber::set_default(subscriber);
    let bodies = answer("200 OK", "set-cookie: cookie-123\r\n", "{\"in\": \"answer-123\"}");
    let server = Server::start(vec![answer("429 Too Many Requests", "", "failure-123"), bodies]).await;
    let redactor = Redactor::default();
    redactor.learn(&Secret::new("path-123"));
    let request = Request::new("inviteMember", Method::POST, ["members", "path-123"])
        .query("from", "value-123")
        .bearer(&Secret::new("token-123"))
        .json(json!({"out": "sent-123"}));
    Transport::new(server.settings(), redactor)
        .unwrap()
        .send(request)
        .await
        .unwrap();
    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let ours: Vec<&str> = log.lines().filter(|l| l.contains("deskhand::http")).collect();
    let log = ours.join("\n");
    for part in [
        "INFO",
        "failed",
        "status=429",
        "WARN",
        "go on more slowly",
        "per_second=1",
        "sending again",
        "answered",
        "status=200",
        "attempt=2",
        "authorization",
    ] {
        assert!(log.contains(part), "{part} is not in\n{log}");
    }
    let origin = format!("origin=\"http://127.0.0.1:{}\"", server.port);
    for line in ours.iter().filter(|l| l.contains("INFO")) {
        assert!(line.contains(&origin), "{origin} is not in\n{line}");
    }
    assert!(log.contains("/members/[redacted]?from=…"), "{log}");
    assert!(!log.contains("-123"), "{log}");
}
