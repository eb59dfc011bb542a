//! An answer that says no: its kind, what happened, and what to do now.
//!
//! The kind follows from the HTTP status, from the code of the envelope, and from the few descriptions that are known.
//! Where 401, 403 or 429 stand in either place, they win over any description.

use std::time::Duration;

use crate::fleet::{Error, Kind};
use crate::http::{Delivery, Transport};
use crate::vendor::explain::{no_operation, rate_limited};

use super::PRODUCT;
use super::descriptions::{Known, Reach, known};
use super::envelope::Envelope;
use super::operations::doing;

/// Both reasons for which nobody is let in; which of them it is, the vendor does not document.
const KEY_OR_ADDRESS: &str = "two things can be in the way: the key (My Account > API Keys in the web console, for the account owner only; a key that was changed there fails at once), or this computer's address, which has to be whitelisted for the account";

/// How many descriptions a message shows.
const MOST_SHOWN: usize = 3;

/// What an operation is about, and how many things it is to be done to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) operation: &'static str,
    /// Its object ("user `x`"), or nothing where it has none.
    pub(super) about: &'a str,
    /// How many targets the request names.
    pub(super) targets: usize,
}

/// An answer that says no.
#[derive(Debug)]
pub(super) struct Refusal<'a> {
    subject: Subject<'a>,
    /// The HTTP status, which may be that of a success.
    http: u16,
    /// What came in the envelope, if there was one.
    envelope: Option<&'a Envelope>,
    retry_after: Option<Duration>,
    known: Vec<&'static Known>,
}

impl<'a> Refusal<'a> {
    pub(super) fn new(
        subject: Subject<'a>,
        http: u16,
        envelope: Option<&'a Envelope>,
        retry_after: Option<Duration>,
    ) -> Self {
        let descriptions = envelope.map(|e| e.descriptions.as_slice()).unwrap_or_default();
        Self {
            subject,
            http,
            envelope,
            retry_after,
            known: descriptions.iter().filter_map(|text| known(text)).collect(),
        }
    }

    /// Explains it. Whatever is shown of the vendor's words goes through `transport`.
    pub(super) fn explain(&self, transport: &Transport) -> Error {
        let doing = doing(self.subject.operation);
        let said = self.said(transport);
        let why = |otherwise: &str| match said.as_deref() {
            Some(said) => format!("could not {doing}: {said}"),
            None => format!("could not {doing}: {otherwise}"),
        };
        let kind = self.kind();
        let error = match kind {
            Kind::Auth => Error::new(
                kind,
                with(format!("{PRODUCT} refused the API key"), said.as_deref()),
            )
            .hint(KEY_OR_ADDRESS),
            Kind::Permission => Error::new(
                kind,
                with(
                    format!("{PRODUCT} does not let this key {doing}"),
                    said.as_deref(),
                ),
            )
            .hint(format!(
                "{KEY_OR_ADDRESS}; it may also be that the account or its plan does not include this"
            )),
            Kind::RateLimited => rate_limited(PRODUCT, doing, self.retry_after),
            Kind::NotFound if self.envelope.is_none() && self.subject.about.is_empty() => no_operation(doing),
            Kind::NotFound if self.envelope.is_none() => Error::new(
                kind,
                format!(
                    "could not {doing}: {PRODUCT} has no {}, or no such operation at this address",
                    self.subject.about
                ),
            )
            .hint("list again, and check the `url` of the profile"),
            Kind::NotFound if self.subject.about.is_empty() => {
                Error::new(kind, why("there is no such thing"))
            }
            Kind::NotFound => Error::new(kind, why(&format!("{PRODUCT} has no {}", self.subject.about))),
            Kind::Conflict => Error::new(kind, why("it clashes with what is there")),
            Kind::Invalid => Error::new(kind, why(&format!("{PRODUCT} did not accept the request"))),
            _ if (200..300).contains(&self.number()) => {
                Error::new(kind, why("the answer is neither a success nor a failure"))
            }
            _ => Error::new(
                kind,
                why(&format!("{PRODUCT} answered with status {}", self.number())),
            ),
        };
        let hint = self.known.iter().find_map(|known| known.hint);
        let error = match hint {
            Some(hint) if error.hint.is_none() => error.hint(hint),
            _ => error,
        };
        error.status(self.number()).operation(self.subject.operation)
    }

    /// Tells whether the request may have been carried out, for all or for some of its targets.
    pub(super) fn delivery(&self) -> Delivery {
        let several = self.subject.targets > 1;
        match self.reach() {
            Reach::Whole => Delivery::NotCarriedOut,
            Reach::Part if !several => Delivery::NotCarriedOut,
            Reach::Part | Reach::Open => Delivery::Unknown,
        }
    }

    fn reach(&self) -> Reach {
        if matches!(self.kind(), Kind::RateLimited) || self.has(401) || self.has(403) {
            return Reach::Whole;
        }
        // Whatever calls it a success, or the vendor's own fault, leaves open how far it came.
        let refuses = |number: u16| (400..500).contains(&number) && number != 408;
        if !refuses(self.number()) || self.code().is_some_and(|code| !refuses(code)) {
            return Reach::Open;
        }
        let known = self.known.iter().map(|known| known.reach).max();
        // What is not known speaks for something in the request, at most.
        let all = self
            .envelope
            .is_some_and(|e| e.descriptions.len() == self.known.len());
        match known {
            Some(reach) if all => reach,
            known => known.unwrap_or(Reach::Part).max(Reach::Part),
        }
    }

    /// Returns the kind that the numbers tell, else that of the first description that is known.
    fn kind(&self) -> Kind {
        if self.has(401) {
            Kind::Auth
        } else if self.has(403) {
            Kind::Permission
        } else if self.has(429) {
            Kind::RateLimited
        } else {
            self.known
                .first()
                .map_or_else(|| of_status(self.number()), |known| known.kind)
        }
    }

    fn has(&self, number: u16) -> bool {
        self.http == number || self.code() == Some(number)
    }

    fn code(&self) -> Option<u16> {
        self.envelope.and_then(|e| e.code)
    }

    /// Returns the HTTP status, or the code of the envelope where the former says nothing.
    fn number(&self) -> u16 {
        match self.code() {
            Some(code) if (200..300).contains(&self.http) => code,
            _ => self.http,
        }
    }

    /// Returns what the vendor said, fit to be shown.
    fn said(&self, transport: &Transport) -> Option<String> {
        let mut said: Vec<String> = Vec::new();
        for description in &self.envelope?.descriptions {
            let shown = transport.shown(description);
            if !shown.is_empty() && !said.contains(&shown) {
                said.push(shown);
            }
        }
        let more = said.len().saturating_sub(MOST_SHOWN);
        said.truncate(MOST_SHOWN);
        let more = if more == 0 {
            String::new()
        } else {
            format!("; and {more} more")
        };
        (!said.is_empty()).then(|| format!("{}{more}", said.join("; ")))
    }
}

fn of_status(status: u16) -> Kind {
    match status {
        400 | 422 => Kind::Invalid,
        404 => Kind::NotFound,
        409 => Kind::Conflict,
        _ => Kind::Vendor,
    }
}

fn with(message: String, said: Option<&str>) -> String {
    match said {
        Some(said) => format!("{message}: {said}"),
        None => message,
    }
}
