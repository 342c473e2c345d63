// SPDX-License-Identifier: EUPL-1.2
//! DOCX (ECMA-376, WordprocessingML): real headings and lists by the names that word processors know, so that the
//! navigation pane, screen readers and programs that sort applications find their way. One column, no text boxes, no
//! tables.

use std::io::{Cursor, Write};

use contract::cv::Cv;
use contract::cv::lettera::Lettera;
use contract::cv::words::Language;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::walk::{self, Run, Sink, Style};
use super::xml::escape;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const MEDIA: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The CV as a DOCX. The same CV gives the same bytes. The photo is left out.
#[must_use]
pub fn cv_docx(cv: &Cv) -> Vec<u8> {
    let outline = cv.outline();
    let mut body = Document::new(outline.language);
    walk::cv(&outline, &mut body);
    body.file(&outline.title, &outline.name.text)
}

/// The letter as a DOCX.
#[must_use]
pub fn lettera_docx(letter: &Lettera) -> Vec<u8> {
    let language = letter.language();
    let mut body = Document::new(language);
    walk::lettera(letter, &mut body);
    let root = letter.root();
    let author = root.record("sender").text("name").unwrap_or_default();
    let title = root.said("subject", language).map_or("", |said| said.text);
    body.file(title, author)
}

struct Document {
    language: Language,
    body: String,
    links: Vec<String>,
}

impl Document {
    const fn new(language: Language) -> Self {
        Self {
            language,
            body: String::new(),
            links: Vec::new(),
        }
    }

    fn run(&mut self, run: &Run<'_>) {
        if let Some(target) = run.link {
            self.links.push(target.to_owned());
            let id = self.links.len();
            self.body
                .push_str(&format!("<w:hyperlink r:id=\"link{id}\">"));
        }
        self.body.push_str("<w:r>");
        let foreign = run.language != self.language;
        if foreign || run.link.is_some() {
            self.body.push_str("<w:rPr>");
            if run.link.is_some() {
                self.body.push_str("<w:rStyle w:val=\"Hyperlink\"/>");
            }
            if foreign {
                self.body
                    .push_str(&format!("<w:lang w:val=\"{}\"/>", tag(run.language)));
            }
            self.body.push_str("</w:rPr>");
        }
        self.body.push_str("<w:t xml:space=\"preserve\">");
        escape(run.text, &mut self.body);
        self.body.push_str("</w:t></w:r>");
        if run.link.is_some() {
            self.body.push_str("</w:hyperlink>");
        }
    }

    fn file(self, title: &str, author: &str) -> Vec<u8> {
        let main = format!(
            "{HEAD}<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:body>{}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
            self.body
        );
        let parts = [
            ("[Content_Types].xml", content_types()),
            ("_rels/.rels", package_links()),
            (
                "docProps/core.xml",
                properties(title, author, self.language),
            ),
            ("word/document.xml", main),
            ("word/styles.xml", styles(self.language)),
            ("word/numbering.xml", numbering()),
            ("word/settings.xml", settings(self.language)),
            ("word/_rels/document.xml.rels", document_links(&self.links)),
        ];
        pack(&parts).unwrap_or_default()
    }
}

impl Sink for Document {
    fn line(&mut self, style: Style, runs: &[Run<'_>]) {
        let name = match style {
            Style::Title => "Title",
            Style::Subtitle => "Subtitle",
            Style::Heading => "Heading1",
            Style::Entry => "Heading2",
            Style::Text => "Normal",
            Style::Close => "NoSpacing",
            Style::Point => "ListBullet",
            Style::Small => "Small",
        };
        self.body
            .push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{name}\"/></w:pPr>"));
        for run in runs {
            self.run(run);
        }
        self.body.push_str("</w:p>");
    }
}

/// Writing to memory cannot fail for want of room here; anything else would be a defect of the packer.
fn pack(parts: &[(&str, String)]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // No clock: the first day that a ZIP can name.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        zip.start_file(*name, options).ok()?;
        zip.write_all(text.as_bytes()).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

const fn tag(language: Language) -> &'static str {
    match language {
        Language::Italian => "it-IT",
        Language::English => "en-GB",
    }
}

fn content_types() -> String {
    format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{MEDIA}.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"{MEDIA}.styles+xml\"/><Override PartName=\"/word/numbering.xml\" ContentType=\"{MEDIA}.numbering+xml\"/><Override PartName=\"/word/settings.xml\" ContentType=\"{MEDIA}.settings+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
    )
}

fn package_links() -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"document\" Type=\"{R}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"core\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn document_links(links: &[String]) -> String {
    let mut out = format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"styles\" Type=\"{R}/styles\" Target=\"styles.xml\"/><Relationship Id=\"numbering\" Type=\"{R}/numbering\" Target=\"numbering.xml\"/><Relationship Id=\"settings\" Type=\"{R}/settings\" Target=\"settings.xml\"/>"
    );
    for (n, target) in links.iter().enumerate() {
        out.push_str(&format!(
            "<Relationship Id=\"link{}\" Type=\"{R}/hyperlink\" TargetMode=\"External\" Target=\"",
            n + 1
        ));
        escape(target, &mut out);
        out.push_str("\"/>");
    }
    out.push_str("</Relationships>");
    out
}

fn properties(title: &str, author: &str, language: Language) -> String {
    let mut out = format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>"
    );
    escape(title, &mut out);
    out.push_str("</dc:title><dc:creator>");
    escape(author, &mut out);
    out.push_str(&format!(
        "</dc:creator><dc:language>{}</dc:language></cp:coreProperties>",
        tag(language)
    ));
    out
}

fn settings(language: Language) -> String {
    format!(
        "{HEAD}<w:settings xmlns:w=\"{W}\"><w:zoom w:percent=\"100\"/><w:themeFontLang w:val=\"{}\"/></w:settings>",
        tag(language)
    )
}

fn numbering() -> String {
    format!(
        "{HEAD}<w:numbering xmlns:w=\"{W}\"><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"360\" w:hanging=\"360\"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    )
}

fn styles(language: Language) -> String {
    let paragraph = |id: &str, name: &str, paragraph: &str, run: &str| {
        let default = if id == "Normal" {
            " w:default=\"1\""
        } else {
            ""
        };
        let based = if id == "Normal" {
            ""
        } else {
            "<w:basedOn w:val=\"Normal\"/>"
        };
        format!(
            "<w:style w:type=\"paragraph\"{default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{based}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )
    };
    let spacing =
        |before: u16, after: u16| format!("<w:spacing w:before=\"{before}\" w:after=\"{after}\"/>");
    let heading = |level: u8, before: u16, after: u16| {
        format!(
            "<w:keepNext/><w:keepLines/>{}<w:outlineLvl w:val=\"{level}\"/>",
            spacing(before, after)
        )
    };
    let blue = "<w:color w:val=\"0B3D6B\"/>";
    let list = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:before=\"0\" w:after=\"40\"/>";
    [
        format!("{HEAD}<w:styles xmlns:w=\"{W}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/><w:lang w:val=\"{}\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>", tag(language)),
        paragraph("Normal", "Normal", &spacing(60, 60), ""),
        paragraph("NoSpacing", "No Spacing", &spacing(0, 0), ""),
        paragraph("Title", "Title", &spacing(0, 60), &format!("<w:b/>{blue}<w:sz w:val=\"44\"/>")),
        paragraph("Subtitle", "Subtitle", &spacing(0, 120), "<w:sz w:val=\"26\"/>"),
        paragraph("Heading1", "heading 1", &heading(0, 320, 100), &format!("<w:b/>{blue}<w:sz w:val=\"28\"/>")),
        paragraph("Heading2", "heading 2", &heading(1, 160, 20), "<w:b/><w:sz w:val=\"24\"/>"),
        paragraph("ListBullet", "List Bullet", list, ""),
        paragraph("Small", "Small Print", &spacing(240, 0), "<w:sz w:val=\"18\"/>"),
        "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0B3D6B\"/><w:u w:val=\"single\"/></w:rPr></w:style></w:styles>".into(),
    ]
    .concat()
}
