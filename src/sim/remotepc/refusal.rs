//! The vendor's envelope: what was asked for, or why not.

use serde::Serialize;

use crate::sim::reply::Reply;

#[derive(Serialize)]
struct Envelope<T> {
    status: &'static str,
    code: u16,
    message: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure<'a> {
    status: &'static str,
    code: u16,
    errors_count: usize,
    errors: Vec<Described<'a>>,
}

#[derive(Serialize)]
struct Described<'a> {
    description: &'a str,
}

/// Answers with a message, which may be a word, an address or an object.
pub fn message(message: impl Serialize) -> Result<Reply, Refusal> {
    let envelope = Envelope {
        status: "OK",
        code: 200,
        message,
    };
    Ok(Reply::json(&envelope)?)
}

/// Answers that all was done.
pub fn success() -> Result<Reply, Refusal> {
    message("SUCCESS")
}

/// Why a request was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    status: u16,
    descriptions: Vec<String>,
}

impl Refusal {
    /// Refuses with a status and a text.
    pub fn new(status: u16, description: impl Into<String>) -> Self {
        Self {
            status,
            descriptions: vec![description.into()],
        }
    }

    /// Refuses a request that is not as it should be, in the vendor's words.
    pub fn bad(description: &'static str) -> Self {
        Self::new(400, description)
    }

    /// Refuses for several reasons at once.
    pub fn several(descriptions: &[&str]) -> Self {
        Self {
            status: 400,
            descriptions: descriptions.iter().map(|&d| d.to_owned()).collect(),
        }
    }

    /// Refuses what the vendor has no words for, in ours: after the page's own title of a 400.
    pub fn invalid(why: impl std::fmt::Display) -> Self {
        Self::new(400, format!("Invalid Parameters: {why}"))
    }

    /// Refuses because there is no such thing.
    pub fn absent(description: &'static str) -> Self {
        Self::new(404, description)
    }

    /// Returns the word for the status. `Forbidden` is not written as the others are: so it stands on the vendor's page of
    /// another of its APIs.
    fn word(&self) -> &'static str {
        match self.status {
            400 => "BAD_REQUEST",
            401 => "UNAUTHORIZED",
            403 => "Forbidden",
            404 => "NOT_FOUND",
            _ => "INTERNAL_SERVER_ERROR",
        }
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(_: serde_json::Error) -> Self {
        Self::new(500, "INTERNAL_SERVER_ERROR")
    }
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        let errors: Vec<_> = refusal
            .descriptions
            .iter()
            .map(|description| Described { description })
            .collect();
        let failure = Failure {
            status: refusal.word(),
            code: refusal.status,
            errors_count: errors.len(),
            errors,
        };
        // Texts and numbers can always be written as JSON.
        Self::json(&failure)
            .unwrap_or_else(|_| Self::nothing())
            .status(refusal.status)
    }
}
