// SPDX-License-Identifier: EUPL-1.2
//! CV and letter as PDFs for whoever asks: JSON in, PDF out, nothing stored, nobody asked who they are. The browser makes
//! the same bytes from the same code; this is for devices that cannot, and for other programs. What a signed-in person
//! keeps stands in [`shelf`].

use contract::cv::Cv;
use contract::cv::lettera::Lettera;
use contract::problem::FieldProblem;
use documents::cv::{PrintError, cv_pdf};
use documents::lettera::lettera_pdf;
use serde_json::Value;

use crate::error::Error;
use crate::http::{Reply, Request};

mod condition;
mod rows;
pub(crate) mod shelf;

/// `POST /api/cv/pdf`.
pub(crate) fn pdf(request: &Request) -> Result<Reply, Error> {
    let cv = Cv::from_value(request.json::<Value>()?).map_err(at_the_root)?;
    reply(cv_pdf(&cv), "curriculum.pdf")
}

/// `POST /api/lettere/pdf`.
pub(crate) fn letter_pdf(request: &Request) -> Result<Reply, Error> {
    let letter = Lettera::from_value(request.json::<Value>()?).map_err(at_the_root)?;
    reply(lettera_pdf(&letter), "lettera.pdf")
}

fn at_the_root(refusal: FieldProblem) -> Error {
    Error::Refused(vec![refusal])
}

fn reply(paper: Result<Vec<u8>, PrintError>, name: &str) -> Result<Reply, Error> {
    let bytes = paper.map_err(|error| match error {
        PrintError::Refused(problems) => Error::Refused(problems),
        PrintError::Document(error) => {
            // What the writer says never has the text of the document in it.
            eprintln!("documents: {error}");
            Error::Unavailable
        }
    })?;
    Ok(Reply::body(200, "application/pdf", bytes).header(
        "content-disposition",
        &format!("inline; filename=\"{name}\""),
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn asked(kind: &str, body: &[u8]) -> Request {
        Request {
            body: body.into(),
            ..Request::made("POST", "/api/cv/pdf", &[("content-type", kind)])
        }
    }

    #[track_caller]
    fn refusals(print: fn(&Request) -> Result<Reply, Error>, body: &Value) -> Vec<String> {
        let request = asked("application/json", body.to_string().as_bytes());
        match print(&request) {
            Err(Error::Refused(problems)) => problems
                .iter()
                .map(|refusal| format!("{} {}", refusal.field, refusal.problem.code()))
                .collect(),
            Err(other) => panic!("{other:?}"),
            Ok(_) => panic!("not refused"),
        }
    }

    #[test]
    fn a_cv_becomes_a_pdf_and_twice_the_same() {
        let body = json!({ "basics": { "name": "Ada Fo" } }).to_string();
        let print = || pdf(&asked("application/json; charset=utf-8", body.as_bytes()));
        let (one, other) = (print().expect("a PDF"), print().expect("a PDF"));
        assert!(one.body.starts_with(b"%PDF-1.7"));
        assert_eq!(one.body, other.body);
    }

    #[test]
    fn every_field_to_mend_is_named() {
        let none: [&str; 1] = ["basics.name missing"];
        assert_eq!(refusals(pdf, &json!({})), none);
        assert_eq!(refusals(pdf, &json!([])), [" wrong_type"]);
        assert_eq!(
            refusals(
                pdf,
                &json!({ "basics": { "name": "محمد" }, "work": [{ "position": "Ok 👍" }] })
            ),
            ["basics.name glyphs", "work[0].position glyphs"]
        );
        assert_eq!(
            refusals(letter_pdf, &json!({ "paragraphs": [] })),
            ["sender.name missing", "paragraphs missing"]
        );
    }

    #[test]
    fn a_photo_that_is_no_picture_is_refused_at_its_field() {
        for photo in [
            "data:image/jpeg;base64,/9j/AAAA",
            "data:image/png;base64,iVBORw0KGgoAAAA=",
        ] {
            let body = json!({ "basics": { "name": "Ada", "x_photo": photo } });
            assert_eq!(refusals(pdf, &body), ["basics.x_photo image"]);
        }
    }

    #[test]
    fn what_is_no_json_or_no_json_by_name_is_refused() {
        let broken = pdf(&asked("application/json", b"{\"basics\":"));
        assert!(matches!(broken, Err(Error::BadRequest(_))));
        let kind = pdf(&asked("text/plain", b"{}"));
        assert!(matches!(kind, Err(Error::MediaType)));
    }
}
