//! A server for tests that does on each connection what it was told, right or wrong.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::{BaseUrl, Retry, Settings, Timeouts, Transport};
use crate::secret::Redactor;

/// What happens on a connection.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// Closes it before anything is read.
    CloseAtOnce,
    /// Reads the request, then sends these bytes, then closes it.
    Say(Vec<u8>),
    /// Reads the request and never answers.
    Hang,
    /// Reads the request, sends these bytes, and says no more.
    SayAndHang(&'static str),
    /// Reads the request, sends this head and then zeros without end.
    Flood(&'static str),
    /// Answers one request, stays open, and closes when the second one arrives.
    CloseOnSecond(Vec<u8>),
    /// Reads the request, and answers 200 or 429 as the rate allows, then closes it.
    Rated(Arc<Rate>),
}

/// So many requests in a window of time, and a second to wait for the others.
#[derive(Debug)]
pub(super) struct Rate {
    allowed: u32,
    window: Duration,
    present: Mutex<(Option<Instant>, u32)>,
    refused: AtomicUsize,
}

impl Rate {
    pub(super) fn new(allowed: u32, window: Duration) -> Arc<Self> {
        Arc::new(Self {
            allowed,
            window,
            present: Mutex::default(),
            refused: AtomicUsize::new(0),
        })
    }

    /// Returns how many requests were answered 429.
    pub(super) fn refused(&self) -> usize {
        self.refused.load(Ordering::SeqCst)
    }

    fn answer(&self) -> Vec<u8> {
        let mut present = self.present.lock().unwrap();
        if present.0.is_none_or(|since| since.elapsed() >= self.window) {
            *present = (Some(Instant::now()), 0);
        }
        present.1 += 1;
        if present.1 <= self.allowed {
            return raw("200 OK", "content-type: application/json\r\n", "{}");
        }
        self.refused.fetch_add(1, Ordering::SeqCst);
        raw("429 Too Many Requests", "retry-after: 1\r\n", "")
    }
}

/// Makes a complete answer.
pub(super) fn answer(status: &str, headers: &str, body: &str) -> Act {
    Act::Say(raw(status, headers, body))
}

/// Makes the bytes of a complete answer; each header ends in `\r\n`.
pub(super) fn raw(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Makes a JSON answer.
pub(super) fn ok(body: &str) -> Act {
    answer("200 OK", "content-type: application/json\r\n", body)
}

/// A running server. Beyond its last act, connections are refused.
pub(super) struct Server {
    pub(super) port: u16,
    requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<io::Result<()>>,
}

impl Server {
    /// Starts a server that performs one act per connection.
    pub(super) async fn start(acts: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = requests.clone();
        let task = tokio::spawn(async move {
            let mut open = Vec::new();
            for act in acts {
                let (stream, _) = listener.accept().await?;
                open.push(tokio::spawn(perform(stream, act, log.clone())));
            }
            drop(listener);
            for connection in open {
                let _ = connection.await;
            }
            Ok(())
        });
        Self { port, requests, task }
    }

    /// Returns the requests that arrived, head and body.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// Returns settings with this server as vendor, patience of milliseconds and small limits.
    pub(super) fn settings(&self) -> Settings {
        let mut settings = Settings::new(BaseUrl::parse(&format!("http://127.0.0.1:{}", self.port)).unwrap());
        settings.retry = Retry {
            attempts: 3,
            first_pause: Duration::from_millis(2),
            longest_pause: Duration::from_millis(5),
            longest_retry_after: Duration::from_millis(1500),
        };
        settings.timeouts = Timeouts {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(20),
            refusal: Duration::from_secs(20),
            total: Duration::from_secs(60),
        };
        settings.largest_body = 1 << 20;
        settings
    }

    /// Returns a transport to this server.
    pub(super) fn transport(&self) -> Transport {
        Transport::new(self.settings(), Redactor::default()).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn perform(mut stream: TcpStream, act: Act, log: Arc<Mutex<Vec<String>>>) -> io::Result<()> {
    if matches!(act, Act::CloseAtOnce) {
        return Ok(());
    }
    let request = read_request(&mut stream).await?;
    log.lock().unwrap().push(request);
    match act {
        Act::CloseAtOnce => {}
        Act::Say(bytes) => stream.write_all(&bytes).await?,
        Act::Rated(rate) => stream.write_all(&rate.answer()).await?,
        Act::Hang => std::future::pending().await,
        Act::SayAndHang(text) => {
            stream.write_all(text.as_bytes()).await?;
            std::future::pending::<()>().await;
        }
        Act::Flood(head) => {
            stream.write_all(head.as_bytes()).await?;
            loop {
                stream.write_all(&[b' '; 16 << 10]).await?;
            }
        }
        Act::CloseOnSecond(bytes) => {
            stream.write_all(&bytes).await?;
            let second = read_request(&mut stream).await?;
            log.lock().unwrap().push(second);
        }
    }
    stream.shutdown().await
}

/// Reads a request's head and as much body as it announces.
async fn read_request(stream: &mut TcpStream) -> io::Result<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let announced = head
                .lines()
                .find_map(|l| {
                    l.to_ascii_lowercase()
                        .strip_prefix("content-length: ")
                        .map(str::to_owned)
                })
                .map_or(0, |length| length.parse().unwrap());
            if body.len() >= announced {
                return Ok(text.into_owned());
            }
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}
