//! A server of one closure, for the tests of the clients. Every connection carries one request.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::http::{BaseUrl, Retry, Settings, Transport};
use crate::secret::Redactor;

/// A request as it came over the wire.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) method: String,
    /// Path and query, as sent.
    pub(super) path: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Value,
}

impl Call {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    pub(super) fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// What the server does with a request.
pub(super) enum Answer {
    Say {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// Close the connection.
    Break,
    /// Keep the connection, and say nothing.
    Hang,
    /// Say a status as soon as the test is ready for it.
    When(Arc<Notify>, u16),
}

impl Answer {
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::Say {
            status,
            headers: vec![("Content-Type", "application/json".to_owned())],
            body: body.to_string(),
        }
    }

    pub(super) fn empty(status: u16) -> Self {
        Self::Say {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Say { headers, .. } = &mut self {
            headers.push((name, value.into()));
        }
        self
    }
}

/// The server; it ends with the test's runtime.
pub(super) struct Stub {
    pub(super) url: String,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Stub {
    pub(super) async fn start(answer: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let calls = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&calls);
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                tokio::spawn(async move {
                    // A client that goes away in mid-request is none of the server's business.
                    let _ = serve(stream, &seen, &*answer).await;
                });
            }
        });
        Self { url, calls }
    }

    /// Returns what was asked for so far.
    pub(super) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    /// Returns a way to this server, with pauses between tries that nobody has to wait for.
    pub(super) fn transport(&self, redactor: Redactor) -> Transport {
        let mut settings = Settings::new(BaseUrl::parse(&self.url).unwrap());
        settings.retry = Retry {
            attempts: 2,
            first_pause: Duration::from_millis(1),
            longest_pause: Duration::from_millis(1),
            longest_retry_after: Duration::ZERO,
        };
        settings.concurrency = 64;
        Transport::new(settings, redactor).unwrap()
    }
}

async fn serve(
    mut stream: TcpStream,
    seen: &Mutex<Vec<Call>>,
    answer: &(impl Fn(&Call) -> Answer + Send + Sync),
) -> std::io::Result<()> {
    let call = read(&mut stream).await?;
    seen.lock().unwrap().push(call.clone());
    let (status, headers, body) = match answer(&call) {
        Answer::Say {
            status,
            headers,
            body,
        } => (status, headers, body),
        Answer::When(ready, status) => {
            ready.notified().await;
            (status, Vec::new(), String::new())
        }
        Answer::Break => return Ok(()),
        Answer::Hang => return std::future::pending().await,
    };
    let mut text = format!(
        "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        text.extend([name, ": ", &value, "\r\n"]);
    }
    text.push_str("\r\n");
    text.push_str(&body);
    stream.write_all(text.as_bytes()).await?;
    stream.shutdown().await
}

async fn read(stream: &mut TcpStream) -> std::io::Result<Call> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let mut call = Call {
        method: words.next().unwrap_or_default().to_owned(),
        path: words.next().unwrap_or_default().to_owned(),
        headers: lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: Value::Null,
    };
    let length: usize = call
        .header("content-length")
        .and_then(|l| l.parse().ok())
        .unwrap_or(0);
    while bytes.len() < head_end + 4 + length {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    call.body = serde_json::from_slice(&bytes[head_end + 4..]).unwrap_or_default();
    Ok(call)
}
