//! Several names in one argument, with commas between. Names have commas of their own: then what exists decides, or quotes do.

use crate::fields;

use super::super::failure::Failure;

/// Two names, in the order in which they were typed.
pub type Pair = (String, String);

/// Which of two names is one that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The first: it is renamed.
    Left,
    /// The second: it goes into a group, or out of it.
    Right,
}

/// Splits an argument, `"a,b"`. `names` lists what exists, and is asked only where there is more than one way to split.
pub fn split(
    text: &str,
    known: Known,
    names: impl FnOnce() -> Result<Vec<String>, Failure>,
) -> Result<Pair, Failure> {
    let ways = ways(text)?;
    if let [way] = ways.as_slice() {
        return Ok(way.clone());
    }
    let names: Vec<String> = names()?.iter().map(|name| name.to_lowercase()).collect();
    let exists = |(left, right): &Pair| {
        let name = match known {
            Known::Left => left,
            Known::Right => right,
        };
        names.contains(&name.to_lowercase())
    };
    let mut there = ways.iter().filter(|way| exists(way));
    match (there.next(), there.next()) {
        (Some(way), None) => Ok(way.clone()),
        (None, _) => Err(in_quotes(
            Failure::usage(format!(
                "`{text}` has several commas, and at none of them a computer's name begins or ends"
            )),
            &[&ways[0].0, &ways[0].1],
        )),
        (Some(one), Some(other)) => {
            let shown = |way: &Pair| format!("'{}' and '{}'", way.0, way.1);
            Err(in_quotes(
                Failure::usage(format!("`{text}` may be {}, or {}", shown(one), shown(other))),
                &[&one.0, &one.1],
            ))
        }
    }
}

/// Splits an argument of which the second part has no comma, such as an email address.
pub fn split_at_last(text: &str) -> Result<Pair, Failure> {
    let mut ways = ways(text)?;
    ways.pop().ok_or_else(|| two(text))
}

/// Splits an argument of any number of names, `"a,b,c"`. `names` lists what exists, and is asked only where there are commas
/// without quotes. A name between two commas that exists is meant: so it always was.
pub fn split_all(
    text: &str,
    names: impl FnOnce() -> Result<Vec<String>, Failure>,
) -> Result<Vec<String>, Failure> {
    let plain = fields::split(text);
    if plain.len() == 1 || fields::quoted(text).is_some() {
        return Ok(plain);
    }
    let names: Vec<String> = names()?.iter().map(|name| name.to_lowercase()).collect();
    let exists = |name: &str| names.contains(&name.to_lowercase());
    if plain.iter().all(|name| exists(name)) {
        return Ok(plain);
    }
    match among(text, &exists).as_slice() {
        // Whoever is told these says which of them there are not.
        [] => Ok(plain),
        [way] => Ok(way.iter().map(|&name| name.to_owned()).collect()),
        [one, other, ..] => {
            let shown = |way: &[&str]| format!("'{}'", way.join("' and '"));
            Err(in_quotes(
                Failure::usage(format!("`{text}` may be {}, or {}", shown(one), shown(other))),
                one,
            ))
        }
    }
}

/// Returns the first two ways to read a text as names that exist.
fn among<'a>(text: &'a str, exists: &impl Fn(&str) -> bool) -> Vec<Vec<&'a str>> {
    let commas = text.match_indices(',').map(|(at, _)| at);
    let mut found = Vec::new();
    for end in commas.chain([text.len()]) {
        let name = text[..end].trim();
        if !exists(name) {
            continue;
        }
        let rest = match text.get(end + 1..) {
            None => vec![Vec::new()],
            Some(rest) => among(rest, exists),
        };
        found.extend(rest.into_iter().map(|way| [vec![name], way].concat()));
        if found.len() > 1 {
            break;
        }
    }
    found.truncate(2);
    found
}

/// Returns the ways to split an argument: the one that its quotes say, else one for each comma. There is at least one.
fn ways(text: &str) -> Result<Vec<Pair>, Failure> {
    if let Some(fields) = fields::quoted(text) {
        return match fields.as_slice() {
            [left, right] if !left.is_empty() && !right.is_empty() => Ok(vec![(left.clone(), right.clone())]),
            _ => Err(two(text)),
        };
    }
    let ways: Vec<Pair> = text
        .match_indices(',')
        .map(|(at, comma)| (text[..at].trim(), text[at + comma.len()..].trim()))
        .filter(|(left, right)| !left.is_empty() && !right.is_empty())
        .map(|(left, right)| (left.to_owned(), right.to_owned()))
        .collect();
    if ways.is_empty() {
        return Err(two(text));
    }
    Ok(ways)
}

fn two(text: &str) -> Failure {
    Failure::usage(format!("`{text}` is not two names with a comma between"))
        .hint("both stand in one pair of quotes: \"one,other\"")
}

fn in_quotes(failure: Failure, names: &[&str]) -> Failure {
    failure.hint(format!(
        "put a name that has a comma in quotes of its own, such as \"{}\"",
        fields::join(names).replace('"', "\\\"")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(left: &str, right: &str) -> Pair {
        (left.to_owned(), right.to_owned())
    }

    fn among(text: &str, known: Known, names: &[&str]) -> Result<Pair, Failure> {
        split(text, known, || {
            Ok(names.iter().map(|&name| name.to_owned()).collect())
        })
    }

    /// Splits where nobody need be asked what exists.
    fn alone(text: &str) -> Result<Pair, Failure> {
        split(text, Known::Left, || {
            panic!("`{text}` can be split in one way only")
        })
    }

    #[test]
    fn one_comma_needs_no_look_at_what_exists() {
        assert_eq!(alone("PC-1,PC 2"), Ok(pair("PC-1", "PC 2")));
        assert_eq!(alone(" PC-1 , PC 2 "), Ok(pair("PC-1", "PC 2")));
        assert_eq!(alone("15\" screen,PC"), Ok(pair("15\" screen", "PC")));
    }

    #[test]
    fn what_exists_says_which_comma_is_meant() {
        let names = ["dock 4, North gate", "Dock 5"];
        assert_eq!(
            among("Dock 4, north gate,Dock 4", Known::Left, &names),
            Ok(pair("Dock 4, north gate", "Dock 4"))
        );
        assert_eq!(
            among("Sales, EMEA,dock 5", Known::Right, &names),
            Ok(pair("Sales, EMEA", "dock 5"))
        );
    }

    #[test]
    fn several_ways_are_an_error_that_shows_them_and_how_to_write_one() {
        let error = among("A,B,C", Known::Left, &["A", "A,B"]).unwrap_err();
        assert_eq!(error.message, "`A,B,C` may be 'A' and 'B,C', or 'A,B' and 'C'");
        assert!(error.hint.unwrap().ends_with(r#"such as "A,\"B,C\"""#));
        let error = among("A,B,C", Known::Right, &["A"]).unwrap_err();
        assert!(error.message.contains("at none of them"), "{}", error.message);
    }

    #[test]
    fn quotes_of_their_own_say_it_without_a_look() {
        assert_eq!(alone(r#""A,B",C"#), Ok(pair("A,B", "C")));
        assert_eq!(alone(r#"A, "B,C" "#), Ok(pair("A", "B,C")));
        assert_eq!(
            alone(r#""15"" screen, left","D""#),
            Ok(pair("15\" screen, left", "D"))
        );
        for text in [r#""A","B","C""#, r#""A,B""#, r#""","B""#] {
            assert_eq!(alone(text), Err(two(text)), "{text}");
        }
    }

    #[test]
    fn of_several_names_each_that_exists_is_meant() {
        let all =
            |text, names: &[&str]| split_all(text, || Ok(names.iter().map(ToString::to_string).collect()));
        let names = ["Night shift, weekend", "Contractors", "A", "B", "A, B"];
        for (text, split) in [
            (
                "contractors, Night Shift, weekend",
                &["contractors", "Night Shift, weekend"][..],
            ),
            ("Night shift, weekend", &["Night shift, weekend"]),
            // So it always was read.
            ("A, B", &["A", "B"]),
            (r#""A, B""#, &["A, B"]),
            // What is not there is told by who looks for it.
            ("A,C", &["A", "C"]),
            ("A,", &["A", ""]),
        ] {
            assert_eq!(all(text, &names).unwrap(), split, "{text}");
        }
        let error = all("A,B,C", &["A,B", "C", "A", "B,C"]).unwrap_err();
        assert_eq!(error.message, "`A,B,C` may be 'A' and 'B,C', or 'A,B' and 'C'");
        assert!(error.hint.unwrap().ends_with(r#"such as "A,\"B,C\"""#));
        let never = || panic!("one name, or names in quotes, can be read in one way only");
        assert_eq!(split_all("A", never).unwrap(), ["A"]);
        assert_eq!(split_all(r#""A,B",C"#, never).unwrap(), ["A,B", "C"]);
    }

    #[test]
    fn what_is_no_pair_is_an_error() {
        for text in ["PC-1", "PC-1,", ",PC-1", ",", " , "] {
            assert_eq!(alone(text), Err(two(text)), "{text}");
            assert_eq!(split_at_last(text), Err(two(text)), "{text}");
        }
    }

    #[test]
    fn an_address_stands_behind_the_last_comma() {
        assert_eq!(
            split_at_last("Sales, EMEA, ann@x.example"),
            Ok(pair("Sales, EMEA", "ann@x.example"))
        );
    }
}
