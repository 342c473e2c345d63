// SPDX-License-Identifier: EUPL-1.2
//! Sending a file: the one request whose way is long enough to be watched, which `fetch` cannot do.

use contract::endpoint::FileView;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{File, ProgressEvent, XmlHttpRequest};

use super::{CallError, problem};
use crate::{browser::encode, texts};

/// Sends a file. `progress` is told the percentage that is on the other side, `done` how it ended. Whoever holds what
/// comes back can break off; `done` is then told that there was no answer.
pub(crate) fn upload(
    file: &File,
    key: &str,
    progress: impl Fn(u32) + 'static,
    done: impl FnOnce(Result<FileView, CallError>) + 'static,
) -> Option<XmlHttpRequest> {
    let request = begin(file, key).ok()?;
    let watch = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            progress((event.loaded() / event.total() * 100.0) as u32);
        }
    });
    if let Ok(way) = request.upload() {
        way.set_onprogress(Some(watch.into_js_value().unchecked_ref()));
    }
    let answered = request.clone();
    let ended = Closure::once_into_js(move || done(read(&answered)));
    request.set_onloadend(Some(ended.unchecked_ref()));
    request.send_with_opt_blob(Some(file)).ok()?;
    Some(request)
}

fn begin(file: &File, key: &str) -> Result<XmlHttpRequest, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", "/api/file")?;
    for (name, value) in [
        ("Accept", "application/json, application/problem+json"),
        ("Accept-Language", texts::language()),
        ("Content-Type", &file.type_()),
        (
            "Content-Disposition",
            &["attachment; filename*=UTF-8''", &encode(&file.name())].concat(),
        ),
        ("Idempotency-Key", key),
    ] {
        request.set_request_header(name, value)?;
    }
    Ok(request)
}

fn read(request: &XmlHttpRequest) -> Result<FileView, CallError> {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status().unwrap_or(0) {
        0 => Err(CallError::Offline),
        201 => serde_json::from_str(&text).map_err(|_| CallError::Unreadable),
        status => Err(problem(status, &text)),
    }
}
