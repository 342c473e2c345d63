// SPDX-License-Identifier: EUPL-1.2
//! The press: a worker that makes the PDF and draws its pages, so that whoever types never waits. Loaded when it is
//! first needed.

use std::{cell::RefCell, collections::HashMap};

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::browser;

struct Press {
    worker: Worker,
    waiting: HashMap<u32, Function>,
    last: u32,
    // Live as long as the worker does.
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _broken: Closure<dyn FnMut()>,
}

thread_local! {
    static PRESS: RefCell<Option<Press>> = const { RefCell::new(None) };
}

/// An answer of the worker.
pub(super) struct Answer(JsValue);

impl Answer {
    /// A part of it.
    pub(super) fn get(&self, key: &str) -> Option<JsValue> {
        Reflect::get(&self.0, &JsValue::from_str(key))
            .ok()
            .filter(|value| !value.is_undefined() && !value.is_null())
    }

    /// A part of it that is JSON.
    pub(super) fn json(&self, key: &str) -> Option<serde_json::Value> {
        serde_json::from_str(&self.get(key)?.as_string()?).ok()
    }

    /// A newer question came in before this one was looked at.
    pub(super) fn stale(&self) -> bool {
        self.get("stale").is_some()
    }
}

/// Asks the worker; `None` when it could not be loaded or broke.
pub(super) async fn ask(call: &str, args: &[JsValue]) -> Option<Answer> {
    let promise = Promise::new(&mut |resolve, _| {
        if !post(call, args, &resolve) {
            let _ = resolve.call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    let answer = Answer(JsFuture::from(promise).await.ok()?);
    (!answer.0.is_null() && answer.get("error").is_none()).then_some(answer)
}

fn post(call: &str, args: &[JsValue], resolve: &Function) -> bool {
    PRESS.with_borrow_mut(|press| {
        if press.is_none() {
            *press = open();
        }
        let Some(press) = press else { return false };
        press.last += 1;
        let message = Object::new();
        let list: Array = args.iter().collect();
        for (key, value) in [
            ("id", JsValue::from(press.last)),
            ("call", JsValue::from_str(call)),
            ("args", list.into()),
        ] {
            let _ = Reflect::set(&message, &JsValue::from_str(key), &value);
        }
        press.waiting.insert(press.last, resolve.clone());
        press.worker.post_message(&message).is_ok()
    })
}

fn open() -> Option<Press> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&browser::asset("cv/cv-worker.js"), &options).ok()?;
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        let data = event.data();
        let id = Reflect::get(&data, &JsValue::from_str("id"))
            .ok()
            .and_then(|id| id.as_f64());
        let resolve = PRESS.with_borrow_mut(|press| press.as_mut()?.waiting.remove(&(id? as u32)));
        if let Some(resolve) = resolve {
            let _ = resolve.call1(&JsValue::NULL, &data);
        }
    });
    let broken = Closure::<dyn FnMut()>::new(|| {
        // The next question tries to load it anew.
        let press = PRESS.with_borrow_mut(Option::take);
        for resolve in press.iter().flat_map(|press| press.waiting.values()) {
            let _ = resolve.call1(&JsValue::NULL, &JsValue::NULL);
        }
        // This very closure is running: it cannot be dropped yet.
        leptos::prelude::set_timeout(move || drop(press), std::time::Duration::ZERO);
    });
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(broken.as_ref().unchecked_ref()));
    Some(Press {
        worker,
        waiting: HashMap::new(),
        last: 0,
        _heard: heard,
        _broken: broken,
    })
}
