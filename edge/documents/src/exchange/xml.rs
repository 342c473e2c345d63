// SPDX-License-Identifier: EUPL-1.2
//! XML as a small tree: read event by event with bounds on depth and number, written by hand. A document type and
//! entities other than the five of XML itself are refused. Every element remembers whether somebody took it, so that
//! what nobody took can be listed.

use std::cell::Cell;

use contract::cv::exchange::{ImportError, NotMapped, Reason};
use quick_xml::Reader;
use quick_xml::events::Event;

const DEEPEST: usize = 32;
const MOST_ELEMENTS: usize = 50_000;
const MOST_ATTRIBUTES: usize = 20;

/// An element; namespaces are left out, the two formats have no names that would clash.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
    text: String,
    taken: Cell<bool>,
}

impl Node {
    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Every child of this name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The element at the end of a path of names.
    pub(super) fn find(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, name| node.child(name))
    }

    /// The text of this element, not taken by looking at it.
    pub(super) fn peek(&self) -> &str {
        self.text.trim()
    }

    /// The text of this element, which is taken by that.
    pub(super) fn take(&self) -> Option<&str> {
        self.taken.set(true);
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }

    /// The text at the end of a path.
    pub(super) fn text(&self, path: &[&str]) -> Option<&str> {
        self.find(path)?.take()
    }

    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim())
    }

    /// Marks this element and all below it: they say nothing about the person.
    pub(super) fn skip(&self) {
        self.taken.set(true);
        self.children.iter().for_each(Self::skip);
    }

    /// Lists the texts that nobody took.
    pub(super) fn leftovers(&self, path: &str, listed: &mut Vec<NotMapped>) {
        for child in &self.children {
            let path = if path.is_empty() {
                child.name.clone()
            } else {
                format!("{path}/{}", child.name)
            };
            let text = child.text.trim();
            if !text.is_empty() && !child.taken.get() && listed.len() < 500 {
                listed.push(NotMapped::new(path.clone(), text, Reason::NoPlace));
            }
            child.leftovers(&path, listed);
        }
    }
}

/// Reads a whole document.
pub(super) fn read(text: &str) -> Result<Node, ImportError> {
    let mut reader = Reader::from_str(text);
    let broken = |reader: &Reader<&[u8]>| {
        let at = match reader.error_position() {
            0 => reader.buffer_position(),
            at => at,
        };
        ImportError::Xml(usize::try_from(at).unwrap_or(usize::MAX))
    };
    let mut open: Vec<Node> = Vec::new();
    let mut root: Option<Node> = None;
    let mut count = 0_usize;
    loop {
        let event = reader.read_event().map_err(|_| broken(&reader))?;
        match event {
            Event::Start(tag) => {
                count += 1;
                if open.len() >= DEEPEST || count > MOST_ELEMENTS {
                    return Err(ImportError::XmlTooDeep);
                }
                open.push(element(&tag).ok_or_else(|| broken(&reader))?);
            }
            Event::Empty(tag) => {
                count += 1;
                if count > MOST_ELEMENTS {
                    return Err(ImportError::XmlTooDeep);
                }
                let node = element(&tag).ok_or_else(|| broken(&reader))?;
                close(node, &mut open, &mut root);
            }
            Event::End(_) => {
                let node = open.pop().ok_or_else(|| broken(&reader))?;
                close(node, &mut open, &mut root);
            }
            Event::Text(piece) => add(&mut open, &piece.xml10_content()),
            Event::CData(piece) => add(&mut open, &piece.xml10_content()),
            Event::GeneralRef(reference) => {
                let letter = match reference.resolve_char_ref() {
                    Ok(Some(letter)) => letter,
                    Ok(None) => match &*reference.xml10_content() {
                        "lt" => '<',
                        "gt" => '>',
                        "amp" => '&',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return Err(ImportError::XmlEntities),
                    },
                    Err(_) => return Err(broken(&reader)),
                };
                add(&mut open, letter.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(ImportError::XmlEntities),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match root {
        Some(root) if open.is_empty() => Ok(root),
        _ => Err(broken(&reader)),
    }
}

fn element(tag: &quick_xml::events::BytesStart<'_>) -> Option<Node> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes().take(MOST_ATTRIBUTES) {
        let attribute = attribute.ok()?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .ok()?
            .into_owned();
        attributes.push((local(attribute.key.local_name().as_ref())?, value));
    }
    Some(Node {
        name: local(tag.local_name().as_ref())?,
        attributes,
        ..Node::default()
    })
}

fn local(name: impl AsRef<[u8]>) -> Option<String> {
    std::str::from_utf8(name.as_ref()).ok().map(str::to_owned)
}

fn add(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}

fn close(node: Node, open: &mut [Node], root: &mut Option<Node>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(node),
        None => *root = root.take().or(Some(node)),
    }
}

/// A text for the inside of an element. Characters that XML cannot hold are left out.
pub(super) fn escape(text: &str, into: &mut String) {
    for letter in text.chars() {
        match letter {
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '&' => into.push_str("&amp;"),
            '"' => into.push_str("&quot;"),
            '\t' | '\n' => into.push(letter),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if letter.is_control() => {}
            _ => into.push(letter),
        }
    }
}

/// Writes elements one below the other.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) out: String,
    depth: usize,
    /// What stands before an element once for each one around it.
    step: &'static str,
}

impl Writer {
    pub(super) fn new(step: &'static str) -> Self {
        Self {
            out: String::new(),
            depth: 0,
            step,
        }
    }

    /// An element with others inside; left out when nothing was written inside.
    pub(super) fn inside(&mut self, tag: &str, write: impl FnOnce(&mut Self)) {
        let begun = self.out.len();
        self.indent();
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push_str(">\n");
        let empty = self.out.len();
        self.depth += 1;
        write(self);
        self.depth -= 1;
        if self.out.len() == empty {
            self.out.truncate(begun);
            return;
        }
        self.indent();
        self.out.push_str("</");
        self.out.push_str(tag.split(' ').next().unwrap_or_default());
        self.out.push_str(">\n");
    }

    /// An element with a text; left out when there is none.
    pub(super) fn text(&mut self, tag: &str, text: Option<&str>) {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return;
        };
        self.indent();
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push('>');
        escape(text, &mut self.out);
        self.out.push_str("</");
        self.out.push_str(tag.split(' ').next().unwrap_or_default());
        self.out.push_str(">\n");
    }

    /// An element without contents.
    pub(super) fn empty(&mut self, tag: &str) {
        self.indent();
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push_str("/>\n");
    }

    fn indent(&mut self) {
        (0..self.depth).for_each(|_| self.out.push_str(self.step));
    }
}
