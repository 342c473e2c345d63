// SPDX-License-Identifier: EUPL-1.2
//! Plain text, for forms that take nothing else, and Markdown.

use contract::cv::Cv;
use contract::cv::lettera::Lettera;

use super::walk::{self, Run, Sink, Style};

/// The CV as plain text, with headings in capitals.
#[must_use]
pub fn cv_text(cv: &Cv) -> String {
    let mut text = Text::default();
    walk::cv(&cv.outline(), &mut text);
    text.out
}

/// The letter as plain text, ready for the body of an e-mail.
#[must_use]
pub fn lettera_text(letter: &Lettera) -> String {
    let mut text = Text::default();
    walk::lettera(letter, &mut text);
    text.out
}

/// The CV as Markdown (CommonMark).
#[must_use]
pub fn cv_markdown(cv: &Cv) -> String {
    let mut text = Markdown::default();
    walk::cv(&cv.outline(), &mut text);
    text.out
}

/// The letter as Markdown (CommonMark).
#[must_use]
pub fn lettera_markdown(letter: &Lettera) -> String {
    let mut text = Markdown::default();
    walk::lettera(letter, &mut text);
    text.out
}

#[derive(Default)]
struct Text {
    out: String,
    before: Option<Style>,
}

impl Sink for Text {
    fn line(&mut self, style: Style, runs: &[Run<'_>]) {
        let list = style == Style::Point && self.before == Some(Style::Point);
        if self.before.is_some() && !list && !matches!(style, Style::Close | Style::Subtitle) {
            self.out.push('\n');
        }
        if style == Style::Point {
            self.out.push_str("- ");
        }
        for run in runs {
            if style == Style::Heading {
                self.out.push_str(&run.text.to_uppercase());
            } else {
                self.out.push_str(run.text);
            }
        }
        self.out.push('\n');
        self.before = Some(style);
    }
}

#[derive(Default)]
struct Markdown {
    out: String,
    before: Option<Style>,
}

impl Sink for Markdown {
    fn line(&mut self, style: Style, runs: &[Run<'_>]) {
        let list = style == Style::Point && self.before == Some(Style::Point);
        let close = style == Style::Close && self.before == Some(Style::Close);
        if close {
            // Two spaces at the end of a line break it.
            self.out.truncate(self.out.trim_end().len());
            self.out.push_str("  \n");
        } else if self.before.is_some() && !list {
            self.out.push('\n');
        }
        self.out.push_str(match style {
            Style::Title => "# ",
            Style::Heading => "## ",
            Style::Entry => "### ",
            Style::Point => "- ",
            Style::Subtitle | Style::Text | Style::Close | Style::Small => "",
        });
        let emphasis = match style {
            Style::Subtitle => "**",
            Style::Small => "*",
            _ => "",
        };
        self.out.push_str(emphasis);
        for (n, run) in runs.iter().enumerate() {
            match run.link {
                Some(target) => {
                    self.out.push('[');
                    escape(run.text, false, &mut self.out);
                    self.out.push_str("](<");
                    self.out.push_str(&target.replace(['<', '>', '\n'], ""));
                    self.out.push_str(">)");
                }
                None => escape(run.text, n == 0, &mut self.out),
            }
        }
        self.out.push_str(emphasis);
        self.out.push('\n');
        self.before = Some(style);
    }
}

/// Puts a backslash before what would mean something.
fn escape(text: &str, begins: bool, out: &mut String) {
    let number = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let numbered = number.len() < text.len() && number.starts_with(['.', ')']);
    let digits = text.len() - number.len();
    for (at, letter) in text.char_indices() {
        let always = matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~'
        );
        let first = begins && at == 0 && matches!(letter, '#' | '+' | '-' | '=');
        let dot = begins && numbered && at == digits;
        if always || first || dot {
            out.push('\\');
        }
        out.push(letter);
    }
}
