// SPDX-License-Identifier: EUPL-1.2
//! Drawing without types. Leptos gives each piece of a view a type of its own, and the code for it: with our pages
//! that came to 294 kB of Wasm over the wire, where a phone's budget is 180 kB. Here an element is an element: it is
//! made at once and filled by calls, each compiled once. What changes is drawn anew by an effect of Leptos, whose
//! signals, owners and router are all used as they are.

use leptos::prelude::RenderEffect;
pub(crate) use leptos::prelude::{
    Effect, Get, GetUntracked, GetValue, Memo, RwSignal, Set, SetValue, StoredValue, Track, Update,
    UpdateValue, With, WithUntracked, WithValue, document, event_target_checked,
    event_target_value, expect_context, provide_context, request_animation_frame, window,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Nodes that were made and wait to be put somewhere.
pub(crate) struct AnyView(Vec<Node>);

/// An element under construction.
pub(crate) struct El(Element);

/// Makes an element. `None` happens only for names that are none.
pub(crate) fn el(tag: &str) -> El {
    let made = match tag {
        "svg" | "use" | "g" | "rect" | "line" | "text" => {
            document().create_element_ns(Some(SVG), tag)
        }
        _ => document().create_element(tag),
    };
    El(made.unwrap_or_else(|_| {
        document()
            .create_element("div")
            .unwrap_or_else(|problem| wasm_bindgen::throw_val(problem))
    }))
}

impl El {
    /// Writes an attribute; a closure is asked again whenever a signal that it reads changes.
    pub(crate) fn at(self, name: &'static str, value: impl Attr) -> Self {
        value.write(&self.0, name);
        self
    }

    /// Writes a property.
    pub(crate) fn prop(self, name: &'static str, value: impl Prop) -> Self {
        value.write(&self.0, name);
        self
    }

    /// Listens to an event for as long as the element is in use.
    pub(crate) fn on(self, event: &str, handler: impl FnMut(Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(handler));
        self
    }

    /// Puts something inside, behind what is there.
    pub(crate) fn with(self, child: impl IntoAny) -> Self {
        put(&self.0, child.into_any());
        self
    }
}

fn listen(element: &Element, event: &str, handler: Box<dyn FnMut(Event)>) {
    let closure = Closure::wrap(handler);
    let _ = element.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    // The arena of the current owner lets go of it together with the region of the page.
    StoredValue::new_local(closure);
}

/// Puts nodes at the end of an element.
pub(crate) fn put(element: &Element, view: AnyView) {
    for node in view.0 {
        let _ = element.append_child(&node);
    }
}

/// Several views one behind the other.
pub(crate) fn many(views: Vec<AnyView>) -> AnyView {
    AnyView(views.into_iter().flat_map(|view| view.0).collect())
}

/// Whatever can be drawn.
pub(crate) trait IntoAny {
    /// Draws it.
    fn into_any(self) -> AnyView;
}

impl IntoAny for AnyView {
    fn into_any(self) -> AnyView {
        self
    }
}

impl IntoAny for El {
    fn into_any(self) -> AnyView {
        AnyView(vec![self.0.into()])
    }
}

impl IntoAny for () {
    fn into_any(self) -> AnyView {
        AnyView(Vec::new())
    }
}

impl IntoAny for &str {
    fn into_any(self) -> AnyView {
        AnyView(vec![document().create_text_node(self).into()])
    }
}

impl IntoAny for String {
    fn into_any(self) -> AnyView {
        self.as_str().into_any()
    }
}

impl<T: IntoAny> IntoAny for Option<T> {
    fn into_any(self) -> AnyView {
        self.map_or(AnyView(Vec::new()), IntoAny::into_any)
    }
}

impl IntoAny for Vec<AnyView> {
    fn into_any(self) -> AnyView {
        many(self)
    }
}

impl<F: FnMut() -> T + 'static, T: IntoAny> IntoAny for F {
    fn into_any(mut self) -> AnyView {
        region(Box::new(move || self().into_any()))
    }
}

/// A region of the page between two marks, drawn anew when a signal changes that its drawing has read.
fn region(mut draw: Box<dyn FnMut() -> AnyView>) -> AnyView {
    let (start, end) = (mark(), mark());
    // Before it has a place in the page the region stands in a fragment of its own.
    let fragment = document().create_document_fragment();
    for node in [&start, &end] {
        let _ = fragment.append_child(node);
    }
    let effect = RenderEffect::new(move |_: Option<()>| {
        let view = draw();
        let Some(parent) = end.parent_node() else {
            return;
        };
        while let Some(old) = start.next_sibling().filter(|node| *node != end) {
            let _ = parent.remove_child(&old);
        }
        for node in view.0 {
            let _ = parent.insert_before(&node, Some(&end));
        }
    });
    StoredValue::new_local(effect);
    AnyView(vec![fragment.into()])
}

fn mark() -> Node {
    document().create_comment("").into()
}

/// What an attribute can be given.
pub(crate) trait Attr {
    /// Writes it.
    fn write(self, element: &Element, name: &'static str);
}

fn write(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

impl Attr for &str {
    fn write(self, element: &Element, name: &'static str) {
        write(element, name, Some(self));
    }
}

impl Attr for String {
    fn write(self, element: &Element, name: &'static str) {
        write(element, name, Some(&self));
    }
}

impl Attr for bool {
    fn write(self, element: &Element, name: &'static str) {
        write(element, name, self.then_some(""));
    }
}

impl<T: AsRef<str>> Attr for Option<T> {
    fn write(self, element: &Element, name: &'static str) {
        write(element, name, self.as_ref().map(AsRef::as_ref));
    }
}

impl<F: FnMut() -> T + 'static, T: Attr> Attr for F {
    fn write(mut self, element: &Element, name: &'static str) {
        again(
            element,
            Box::new(move |element| self().write(element, name)),
        );
    }
}

/// What a property can be given.
pub(crate) trait Prop {
    /// Writes it.
    fn write(self, element: &Element, name: &'static str);
}

fn write_prop(element: &Element, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(element, &JsValue::from_str(name), value);
}

impl Prop for String {
    fn write(self, element: &Element, name: &'static str) {
        write_prop(element, name, &JsValue::from_str(&self));
    }
}

impl Prop for bool {
    fn write(self, element: &Element, name: &'static str) {
        write_prop(element, name, &JsValue::from_bool(self));
    }
}

impl<F: FnMut() -> T + 'static, T: Prop> Prop for F {
    fn write(mut self, element: &Element, name: &'static str) {
        again(
            element,
            Box::new(move |element| self().write(element, name)),
        );
    }
}

fn again(element: &Element, mut act: Box<dyn FnMut(&Element)>) {
    let element = element.clone();
    let effect = RenderEffect::new(move |_: Option<()>| act(&element));
    StoredValue::new_local(effect);
}
