//! The log: what `-v` shows, and what `--log-file` keeps. Every line goes through the redactor.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::held::held;
use crate::secret::Redactor;

use super::failure::Failure;
use super::screen::Screen;

/// Starts the log: `verbosity` is how many `-v` were given, and a file always takes everything. What is shown goes to the
/// screen, in colours or not.
pub fn start(
    verbosity: u8,
    log_file: Option<&Path>,
    (screen, color): (&Screen, bool),
    redactor: &Redactor,
) -> Result<(), Failure> {
    let level = match verbosity {
        0 => LevelFilter::OFF,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let terminal = (level != LevelFilter::OFF).then(|| {
        tracing_subscriber::fmt::layer()
            .with_ansi(color)
            .without_time()
            .with_writer(Redacting::new(screen.clone(), redactor))
            .with_filter(Targets::new().with_target("deskhand", level))
    });
    let file = match log_file {
        None => None,
        Some(path) => Some(
            tracing_subscriber::fmt::layer()
                .with_ansi(false)
                .with_writer(Redacting::new(open(path)?, redactor))
                .with_filter(Targets::new().with_target("deskhand", LevelFilter::DEBUG)),
        ),
    };
    if terminal.is_some() || file.is_some() {
        // A second start in one process (tests) keeps the first log.
        let _ = tracing_subscriber::registry()
            .with(terminal)
            .with(file)
            .try_init();
    }
    Ok(())
}

fn open(path: &Path) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|e| {
        Failure::usage(format!("the log file {} cannot be written", path.display()))
            .caused_by(&e)
            .hint("name a file in a directory that you may write to with --log-file")
    })
}

/// A writer that takes secrets out of whole events: the subscriber hands over one event at a time.
struct Redacting<W> {
    inner: Arc<Mutex<W>>,
    redactor: Redactor,
}

impl<W> Redacting<W> {
    fn new(inner: W, redactor: &Redactor) -> Self {
        Self {
            inner: Arc::new(Mutex::new(inner)),
            redactor: redactor.clone(),
        }
    }
}

impl<'a, W: Write + 'a> MakeWriter<'a> for Redacting<W> {
    type Writer = Event<W>;

    fn make_writer(&'a self) -> Event<W> {
        Event {
            inner: Arc::clone(&self.inner),
            redactor: self.redactor.clone(),
        }
    }
}

struct Event<W> {
    inner: Arc<Mutex<W>>,
    redactor: Redactor,
}

impl<W: Write> Write for Event<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let clean = self.redactor.redact(&String::from_utf8_lossy(bytes));
        held(&self.inner).write_all(clean.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        held(&self.inner).flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    #[test]
    fn a_secret_never_reaches_the_log() {
        let redactor = Redactor::default();
        redactor.learn(&Secret::new("s3cret-token"));
        let writer = Redacting::new(Vec::new(), &redactor);
        writer
            .make_writer()
            .write_all(b"token=s3cret-token end\n")
            .unwrap();
        let inner = writer.inner.lock().unwrap();
        assert_eq!(String::from_utf8_lossy(&inner), "token=[redacted] end\n");
    }
}
