//! One run of a feed: what is new since the last one is handed on, and then, not before, the cursor moves.
//!
//! Before anything is added to a file the cursor says that it is about to be, and how long the file was: whenever a run is
//! killed, the next one finds in the file what of it had arrived. What cannot be looked at again, such as a pipe or a file that
//! was taken away in between, is handed on once more, and that is said: twice does less harm than never.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::fleet::{self, Error, Kind};
use crate::host::{DAYS_OF_EVENTS, Entry, kept_since};
use crate::plan::Binding;

use super::cursor::{Cursor, Known, UnderWay};

/// What a feed stands on: its cursor, and where its events go to.
pub trait Ground {
    /// Returns the cursor, if there is one yet.
    fn cursor(&self) -> fleet::Result<Option<Cursor>>;
    /// Puts a cursor in the place of the last one, so that it survives the end of the machine.
    fn keep(&mut self, cursor: &Cursor) -> io::Result<()>;
    /// Returns the file that events are added to, which is made where it is not there, and its length; no file stands for
    /// standard output.
    fn place(&self) -> io::Result<UnderWay>;
    /// Returns what stands behind a place in a file; nothing where that file is not there any more, or is not that long.
    fn tail(&self, behind: &UnderWay) -> io::Result<Option<Vec<u8>>>;
    /// Takes away what stands in a file behind a length.
    fn cut(&mut self, of: &Path, length: u64) -> io::Result<()>;
    /// Adds lines, so that they survive the end of the machine.
    fn add(&mut self, lines: &[u8]) -> io::Result<()>;
}

/// What is to be followed, and when.
pub struct Terms {
    /// Whose events.
    pub of: Binding,
    /// Whether only sessions.
    pub connections_only: bool,
    /// Where to begin if this is the first run; else as far back as the vendor goes.
    pub begins: Option<Timestamp>,
    /// The time of day.
    pub now: Timestamp,
}

/// What a run is about to hand on.
#[derive(Debug)]
pub struct Step {
    /// The lines, each with its end.
    pub lines: String,
    /// How many they are.
    pub count: usize,
    /// What the user should know: that something is missing, or may be there twice.
    pub alerts: Vec<String>,
    /// Whether events are missing that nobody can have any more.
    pub has_gap: bool,
    /// Whether it goes on where another run has ended.
    pub goes_on: bool,
    before: Cursor,
    after: Cursor,
    torn: Option<Torn>,
}

/// Finds out what is to be handed on; nothing is changed.
pub fn look<G: Ground>(
    ground: &G,
    terms: &Terms,
    read: impl FnOnce(Timestamp, Timestamp) -> fleet::Result<Vec<Entry>>,
) -> fleet::Result<Step> {
    let kept = kept_since(terms.now);
    let mut alerts = Vec::new();
    let known = ground.cursor()?;
    let goes_on = known.is_some();
    let cursor = match known {
        None => begun(terms)?,
        Some(cursor) => {
            let cursor = fitting(cursor, terms)?;
            if cursor.is_begun_too_late(terms.now) {
                alerts.push(format!(
                    "the cursor was begun when the clock was wrong, and would have waited until {:.0}: it begins anew",
                    cursor.from
                ));
                begun(terms)?
            } else {
                cursor
            }
        }
    };
    if cursor.from > terms.now {
        alerts.push(format!(
            "it is {:.0} by the clock of this computer, and later events were handed on: new ones come when the clock is right",
            terms.now
        ));
    }
    let missing = Some(cursor.reached()).filter(|reached| *reached < kept);
    if let Some(reached) = missing {
        alerts.push(format!(
            "events are missing: the vendor keeps them for {DAYS_OF_EVENTS} days, and they were followed up to {reached:.0}; what \
             happened from then to {kept:.0} cannot be had any more"
        ));
    }
    let settled = settle(ground, &cursor)?;
    alerts.extend(settled.doubt);
    let mut before = cursor;
    before.handed_on.extend(settled.arrived);
    // What the last run had begun to write must be among it.
    let tried = before.under_way.as_ref().and_then(|under_way| under_way.to);
    let to = terms.now.max(before.from).max(tried.unwrap_or(before.from));
    let events = read(before.from.max(kept).min(to), to)?;
    let fresh = before.fresh(&events);
    let begins_one = |torn: &Torn| {
        // What a machine had no time to write before it stopped may stand as zeros in the file.
        let length = torn
            .begun
            .iter()
            .rposition(|byte| *byte != 0)
            .map_or(0, |at| at + 1);
        let begun = &torn.begun[..length];
        begun.is_empty() || fresh.iter().any(|entry| entry.line.as_bytes().starts_with(begun))
    };
    let lines = fresh.iter().flat_map(|entry| [entry.line.as_str(), "\n"]);
    Ok(Step {
        lines: lines.collect(),
        count: fresh.len(),
        alerts,
        has_gap: missing.is_some(),
        goes_on,
        torn: settled.torn.filter(begins_one),
        after: before.behind(&events, to),
        before,
    })
}

/// Begins to follow: where the user says, and no earlier than there are events.
fn begun(terms: &Terms) -> fleet::Result<Cursor> {
    let kept = kept_since(terms.now);
    let from = terms.begins.unwrap_or(kept).max(kept);
    if from > terms.now {
        return Err(Error::new(
            Kind::Invalid,
            format!("a cursor cannot begin at {from:.0}, which is yet to come"),
        )
        .hint("leave --from out, or name a moment that has passed"));
    }
    Ok(Cursor::new(terms.of.clone(), terms.connections_only, from))
}

/// Refuses a cursor that is of other events.
fn fitting(cursor: Cursor, terms: &Terms) -> fleet::Result<Cursor> {
    let other = if cursor.of != terms.of {
        let Binding {
            profile,
            vendor,
            host,
        } = &cursor.of;
        format!(
            "the events of profile `{profile}` at {} ({host})",
            vendor.product()
        )
    } else if cursor.connections_only && !terms.connections_only {
        "sessions only".to_owned()
    } else if !cursor.connections_only && terms.connections_only {
        "all events, not sessions only".to_owned()
    } else {
        return Ok(cursor);
    };
    Err(Error::new(
        Kind::Refused,
        format!("the cursor is not for these events: it follows {other}"),
    )
    .hint("follow these under another name"))
}

/// The beginning of a line at the end of a file.
#[derive(Debug)]
struct Torn {
    file: PathBuf,
    /// Where in the file it begins.
    at: UnderWay,
    begun: Vec<u8>,
}

/// What became of a run that did not end.
#[derive(Default)]
struct Settled {
    /// The events that had arrived.
    arrived: Vec<Known>,
    /// A line that had not arrived whole.
    torn: Option<Torn>,
    /// What cannot be found out any more.
    doubt: Option<String>,
}

fn settle<G: Ground>(ground: &G, cursor: &Cursor) -> fleet::Result<Settled> {
    let Some(under_way) = &cursor.under_way else {
        return Ok(Settled::default());
    };
    let doubt = |what: &str| {
        Some(format!(
            "the last run was broken off while it wrote to {what}; what had arrived there comes once more"
        ))
    };
    let Some(file) = &under_way.file else {
        return Ok(Settled {
            doubt: doubt("standard output"),
            ..Settled::default()
        });
    };
    let unreadable = |e: io::Error| {
        Error::new(Kind::Invalid, format!("`{}` cannot be read", file.display()))
            .hint("the last run was broken off, and only the file tells how far it had come")
            .caused_by(&e)
    };
    let Some(tail) = ground.tail(under_way).map_err(unreadable)? else {
        return Ok(Settled {
            doubt: doubt(&format!(
                "`{}`, which was cut, replaced or taken away since",
                file.display()
            )),
            ..Settled::default()
        });
    };
    let whole = tail
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let text = String::from_utf8_lossy(&tail[..whole]);
    let arrived = text.lines().filter(|line| !line.is_empty()).map(Known::of);
    Ok(Settled {
        arrived: arrived.collect(),
        torn: (whole < tail.len()).then(|| Torn {
            file: file.clone(),
            at: UnderWay {
                length: under_way.length + whole as u64,
                ..under_way.clone()
            },
            begun: tail[whole..].to_owned(),
        }),
        doubt: None,
    })
}

/// What a run that could not be ended has left behind.
#[derive(Debug)]
pub enum Broken {
    /// Nothing was handed on, or part of it to where it cannot be taken back; the cursor stands where it was.
    Unwritten(io::Error),
    /// All was handed on, and the cursor does not say so.
    Unkept(io::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Unwritten(error)
    }
}

/// Hands on, and then moves the cursor.
pub fn take<G: Ground>(ground: &mut G, step: &Step) -> Result<(), Broken> {
    if let Some(Torn { file, at, begun }) = &step.torn
        // Nothing of somebody else's is taken away who adds to the file, too.
        && ground.tail(at)?.as_ref() == Some(begun)
    {
        ground.cut(file, at.length)?;
    }
    if step.count > 0 {
        let place = ground.place()?;
        let under_way = UnderWay {
            to: step.after.read_to,
            ..place.clone()
        };
        ground.keep(&Cursor {
            under_way: Some(under_way),
            ..step.before.clone()
        })?;
        if let Err(error) = ground.add(step.lines.as_bytes()) {
            // What is left of it after all, the next run finds.
            let _ = take_back(ground, &place, &step.lines);
            return Err(error.into());
        }
    }
    ground.keep(&step.after).map_err(Broken::Unkept)
}

/// Takes away what was added of some lines, as long as nothing else stands there.
fn take_back<G: Ground>(ground: &mut G, place: &UnderWay, lines: &str) -> io::Result<()> {
    let (Some(file), Some(tail)) = (&place.file, ground.tail(place)?) else {
        return Ok(());
    };
    let added = tail.strip_prefix(b"\n").unwrap_or(&tail);
    if lines.as_bytes().starts_with(added) {
        ground.cut(file, place.length)?;
    }
    Ok(())
}
