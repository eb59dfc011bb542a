//! A tap on the line to a vendor: it counts the requests, keeps those that change something, and at an agreed moment
//! holds the line, so that the program can be killed just there.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// A point in the life of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    /// It was sent, and does not reach the vendor.
    Lost,
    /// The vendor has done what it asks for, and the answer does not come.
    Unanswered,
    /// It is answered.
    Answered,
}

/// Which request of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// By its number, from 1.
    Number(usize),
    /// The first that holds this text.
    With(&'static str),
}

/// A moment in a run: a point in the life of one of its requests, and how long after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) request: Which,
    pub(crate) point: Point,
    pub(crate) pause: Duration,
}

impl Moment {
    /// Makes a moment that does not last.
    pub(crate) fn at(request: Which, point: Point) -> Self {
        Self {
            request,
            point,
            pause: Duration::ZERO,
        }
    }
}

/// A request that changes something, and what the vendor said to it.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    /// The method, the path and the body.
    pub(crate) call: String,
    /// The status of the answer; none where it did not reach the vendor.
    pub(crate) status: Option<u16>,
}

/// The tap.
pub(crate) struct Tap {
    url: String,
    line: Arc<Line>,
}

struct Line {
    vendor: String,
    state: Mutex<State>,
    let_go: Condvar,
}

#[derive(Default)]
struct State {
    requests: usize,
    moment: Option<Moment>,
    /// Whether the moment has come, and nobody has let go of the line since.
    held: bool,
    sent: Vec<Sent>,
}

impl Tap {
    /// Taps the line to a server, such as `http://127.0.0.1:8021`.
    pub(crate) fn on(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let line = Arc::new(Line {
            vendor: server.trim_start_matches("http://").to_owned(),
            state: Mutex::default(),
            let_go: Condvar::new(),
        });
        let shared = Arc::clone(&line);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let line = Arc::clone(&shared);
                // A program that is killed hangs up in the middle of a request.
                std::thread::spawn(move || drop(line.serve(client)));
            }
        });
        Self { url, line }
    }

    /// Returns where the vendor seems to be.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Counts anew, and holds the line at a moment.
    pub(crate) fn watch_for(&self, moment: Option<Moment>) {
        let mut state = self.line.state();
        state.requests = 0;
        state.moment = moment;
        state.held = false;
        self.line.let_go.notify_all();
    }

    /// Tells whether the moment has come.
    pub(crate) fn holds(&self) -> bool {
        self.line.state().held
    }

    /// Returns how many requests have come since they were counted anew.
    pub(crate) fn requests(&self) -> usize {
        self.line.state().requests
    }

    /// Returns all that was sent to change something.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.line.state().sent.clone()
    }
}

impl Line {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn serve(&self, mut client: TcpStream) -> io::Result<()> {
        let mut vendor = TcpStream::connect(&self.vendor)?;
        client.set_nodelay(true)?;
        vendor.set_nodelay(true)?;
        let mut from_client = BufReader::new(client.try_clone()?);
        let mut from_vendor = BufReader::new(vendor.try_clone()?);
        while let Some(request) = message(&mut from_client)? {
            let held = self.counted(&request);
            let kept = self.keep(&request);
            if held == Some(Point::Lost) {
                self.hold();
                return Ok(());
            }
            vendor.write_all(&request)?;
            let Some(answer) = message(&mut from_vendor)? else {
                return Ok(());
            };
            if let Some(kept) = kept {
                self.state().sent[kept].status = Some(status(&answer));
            }
            if held != Some(Point::Unanswered) {
                client.write_all(&answer)?;
            }
            if held.is_some() {
                self.hold();
                return Ok(());
            }
        }
        Ok(())
    }

    /// Counts a request, and returns where the line is to be held, if it is the one that is waited for.
    fn counted(&self, request: &[u8]) -> Option<Point> {
        let mut state = self.state();
        state.requests += 1;
        let moment = state.moment?;
        let is_it = match moment.request {
            Which::Number(number) => number == state.requests,
            Which::With(text) => String::from_utf8_lossy(request).contains(text),
        };
        if !is_it {
            return None;
        }
        state.moment = None;
        Some(moment.point)
    }

    /// Keeps a request that changes something, and returns where.
    fn keep(&self, request: &[u8]) -> Option<usize> {
        let text = String::from_utf8_lossy(request);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let call = head.lines().next()?.trim_end_matches(" HTTP/1.1");
        if call.starts_with("GET ") || call.ends_with("/sessions") {
            return None;
        }
        let mut state = self.state();
        state.sent.push(Sent {
            call: format!("{call} {body}").trim_end().to_owned(),
            status: None,
        });
        Some(state.sent.len() - 1)
    }

    /// Waits until somebody lets go.
    fn hold(&self) {
        let mut state = self.state();
        state.held = true;
        drop(self.let_go.wait_while(state, |state| state.held).unwrap());
    }
}

/// Reads a message of HTTP, head and body; nothing at the end of the line.
fn message(from: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let (mut message, mut length) = (Vec::new(), 0);
    loop {
        let begin = message.len();
        if from.read_until(b'\n', &mut message)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&message[begin..]).to_ascii_lowercase();
        assert!(!line.starts_with("transfer-encoding:"), "the length is not told");
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let head = message.len();
    message.resize(head + length, 0);
    from.read_exact(&mut message[head..])?;
    Ok(Some(message))
}

fn status(answer: &[u8]) -> u16 {
    let line = String::from_utf8_lossy(&answer[..answer.len().min(15)]).into_owned();
    line.split(' ').nth(1).unwrap().parse().unwrap()
}
