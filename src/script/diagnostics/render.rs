//! An error as a person reads it: the line, a caret under the word, the way there, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::script::diagnostics::{ScriptError, Step};
use crate::text::{visible, visible_lines};

/// Narrower terminals get this width: the renderer needs room for a margin.
const NARROWEST: usize = 40;

/// Longer lines are shown from near the caret on.
const LONGEST: usize = 2_000;

/// How an error is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// With terminal colours.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            color: false,
            width: 100,
        }
    }
}

pub(super) fn render(error: &ScriptError, look: &Look) -> String {
    let kind = error
        .kind
        .as_deref()
        .filter(|k| *k != crate::script::raise::SCRIPT)
        .map(visible);
    let mut title = Level::ERROR.primary_title(visible(&error.message));
    if let Some(kind) = kind {
        title = title.id(kind);
    }
    let mut first = Group::with_title(title);
    let mut steps = error.steps.iter();
    if let Some(step) = steps.next() {
        first = show(first, step, AnnotationKind::Primary);
    }
    for note in &error.notes {
        first = first.element(Level::NOTE.message(visible(note)));
    }
    if let Some(hint) = &error.hint {
        first = first.element(Level::HELP.message(visible(hint)));
    }
    let mut groups = vec![first];
    for step in steps {
        let group = Group::with_title(Level::NOTE.secondary_title(visible(&step.what)));
        groups.push(show(group, step, AnnotationKind::Context));
    }
    let renderer = if look.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.term_width(look.width.max(NARROWEST)).render(&groups)
}

fn show<'a>(group: Group<'a>, step: &'a Step, kind: AnnotationKind) -> Group<'a> {
    let path = visible(&step.file);
    let Some(excerpt) = &step.excerpt else {
        // A path alone would be an arrow to nowhere, out of line with the rest.
        return group.element(Level::NOTE.message(format!("in {path}")));
    };
    let (mut text, mut span) = (excerpt.text.as_str(), excerpt.span.clone());
    if text.len() > LONGEST {
        let from = floor(text, span.start.saturating_sub(LONGEST / 4));
        let to = floor(text, (from + LONGEST).min(text.len()));
        text = &text[from..to];
        span = (span.start - from)..(span.end - from).min(text.len());
    }
    // What cannot be seen is longer when written out, so that the span is taken from what is shown. A line of source
    // keeps its tabs, and has no line end.
    let shown = visible_lines(text);
    let start = visible_lines(&text[..span.start]).len();
    let end = start + visible_lines(&text[span]).len();
    group.element(
        Snippet::source(shown)
            .line_start(excerpt.line)
            .path(path)
            .annotation(kind.span(start..end)),
    )
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
