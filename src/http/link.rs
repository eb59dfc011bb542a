//! Reads `Link` headers: the part of RFC 8288 that paging needs.
//!
//! A header that cannot be read is an error and not "no link": a list that silently ends early would look complete.

/// One link of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// The reference between `<` and `>`, verbatim.
    pub(super) target: String,
    /// The words of `rel`, as written.
    pub(super) rels: Vec<String>,
    /// Whether it speaks of another page than the one it came with.
    pub(super) anchored: bool,
}

impl Link {
    /// Tells whether the link is of this relation, in any case.
    pub(super) fn is(&self, rel: &str) -> bool {
        !self.anchored && self.rels.iter().any(|r| r.eq_ignore_ascii_case(rel))
    }
}

/// Reads the value of one `Link` header, or returns nothing if it is malformed.
pub(super) fn parse(header: &str) -> Option<Vec<Link>> {
    let mut rest = header;
    let mut links = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return Some(links);
        }
        let (target, after) = rest.strip_prefix('<')?.split_once('>')?;
        let mut link = Link {
            target: target.trim().to_owned(),
            rels: Vec::new(),
            anchored: false,
        };
        rest = parameters(after, &mut link)?;
        links.push(link);
    }
}

/// Reads the parameters of a link and returns what follows them.
fn parameters<'a>(text: &'a str, link: &mut Link) -> Option<&'a str> {
    let mut rest = text.trim_start();
    let mut rel_seen = false;
    loop {
        if rest.is_empty() || rest.starts_with(',') {
            return Some(rest);
        }
        rest = rest.strip_prefix(';')?.trim_start();
        let end = rest.find(['=', ';', ',']).unwrap_or(rest.len());
        let name = rest[..end].trim();
        let mut value = String::new();
        rest = &rest[end..];
        if let Some(after) = rest.strip_prefix('=') {
            (value, rest) = parameter_value(after.trim_start())?;
        }
        if name.eq_ignore_ascii_case("rel") && !rel_seen {
            // RFC 8288, 3.3: all but the first are ignored.
            rel_seen = true;
            link.rels = value.split_ascii_whitespace().map(str::to_owned).collect();
        } else if name.eq_ignore_ascii_case("anchor") {
            link.anchored = true;
        }
    }
}

/// Reads a quoted or bare value and returns it with what follows.
fn parameter_value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        return Some((text[..end].trim().to_owned(), &text[end..]));
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, quoted[at + 1..].trim_start())),
            '\\' => value.push(chars.next()?.1),
            c => value.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn next(header: &str) -> Vec<String> {
        parse(header)
            .unwrap()
            .into_iter()
            .filter(|l| l.is("next"))
            .map(|l| l.target)
            .collect()
    }

    #[test]
    fn rel_may_be_quoted_or_bare_and_in_any_case() {
        for header in [
            r#"</a?b=c>; rel="next""#,
            "</a?b=c>;rel=next",
            "</a?b=c> ; REL = NEXT",
            r#"</a?b=c>; rel="last Next""#,
            r#"</a?b=c>; title="x; rel=prev, y"; rel=next; foo"#,
            "</a?b=c>; rel=next; rel=prev",
            r#"</a?b=c>; title="a \" b"; rel="next","#,
        ] {
            assert_eq!(next(header), ["/a?b=c"], "{header}");
        }
    }

    #[test]
    fn several_links_share_a_header() {
        assert_eq!(
            next(r#"</first>; rel=first, </a,b;c>; rel="next", </last>; rel="last""#),
            ["/a,b;c"]
        );
    }

    #[test]
    fn other_relations_are_not_next() {
        for header in [
            "",
            "</a>",
            "</a>; rel=nextish",
            "</a>; rev=next",
            r#"</a>; rel="next"; anchor="/b""#,
            "</a>; rel=prev; rel=next",
        ] {
            assert!(next(header).is_empty(), "{header}");
        }
    }

    #[test]
    fn a_malformed_header_is_not_taken_for_the_last_page() {
        for header in [
            "/a; rel=next",
            "</a; rel=next",
            r#"</a>; rel="next"#,
            "</a> rel=next",
            r#"</a>; rel="n"x"#,
        ] {
            assert_eq!(parse(header), None, "{header}");
        }
    }

    fn quote(text: &str) -> String {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }

    proptest! {
        #[test]
        fn no_header_makes_the_parser_panic(header in "\\PC*") {
            let _ = parse(&header);
        }

        #[test]
        fn no_header_of_its_own_characters_makes_the_parser_panic(header in "[<>;,=\"\\\\ reln/é]{0,40}") {
            let _ = parse(&header);
        }

        #[test]
        fn what_is_written_is_read_back(
            links in prop::collection::vec(("[!-;=?-~]{1,20}", "[a-z]{1,5}( [a-z]{1,5})?", "[ -~]{0,12}"), 0..4)
        ) {
            let header: Vec<String> = links
                .iter()
                .map(|(target, rel, title)| format!("<{target}>; title={}; rel={}", quote(title), quote(rel)))
                .collect();
            let read = parse(&header.join(", ")).unwrap();
            prop_assert_eq!(read.len(), links.len());
            for (link, (target, rel, _)) in read.iter().zip(&links) {
                prop_assert_eq!(&link.target, target);
                prop_assert_eq!(link.rels.join(" "), rel.as_str());
            }
        }
    }
}
