//! HTTP/1.1 by hand, for the room's tests: one request a connection, and every byte of the answer to see.

use std::io;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request.
pub struct Ask<'a> {
    pub method: &'a str,
    pub target: &'a str,
    pub headers: Vec<(&'a str, String)>,
    pub body: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (n, value) = line.split_once(':')?;
            n.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.body)))
    }
}

/// Sends a request and returns what came back until the connection ended, and how it ended.
pub async fn bytes(base_url: &str, ask: &Ask<'_>) -> (Vec<u8>, io::Result<()>) {
    let address = base_url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut lines = vec![
        format!("{} {} HTTP/1.1", ask.method, ask.target),
        format!("Host: {address}"),
        "Connection: close".to_owned(),
    ];
    lines.extend(ask.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    lines.extend(
        ask.body
            .iter()
            .map(|body| format!("Content-Length: {}", body.len())),
    );
    let body = ask.body.as_deref().unwrap_or_default();
    let text = format!(
        "{}

{body}",
        lines.join(
            "
"
        )
    );
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut back = Vec::new();
    let end = stream.read_to_end(&mut back).await.map(drop);
    (back, end)
}

/// Sends a request; an answer that is cut short is a failure of the test.
pub async fn send(base_url: &str, ask: &Ask<'_>) -> Answer {
    let (back, end) = bytes(base_url, ask).await;
    end.unwrap();
    let split = back
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .expect("no head in the answer");
    let head = String::from_utf8(back[..split].to_vec()).unwrap();
    let status = head[9..12].parse().unwrap();
    let answer = Answer {
        status,
        head,
        body: back[split + 4..].to_vec(),
    };
    if let Some(length) = answer.header("content-length") {
        assert_eq!(length, answer.body.len().to_string(), "the answer was cut");
    }
    answer
}
