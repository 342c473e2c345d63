// SPDX-License-Identifier: EUPL-1.2
//! Reads a PDF as a screen reader does: by its tags, in their order, with a second library that
//! has nothing in common with the one that wrote it.

use std::collections::HashMap;
use std::fmt::Write;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// Text by marked-content number, and the text outside the tags.
#[derive(Default)]
struct Page {
    number: usize,
    marked: HashMap<i64, String>,
    /// The tagged text in the order in which it is drawn.
    drawn: String,
    artifacts: Vec<String>,
}

pub(crate) struct Reader {
    pub(crate) document: Document,
    pages: HashMap<ObjectId, Page>,
}

impl Reader {
    pub(crate) fn open(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).expect("a PDF that can be read");
        let pages = document
            .get_pages()
            .into_iter()
            .map(|(number, id)| (id, page(&document, number as usize, id)))
            .collect();
        Self { document, pages }
    }

    pub(crate) fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// The number of the first page whose tagged text has these words.
    pub(crate) fn page_of(&self, words: &str) -> Option<usize> {
        let with = |page: &&Page| page.marked.values().any(|text| text.contains(words));
        self.pages
            .values()
            .filter(with)
            .map(|page| page.number)
            .min()
    }

    /// The text without its tags, as it is drawn.
    pub(crate) fn plain(&self) -> String {
        let mut pages: Vec<_> = self.pages.values().collect();
        pages.sort_by_key(|page| page.number);
        pages.iter().map(|page| &*page.drawn).collect()
    }

    /// The tag tree, one tag a line with its text, and the artifacts of each page after it.
    pub(crate) fn dump(&self) -> String {
        let mut out = String::new();
        let catalog = self.document.catalog().expect("a catalog");
        let root = self.dict(catalog.get(b"StructTreeRoot").expect("a tag tree"));
        self.children(root, None, 0, &mut out);
        let mut pages: Vec<_> = self.pages.values().collect();
        pages.sort_by_key(|page| page.number);
        for page in pages {
            let _ = writeln!(
                out,
                "-- page {}: {}",
                page.number,
                page.artifacts.join(" | ")
            );
        }
        out.replace('\u{a0}', " ")
    }

    fn dict<'a>(&'a self, object: &'a Object) -> &'a Dictionary {
        let (_, object) = self.document.dereference(object).expect("an object");
        object.as_dict().expect("a dictionary")
    }

    fn children(
        &self,
        element: &Dictionary,
        page: Option<ObjectId>,
        depth: usize,
        out: &mut String,
    ) {
        let own = element
            .get(b"Pg")
            .and_then(Object::as_reference)
            .ok()
            .or(page);
        let Ok(kids) = element.get(b"K") else { return };
        let (_, kids) = self.document.dereference(kids).expect("kids");
        let one = std::slice::from_ref(kids);
        for kid in kids.as_array().map_or(one, Vec::as_slice) {
            let (_, kid) = self.document.dereference(kid).expect("a kid");
            match kid {
                Object::Integer(mcid) => self.text(own, *mcid, out),
                Object::Dictionary(kid) => match kid.get(b"MCID").and_then(Object::as_i64) {
                    Ok(mcid) => {
                        let page = kid.get(b"Pg").and_then(Object::as_reference).ok();
                        self.text(page.or(own), mcid, out);
                    }
                    Err(_) if kid.has_type(b"OBJR") => self.target(kid, out),
                    Err(_) => self.element(kid, own, depth, out),
                },
                other => panic!("unexpected kid {other:?}"),
            }
        }
    }

    /// Where a link leads.
    fn target(&self, reference: &Dictionary, out: &mut String) {
        let annotation = self.dict(reference.get(b"Obj").expect("an annotation"));
        let action = self.dict(annotation.get(b"A").expect("an action"));
        let uri = action.get(b"URI").and_then(Object::as_str).expect("a URI");
        let _ = write!(out, "<{}> ", String::from_utf8_lossy(uri));
    }

    fn element(
        &self,
        element: &Dictionary,
        page: Option<ObjectId>,
        depth: usize,
        out: &mut String,
    ) {
        let kind = element.get(b"S").and_then(Object::as_name).expect("a kind");
        if !out.is_empty() && !out.ends_with('\n') {
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
        let _ = write!(
            out,
            "{}{}",
            "  ".repeat(depth),
            String::from_utf8_lossy(kind)
        );
        for key in [&b"Lang"[..], b"Alt"] {
            if let Ok(value) = element.get(key).and_then(Object::as_str)
                && kind != b"Document"
            {
                let _ = write!(out, "[{}]", String::from_utf8_lossy(value));
            }
        }
        if let Ok(attributes) = element.get(b"A") {
            let (_, attributes) = self.document.dereference(attributes).expect("attributes");
            let one = std::slice::from_ref(attributes);
            for attribute in attributes.as_array().map_or(one, Vec::as_slice) {
                let attribute = self.dict(attribute);
                for key in [&b"Scope"[..], b"ListNumbering"] {
                    if let Ok(value) = attribute.get(key).and_then(Object::as_name) {
                        let _ = write!(out, "[{}]", String::from_utf8_lossy(value));
                    }
                }
            }
        }
        out.push(' ');
        self.children(element, page, depth + 1, out);
        out.truncate(out.trim_end().len());
        out.push('\n');
    }

    fn text(&self, page: Option<ObjectId>, mcid: i64, out: &mut String) {
        let page = &self.pages[&page.expect("a page")];
        out.push_str(&page.marked[&mcid]);
        if !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

fn page(document: &Document, number: usize, id: ObjectId) -> Page {
    let mut page = Page {
        number,
        ..Page::default()
    };
    let fonts = document.get_page_fonts(id).expect("fonts");
    let encodings: HashMap<_, _> = fonts
        .iter()
        .map(|(name, font)| {
            (
                name.clone(),
                font.get_font_encoding(document).expect("encoding"),
            )
        })
        .collect();
    let bytes = document.get_page_content(id);
    let content = Content::decode(&bytes).expect("operations");
    let (mut font, mut mcid, mut artifact) = (Vec::new(), None, String::new());
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BDC" | "BMC" => {
                let properties = operation.operands.get(1).and_then(|o| o.as_dict().ok());
                mcid = properties.and_then(|p| p.get(b"MCID").and_then(Object::as_i64).ok());
            }
            "EMC" => {
                if mcid.is_some() && !page.drawn.ends_with(char::is_whitespace) {
                    page.drawn.push('\n');
                }
                if !artifact.trim().is_empty() {
                    page.artifacts.push(artifact.trim().to_owned());
                }
                artifact.clear();
                mcid = None;
            }
            "ET" => artifact.push(' '),
            "Tf" => font = operation.operands[0].as_name().expect("a font").to_vec(),
            "Tj" | "TJ" => {
                let mut strings = Vec::new();
                match &operation.operands[0] {
                    Object::Array(parts) => {
                        strings.extend(parts.iter().filter(|p| p.as_str().is_ok()))
                    }
                    other => strings.push(other),
                }
                for string in strings {
                    let bytes = string.as_str().expect("a string");
                    let text = Document::decode_text(&encodings[&font], bytes).expect("text");
                    match mcid {
                        Some(mcid) => {
                            page.marked.entry(mcid).or_default().push_str(&text);
                            page.drawn.push_str(&text);
                        }
                        None => artifact.push_str(&text),
                    }
                }
            }
            _ => {}
        }
    }
    page
}
