//! A user's desk: a folder, a home, no environment but its own, the clock stopped, and a terminal to type at.
//!
//! Each command also writes a log of everything, and whatever it says, shows or logs is searched for secrets.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The time of day at every desk.
pub(crate) const NOW: &str = "2026-11-20T09:00:00Z";

/// No command takes as long; one that does is taken to hang.
const PATIENCE: Duration = Duration::from_secs(150);

/// What the simulator's session tokens begin with, and how long they are at least.
const TOKEN: (&str, usize) = ("eyJ", 36);

/// A desk.
pub(crate) struct Desk {
    folder: TempDir,
    first: Vec<String>,
    vars: Vec<(String, String)>,
    secrets: Vec<String>,
    commands: AtomicUsize,
}

impl Desk {
    /// Sets up a desk without any account.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let place = |name: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir(&path).unwrap();
            path.into_os_string().into_string().unwrap()
        };
        place("desk");
        let mut vars: Vec<(String, String)> = [
            ("HOME", place("home")),
            ("DESKHAND_CONFIG_DIR", place("config")),
            ("DESKHAND_DATA_DIR", place("data")),
            ("DESKHAND_CACHE_DIR", place("cache")),
            ("DESKHAND_NOW", NOW.to_owned()),
            ("TZ", "UTC".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        // A profiler or a coverage run of these tests has to find its way into the binary.
        vars.extend(
            ["PATH", "LLVM_PROFILE_FILE"]
                .iter()
                .filter_map(|name| Some(((*name).to_owned(), std::env::var(name).ok()?))),
        );
        Self {
            folder,
            first: Vec::new(),
            vars,
            secrets: Vec::new(),
            commands: AtomicUsize::new(0),
        }
    }

    /// Works on the simulated team inside the program, which is made anew for each command.
    pub(crate) fn demo() -> Self {
        Self {
            first: vec!["--demo".to_owned()],
            ..Self::new()
        }
    }

    /// Works on the simulated team of a vendor.
    pub(crate) fn demo_of(vendor: &str) -> Self {
        Self {
            first: vec![format!("--demo={vendor}")],
            ..Self::new()
        }
    }

    /// Works on a server, with a key from the environment.
    pub(crate) fn with_account(url: &str, key_id: &str, key: &str) -> Self {
        Self::new()
            .var("REALVNC_URL", url)
            .var("REALVNC_ACCESS_KEY_ID", key_id)
            .var("REALVNC_ACCESS_KEY", key)
            .secret(key)
    }

    /// Works on a server of RemotePC, with a key from the environment.
    pub(crate) fn with_api_key(url: &str, key: &str) -> Self {
        Self::new()
            .var("REMOTEPC_URL", url)
            .var("REMOTEPC_API_KEY", key)
            .secret(key)
    }

    /// Sets a variable.
    pub(crate) fn var(mut self, name: &str, value: &str) -> Self {
        self.vars.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Makes known what must never be seen.
    pub(crate) fn secret(mut self, secret: &str) -> Self {
        self.secrets.push(secret.to_owned());
        self
    }

    /// Puts a file on the desk.
    pub(crate) fn file(self, name: &str, text: &str) -> Self {
        put(&self.desk().join(name), text);
        self
    }

    /// Writes the configuration.
    pub(crate) fn config(self, text: &str) -> Self {
        put(&self.config_file(), text);
        self
    }

    /// Returns where the configuration is.
    pub(crate) fn config_file(&self) -> PathBuf {
        self.folder.path().join("config/config.toml")
    }

    /// Returns the folder that commands are typed in.
    pub(crate) fn desk(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// Returns the folder of the journals.
    pub(crate) fn journals(&self) -> PathBuf {
        self.folder.path().join("data/journals")
    }

    /// Returns the environment of a command, whole.
    pub(crate) fn vars(&self) -> &[(String, String)] {
        &self.vars
    }

    /// Returns the words of a command, with what stands before all commands of this desk.
    pub(crate) fn words(&self, line: &str) -> Vec<String> {
        let mut words = self.first.clone();
        words.extend(split(line));
        words
    }

    /// Types what follows `deskhand` and waits for the end. Nobody is there to answer questions.
    pub(crate) fn run(&self, line: &str) -> Ran {
        self.type_words(&self.words(line), line)
    }

    /// Types a command that takes nothing of what stands before all others, such as one that looks at a journal.
    pub(crate) fn run_bare(&self, line: &str) -> Ran {
        self.type_words(&split(line), line)
    }

    fn type_words(&self, words: &[String], line: &str) -> Ran {
        let number = self.commands.fetch_add(1, Ordering::Relaxed);
        let log = self.folder.path().join(format!("{number}.log"));
        let mut child = Command::new(env!("CARGO_BIN_EXE_deskhand"))
            .arg("--log-file")
            .arg(&log)
            .args(words)
            .current_dir(self.desk())
            .env_clear()
            .envs(self.vars.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = listen(child.stdout.take().unwrap());
        let stderr = listen(child.stderr.take().unwrap());
        let code = wait(&mut child, line);
        let ran = Ran {
            line: line.to_owned(),
            code,
            stdout: stdout.join().unwrap(),
            stderr: stderr.join().unwrap(),
            log: std::fs::read_to_string(log).unwrap_or_default(),
        };
        self.holds_no_secret(&ran);
        ran
    }

    fn holds_no_secret(&self, ran: &Ran) {
        for (place, text) in [
            ("stdout", &ran.stdout),
            ("stderr", &ran.stderr),
            ("the log", &ran.log),
        ] {
            for secret in &self.secrets {
                assert!(
                    !text.contains(secret),
                    "`{}` shows a secret in {place}:\n{text}",
                    ran.line
                );
            }
            assert!(
                !shows_a_token(text),
                "`{}` shows a session token in {place}:\n{text}",
                ran.line
            );
        }
    }
}

/// What came of a command.
#[derive(Debug)]
pub(crate) struct Ran {
    /// What was typed after `deskhand`.
    pub(crate) line: String,
    /// The exit code; `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
    /// The log of everything.
    pub(crate) log: String,
}

impl Ran {
    /// Checks the exit code.
    #[track_caller]
    pub(crate) fn ends_with(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{}", self.transcript());
        self
    }

    /// Checks that it went well.
    #[track_caller]
    pub(crate) fn succeeds(&self) -> &Self {
        self.ends_with(0)
    }

    /// Checks that standard output holds a text.
    #[track_caller]
    pub(crate) fn prints(&self, text: &str) -> &Self {
        assert!(
            self.stdout.contains(text),
            "`{text}` is not printed\n{}",
            self.transcript()
        );
        self
    }

    /// Checks that nothing came out on standard output.
    #[track_caller]
    pub(crate) fn prints_nothing(&self) -> &Self {
        assert!(
            self.stdout.is_empty(),
            "something is printed\n{}",
            self.transcript()
        );
        self
    }

    /// Checks that standard error holds a text.
    #[track_caller]
    pub(crate) fn says(&self, text: &str) -> &Self {
        assert!(
            self.stderr.contains(text),
            "`{text}` is not said\n{}",
            self.transcript()
        );
        self
    }

    /// Reads standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("no JSON: {e}\n{}", self.transcript()))
    }

    /// Reads standard output as CSV: the header, and the rows.
    #[track_caller]
    pub(crate) fn csv(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let mut reader = csv::Reader::from_reader(self.stdout.as_bytes());
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader
            .records()
            .map(|row| row.unwrap_or_else(|e| panic!("no CSV: {e}\n{}", self.transcript())))
            .map(|row| row.iter().map(str::to_owned).collect())
            .collect();
        (header, rows)
    }

    /// Returns everything that could be seen, to be shown where a check fails.
    pub(crate) fn transcript(&self) -> String {
        let (stdout, stderr) = (beginning(&self.stdout), beginning(&self.stderr));
        let (line, code) = (&self.line, self.code);
        format!("$ deskhand {line}\n{stdout}--- stderr ---\n{stderr}--- exit code {code:?} ---")
    }
}

/// Returns the first lines of a text that nobody would read to its end.
fn beginning(text: &str) -> String {
    let (most, mut lines) = (60, text.lines());
    let mut shown: String = lines.by_ref().take(most).flat_map(|line| [line, "\n"]).collect();
    if lines.next().is_some() {
        shown.push_str("…\n");
    }
    shown
}

fn put(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Splits a line into words; quotes of either sort hold a word together.
fn split(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut open, mut within) = (None, false);
    for c in line.chars() {
        if open.is_none() && c == ' ' {
            within = false;
            continue;
        }
        if !within {
            words.push(String::new());
            within = true;
        }
        match open {
            Some(quote) if c == quote => open = None,
            None if c == '"' || c == '\'' => open = Some(c),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    assert!(open.is_none(), "an open quote in `{line}`");
    words
}

fn listen(mut pipe: impl Read + Send + 'static) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).expect("the program writes UTF-8")
    })
}

/// Waits for a command, but not for ever.
fn wait(child: &mut Child, line: &str) -> Option<i32> {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if Instant::now() > end {
            child.kill().unwrap();
            panic!("`deskhand {line}` hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn shows_a_token(text: &str) -> bool {
    let (start, length) = TOKEN;
    text.match_indices(start)
        .any(|(at, _)| text[at..].chars().take_while(char::is_ascii_alphanumeric).count() >= length)
}

#[test]
fn a_token_is_told_from_words() {
    let token = format!("eyJ{}", "aB3".repeat(11));
    assert!(shows_a_token(&format!("Bearer {token}.x")));
    assert!(!shows_a_token("a name such as eyJonas"));
}

#[test]
fn a_line_is_split_as_a_shell_would() {
    assert_eq!(
        split(r#"find "PC 7" --x="a b" "" y 'say "no"'"#),
        ["find", "PC 7", "--x=a b", "", "y", "say \"no\""]
    );
}
