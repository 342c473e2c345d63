// SPDX-License-Identifier: EUPL-1.2
//! The little HTML that Europass keeps in its descriptions: paragraphs, lists, a line in bold at the top. In: texts and
//! points; styles are left out. Out: the same as HTML.

use super::xml::escape;

/// What a description says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rich {
    /// The first line, when all of it is bold.
    pub(super) lead: Option<String>,
    /// Paragraphs, one a line.
    pub(super) text: String,
    /// Points of lists.
    pub(super) points: Vec<String>,
}

/// Reads HTML, or plain text.
pub(super) fn read(html: &str) -> Rich {
    let mut state = State::default();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        state.add(before);
        let Some(close) = tag.find('>') else {
            state.add(tag);
            rest = "";
            break;
        };
        state.tag(&tag[1..close]);
        rest = &tag[close + 1..];
    }
    state.add(rest);
    state.end_line();
    state.rich
}

#[derive(Default)]
struct State {
    rich: Rich,
    line: String,
    point: bool,
    bold: bool,
    /// Some of the line is not bold.
    light: bool,
}

impl State {
    fn add(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            self.push(&rest[..at]);
            // No entity is longer; looking further would take for ever in a text of ampersands.
            let entity = rest.as_bytes()[at..]
                .iter()
                .take(10)
                .position(|byte| *byte == b';');
            let letter = entity.and_then(|end| letter(&rest[at + 1..at + end]));
            match (entity, letter) {
                (Some(end), Some(letter)) => {
                    self.push(letter.encode_utf8(&mut [0; 4]));
                    rest = &rest[at + end + 1..];
                }
                _ => {
                    self.push("&");
                    rest = &rest[at + 1..];
                }
            }
        }
        self.push(rest);
    }

    fn push(&mut self, text: &str) {
        self.light |= !self.bold && !text.trim().is_empty();
        for (n, line) in text.split('\n').enumerate() {
            if n > 0 {
                self.end_line();
            }
            self.line.push_str(line);
        }
    }

    fn tag(&mut self, tag: &str) {
        let closing = tag.starts_with('/');
        let name = tag.trim_start_matches('/');
        let name = name
            .split([' ', '/', '\t', '\n'])
            .next()
            .unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "p" | "div" | "br" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "tr" => self.end_line(),
            "li" => {
                self.end_line();
                self.point = !closing;
            }
            "strong" | "b" => self.bold = !closing,
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let bold = !std::mem::take(&mut self.light);
        if line.is_empty() {
            return;
        }
        let first = self.rich == Rich::default();
        if self.point {
            self.rich.points.push(line);
        } else if first && bold {
            self.rich.lead = Some(line);
        } else {
            if !self.rich.text.is_empty() {
                self.rich.text.push('\n');
            }
            self.rich.text.push_str(&line);
        }
    }
}

fn letter(entity: &str) -> Option<char> {
    Some(match entity {
        "nbsp" => '\u{a0}',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "euro" => '€',
        "egrave" => 'è',
        "agrave" => 'à',
        "ograve" => 'ò',
        "ugrave" => 'ù',
        "igrave" => 'ì',
        "eacute" => 'é',
        other => {
            let number = other.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// Writes HTML; empty when there is nothing to say.
pub(super) fn write(lead: Option<&str>, text: &str, points: &[&str]) -> String {
    let mut html = String::new();
    if let Some(lead) = lead {
        html.push_str("<p><strong>");
        escape(lead, &mut html);
        html.push_str("</strong></p>");
    }
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        html.push_str("<p>");
        escape(line, &mut html);
        html.push_str("</p>");
    }
    if !points.is_empty() {
        html.push_str("<ul>");
        for point in points {
            html.push_str("<li>");
            escape(point, &mut html);
            html.push_str("</li>");
        }
        html.push_str("</ul>");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lists_and_a_bold_line_are_told_apart() {
        let html = "<p><strong>Ditta &amp; figli</strong></p><p>Uno <em>due</em></p><p><br></p><ul><li><span>a</span></li><li>b &lt; c</li></ul>fine";
        let rich = read(html);
        assert_eq!(rich.lead.as_deref(), Some("Ditta & figli"));
        assert_eq!(rich.text, "Uno due\nfine");
        assert_eq!(rich.points, ["a", "b < c"]);
        assert_eq!(read("<p>Uno <strong>due</strong></p>").lead, None);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let html = write(Some("Ente"), "Uno\nDue & tre", &["a", "b"]);
        let rich = read(&html);
        assert_eq!(
            (rich.lead.as_deref(), &*rich.text, rich.points.join("|")),
            (Some("Ente"), "Uno\nDue & tre", "a|b".into())
        );
    }

    #[test]
    fn broken_html_ends_as_text() {
        for html in [
            "<",
            "<p",
            "&",
            "&#xffffffff;",
            "&#0;a",
            "</li>x",
            "a < b & c",
        ] {
            let _ = read(html);
        }
        assert_eq!(read("a & b").text, "a & b");
    }
}
