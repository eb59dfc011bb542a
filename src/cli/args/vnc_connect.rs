//! The command line of `deskhand vnc-connect`, which clap leaves alone: the options of the original have one dash.

use std::ffi::OsString;

use clap::{Args, Parser};

use super::{Cli, Verb};

/// The verb, as it is typed.
pub const VERB: &str = "vnc-connect";

/// What follows the verb. It has a help of its own, which lists the options of the original.
#[derive(Debug, Clone, Default, Args)]
#[command(disable_help_flag = true)]
pub struct VncConnect {
    /// The words as they are.
    #[arg(skip)]
    pub words: Vec<OsString>,
}

impl Cli {
    /// Reads the command line, the program's name first.
    pub fn read(args: &[OsString]) -> Result<Self, clap::Error> {
        let verbs = args.iter().enumerate().filter(|(_, word)| *word == VERB);
        for (at, _) in verbs {
            // The word may be an option's value, or what is asked about: then it is no verb.
            let Ok(mut cli) = Self::try_parse_from(&args[..=at]) else {
                continue;
            };
            if let Some(Verb::VncConnect(typed)) = &mut cli.verb {
                typed.words = args[at + 1..].to_vec();
                return Ok(cli);
            }
        }
        Self::try_parse_from(args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Cli {
        let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        Cli::read(&args).unwrap()
    }

    #[test]
    fn what_follows_the_verb_is_left_as_it_is() {
        let cli = read("deskhand --quiet vnc-connect -v -output -force --demo vnc-connect");
        assert!(cli.globals.quiet && cli.globals.demo.is_none() && cli.globals.verbose == 0);
        let Some(Verb::VncConnect(typed)) = cli.verb else {
            panic!("{cli:?}")
        };
        assert_eq!(typed.words, ["-v", "-output", "-force", "--demo", "vnc-connect"]);
    }

    #[test]
    fn the_word_is_a_verb_only_where_a_verb_stands() {
        let cli = read("deskhand --profile vnc-connect list-users");
        assert_eq!(cli.globals.profile.as_deref(), Some("vnc-connect"));
        assert!(matches!(cli.verb, Some(Verb::Script(_))));
        let cli = read("deskhand --profile vnc-connect vnc-connect -listusers");
        assert!(matches!(cli.verb, Some(Verb::VncConnect(typed)) if typed.words == ["-listusers"]));
        assert!(matches!(
            read("deskhand help vnc-connect").verb,
            Some(Verb::Help { .. })
        ));
        assert!(matches!(
            read("deskhand find-computer vnc-connect").verb,
            Some(Verb::Script(_))
        ));
    }
}
