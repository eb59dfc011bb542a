//! "Did you mean …?": the nearest of a list of words to a misspelt one.

/// How alike two words must be, from 0 (nothing in common) to 1 (the same): one in three letters may be wrong, missing or
/// swapped.
const ALIKE: f64 = 0.65;

/// A word of so many letters may be the beginning of what is meant; a shorter one begins too much.
const BEGINNING: usize = 4;

/// A longer word, in bytes, is no name that was misspelt; comparing takes time by the product of both lengths.
const LONGEST: usize = 1024;

/// Returns the candidate nearest to `word`, or nothing when none is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (likeness(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(score, _)| *score >= ALIKE)
        // The first of equals.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, candidate)| candidate)
}

fn likeness(word: &str, candidate: &str) -> f64 {
    let alike = strsim::normalized_damerau_levenshtein(word, candidate);
    let is_beginning = candidate.starts_with(word) && word.chars().count() >= BEGINNING;
    if is_beginning { alike.max(ALIKE) } else { alike }
}

/// Returns "did you mean `x`?" for the nearest candidate, or nothing.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|c| format!("did you mean `{c}`?"))
}

/// Returns "did you mean `x`?" for the nearest candidate, else the list of what there is.
pub fn among<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    did_you_mean(word, candidates.iter().copied())
        .unwrap_or_else(|| format!("there is {}", candidates.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_wins() {
        assert_eq!(nearest("grups", ["presence", "groups", "user"]), Some("groups"));
        assert_eq!(nearest("zzz", ["presence", "groups"]), None);
        assert_eq!(
            nearest("list-comp", ["find-computer", "list-computers"]),
            Some("list-computers")
        );
        assert_eq!(nearest("li", ["list-computers"]), None);
        assert_eq!(
            nearest("ACC-LT-00l", ["ACC-LT-020", "ACC-LT-001"]),
            Some("ACC-LT-001")
        );
        assert_eq!(nearest("PRINT-01", ["FRONTDESK-01"]), None);
    }

    #[test]
    fn what_is_too_long_for_a_name_is_compared_with_nothing() {
        for (length, found) in [(LONGEST, true), (LONGEST + 1, false)] {
            let word = "x".repeat(length);
            assert_eq!(nearest(&word, [word.as_str()]).is_some(), found, "{length}");
        }
    }
}
