//! The command line of `deskhand profile`.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};

use super::Demo;
use crate::config::Paging;

/// What is to be done with the profiles.
#[derive(Debug, Clone, Subcommand)]
pub enum Profile {
    /// Write a new profile into the configuration
    #[command(
        long_about = "Write a new profile into the configuration, which keeps its comments.\n\nThe configuration never holds a key, only where \
                      it is: file:PATH, env:VARIABLE or cmd:PROGRAM ARGUMENTS. On a terminal whatever is missing is asked for. The \
                      first profile becomes the default.",
        after_help = "With --read-only the profile itself is read-only.\n\nExamples:\n  deskhand profile add\n  deskhand profile add acme --access-key file:~/keys/acme-accesskey.json\n  deskhand profile add acme --access-key \"cmd:op read op://IT/acme/key\" --default\n  deskhand profile add branch --api-key env:BRANCH_KEY --read-only"
    )]
    Add(Add),
    /// List the profiles
    #[command(after_help = "Examples:\n  deskhand profile list\n  deskhand profile list --output json")]
    List,
    /// Show what a profile says, and where each value comes from; no key is fetched
    #[command(after_help = "Examples:\n  deskhand profile show\n  deskhand profile show acme")]
    Show {
        /// The profile; else the one that would be used
        name: Option<String>,
    },
    /// Take a profile out of the configuration; its key is left alone
    #[command(
        after_help = "Examples:\n  deskhand profile remove acme\n  deskhand profile remove acme --force"
    )]
    Remove {
        /// The profile
        name: String,
    },
    /// Try a profile: whether its key gives a way in, and what the key may do; nothing is changed
    #[command(
        after_help = "Ends with 0 if the key gives a way in, whatever it may do.\n\nExamples:\n  deskhand profile check\n  deskhand profile check acme\n  deskhand profile check --demo"
    )]
    Check {
        /// The profile; else the one that would be used
        name: Option<String>,
    },
}

/// The options of `deskhand profile add`.
#[derive(Debug, Clone, Args)]
pub struct Add {
    /// The name of the new profile
    pub name: Option<String>,
    /// Whose API it is for; goes without saying where the key's option tells it
    #[arg(long, value_enum, ignore_case = true)]
    pub vendor: Option<Demo>,
    /// Where the access key is, of RealVNC.
    #[arg(
        long,
        value_name = "REF",
        conflicts_with = "api_key",
        help = "Where the access key is, of RealVNC: file:PATH, env:ID_VAR,KEY_VAR or \"cmd:PROGRAM ARGUMENTS\""
    )]
    pub access_key: Option<String>,
    /// Where the API key is, of RemotePC.
    #[arg(
        long,
        value_name = "REF",
        help = "Where the API key is, of RemotePC: file:PATH, env:KEY_VAR or \"cmd:PROGRAM ARGUMENTS\""
    )]
    pub api_key: Option<String>,
    /// The vendor's address, if it is not the usual one
    #[arg(long)]
    pub url: Option<String>,
    /// How pages are asked for, of RemotePC
    #[arg(long, value_name = "HOW", value_parser = paging(), ignore_case = true)]
    pub paging: Option<Paging>,
    /// Make it the profile that is used where none is chosen
    #[arg(long)]
    pub default: bool,
    /// Put it in the place of the profile of that name
    #[arg(long)]
    pub replace: bool,
    /// What stands there without an option. It may be half of a key, and clap would repeat it.
    #[arg(hide = true)]
    pub rest: Vec<String>,
}

fn paging() -> impl TypedValueParser<Value = Paging> {
    PossibleValuesParser::new(Paging::ALL.map(Paging::as_str))
        .map(|word| Paging::from_word(&word).unwrap_or_default())
}
