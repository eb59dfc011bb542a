//! What has to be known of a new profile: from the command line, and asked for where it is missing.

use crate::cancel::Cancel;
use crate::config::{Editor, Environment, KeyReference, NAME_RULE, NewProfile, check_address, is_name};
use crate::fleet::Vendor;
use crate::http::BaseUrl;

use super::super::args::Add;
use super::super::failure::Failure;
use super::super::ui::Ui;

/// Whom to ask, and what the answers are checked against.
pub struct Form<'a> {
    /// The configuration that the profile is for.
    pub editor: &'a Editor,
    /// Where relative paths start.
    pub environment: &'a Environment,
    /// Asks.
    pub ui: &'a Ui,
    /// Stops a question.
    pub cancel: &'a Cancel,
}

impl Form<'_> {
    /// Returns the profile that was meant.
    pub fn filled(&self, given: &Add, read_only: bool) -> Result<NewProfile, Failure> {
        if !given.rest.is_empty() {
            return Err(Failure::usage("only the profile's name stands without an option").hint(
                "a reference with blanks in it is held together by quotes; the rest is not repeated here, as it may be part of a key",
            ));
        }
        let vendor = vendor(given)?;
        if !self.ui.can_ask {
            nothing_missing(given, vendor)?;
        }
        let name = match &given.name {
            Some(name) => self.name(name, given.replace)?,
            None => self.ask("Name of the profile:", |answer| self.name(answer, given.replace))?,
        };
        let vendor = match vendor {
            Some(vendor) => vendor,
            None => self.ask("Vendor (realvnc or remotepc):", |answer| {
                Vendor::from_word(answer).ok_or_else(|| Failure::usage("it is realvnc or remotepc"))
            })?,
        };
        if let Some(url) = &given.url {
            check_address(url, vendor, "--url")?;
            BaseUrl::parse(url).map_err(|e| Failure::usage(format!("--url: {e}")))?;
        }
        if given.paging.is_some() && vendor == Vendor::RealVnc {
            return Err(Failure::usage("--paging is of no use for realvnc")
                .hint("RealVNC Connect itself says where the next page is"));
        }
        Ok(NewProfile {
            name,
            vendor,
            key: self.key(given, vendor)?,
            url: given.url.clone(),
            paging: given.paging,
            read_only,
        })
    }

    fn name(&self, name: &str, replace: bool) -> Result<String, Failure> {
        if !is_name(name) {
            let message = format!("`{name}` cannot be the name of a profile");
            return Err(Failure::usage(message).hint(NAME_RULE));
        }
        if !replace {
            self.editor.vacant(name)?;
        }
        Ok(name.to_owned())
    }

    fn key(&self, given: &Add, vendor: Vendor) -> Result<String, Failure> {
        let reference = |name: &str, text: &str| {
            KeyReference::parse(text, vendor)
                .map(|reference| self.anchored(text, reference))
                .map_err(|wrong| Failure::usage(format!("{name} {}", wrong.why)).hint(wrong.hint))
        };
        if let Some(text) = given.access_key.as_ref().or(given.api_key.as_ref()) {
            return reference(option(vendor), text);
        }
        self.ui.printed(explanation(vendor));
        self.ask("Where the key is:", |answer| reference("it", answer))
    }

    /// A path on the command line starts where the user is, and one in the configuration where the configuration is.
    fn anchored(&self, text: &str, reference: KeyReference) -> String {
        let KeyReference::File(path) = reference else {
            return text.to_owned();
        };
        if path.starts_with("~") {
            return text.to_owned();
        }
        match self.environment.cwd.join(path).to_str() {
            Some(path) => format!("file:{path}"),
            None => text.to_owned(),
        }
    }

    fn ask<T>(&self, question: &str, read: impl Fn(&str) -> Result<T, Failure>) -> Result<T, Failure> {
        let answer = self.ui.ask_until(question, self.cancel, |answer| {
            read(answer).map_err(|failure| match failure.hint {
                Some(hint) => format!("{}; {hint}", failure.message),
                None => failure.message,
            })
        });
        answer.ok_or_else(|| {
            if self.cancel.is_raised() {
                Failure::interrupted()
            } else {
                Failure::usage("there was no answer")
            }
        })
    }
}

/// Returns the vendor that the options tell, if they do.
fn vendor(given: &Add) -> Result<Option<Vendor>, Failure> {
    let named = given.vendor.map(Vendor::from);
    let by_key = if given.access_key.is_some() {
        Some(Vendor::RealVnc)
    } else {
        given.api_key.as_ref().map(|_| Vendor::RemotePc)
    };
    match (named, by_key) {
        (Some(named), Some(by_key)) if named != by_key => Err(Failure::usage(format!(
            "{} is for {by_key}, not for {named}",
            option(by_key)
        ))
        .hint(format!("a {named} profile has {}", option(named)))),
        (named, by_key) => Ok(named.or(by_key)),
    }
}

/// Refuses a command line that lacks something, where nobody can be asked.
fn nothing_missing(given: &Add, vendor: Option<Vendor>) -> Result<(), Failure> {
    let name = given.name.is_none().then_some("the name");
    let is_keyless = given.access_key.is_none() && given.api_key.is_none();
    let key = is_keyless.then(|| vendor.map_or("--access-key or --api-key", option));
    let missing: Vec<&str> = name.into_iter().chain(key).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "nobody can be asked for what is missing: {}",
        missing.join(", and ")
    ))
    .hint("for example: deskhand profile add acme --access-key file:PATH"))
}

/// Returns the option that says where a vendor's key is.
fn option(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::RealVnc => "--access-key",
        Vendor::RemotePc => "--api-key",
    }
}

fn explanation(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::RealVnc => {
            "The configuration does not hold the access key, only where it is:\n  \
             file:PATH               a file with {\"accessKeyId\": \"…\", \"accessKey\": \"…\"}\n  \
             env:ID_VAR,KEY_VAR      two environment variables\n  \
             cmd:PROGRAM ARGUMENTS   a program that prints it, such as a password manager"
        }
        Vendor::RemotePc => {
            "The configuration does not hold the API key, only where it is:\n  \
             file:PATH               a file with nothing but the key\n  \
             env:KEY_VAR             an environment variable\n  \
             cmd:PROGRAM ARGUMENTS   a program that prints it, such as a password manager"
        }
    }
}
