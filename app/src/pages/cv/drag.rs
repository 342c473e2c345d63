// SPDX-License-Identifier: EUPL-1.2
//! Rows that move by drag: a grip for mouse and finger, beside the buttons and keys that do the same. A row is an element
//! with `data-row` among its brothers. Escape ends a drag with nothing moved.

use std::cell::Cell;

use leptos::prelude::window_event_listener_untyped;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, PointerEvent};

use crate::dom::*;

/// So near to the edge of the window, in pixels, the page goes along.
const EDGE: f64 = 64.0;
/// How far it goes at each movement.
const STEP: f64 = 14.0;
/// The class of the row that is being dragged. A row without it is not, whatever the pointer does.
const DRAGGED: &str = "cv-dragged";

thread_local! {
    static WATCHED: Cell<bool> = const { Cell::new(false) };
}

/// The grip of a row. `moved` is told the place at which the row was let go, when that is another one.
pub(super) fn grip(index: usize, moved: impl Fn(usize) + 'static) -> AnyView {
    if !WATCHED.replace(true) {
        window_event_listener_untyped("keydown", |event| {
            give_up(&event);
        });
    }
    let begun = StoredValue::new(None::<f64>);
    let act = move |event: Event| pull(&event, begun);
    el("span")
        .at("class", "cv-grip")
        .at("aria-hidden", "true")
        .on("pointerdown", move |event| {
            act(event);
        })
        .on("pointermove", move |event| {
            act(event);
        })
        .on("pointercancel", move |event| {
            act(event);
        })
        .on("pointerup", move |event| {
            if let Some(to) = act(event).filter(|to| *to != index) {
                moved(to);
            }
        })
        .into_any()
}

/// Puts what stood at one place of a list at another.
pub(super) fn shift<T>(list: &mut Vec<T>, from: usize, to: usize) {
    if from < list.len() && to < list.len() {
        let moved = list.remove(from);
        list.insert(to, moved);
    }
}

/// Where a row stands after [`shift`].
pub(super) fn shifted(index: usize, from: usize, to: usize) -> usize {
    if index == from {
        to
    } else if from < index && index <= to {
        index - 1
    } else if to <= index && index < from {
        index + 1
    } else {
        index
    }
}

/// Follows the pointer; gives the place under it when it is let go.
fn pull(event: &Event, begun: StoredValue<Option<f64>>) -> Option<usize> {
    let event: &PointerEvent = event.dyn_ref()?;
    let grip: Element = event.current_target()?.dyn_into().ok()?;
    let row: HtmlElement = grip.closest("[data-row]").ok()??.dyn_into().ok()?;
    let y = f64::from(event.client_y());
    let on_page = y + window().scroll_y().ok()?;
    let kind = event.type_();
    if kind == "pointerdown" {
        if event.button() == 0 {
            // Else the mouse would mark text on its way.
            event.prevent_default();
            let _ = grip.set_pointer_capture(event.pointer_id());
            let _ = row.class_list().add_1(DRAGGED);
            begun.set_value(Some(on_page));
        }
        return None;
    }
    let start = begun.get_value()?;
    if !row.class_list().contains(DRAGGED) {
        begun.set_value(None);
        return None;
    }
    let others = brothers(&row);
    let before = |other: &&Element| {
        let area = other.get_bounding_client_rect();
        area.top() + area.height() / 2.0 < y
    };
    let to = others.iter().filter(before).count();
    let moving = kind == "pointermove";
    for (place, other) in others.iter().enumerate() {
        let side = match to {
            _ if !moving => None,
            to if to == place => Some("before"),
            to if to == place + 1 && to == others.len() => Some("after"),
            _ => None,
        };
        let _ = match side {
            Some(side) => other.set_attribute("data-drop", side),
            None => other.remove_attribute("data-drop"),
        };
    }
    if moving {
        let way = ["translateY(", &(on_page - start).to_string(), "px)"].concat();
        let _ = row.style().set_property("transform", &way);
        let height = window().inner_height().ok()?.as_f64()?;
        if y < EDGE {
            window().scroll_by_with_x_and_y(0.0, -STEP);
        } else if y > height - EDGE {
            window().scroll_by_with_x_and_y(0.0, STEP);
        }
        return None;
    }
    begun.set_value(None);
    put_back(&row);
    (kind == "pointerup").then_some(to)
}

/// At Escape the row goes back to where it was taken.
fn give_up(event: &Event) -> Option<()> {
    let key: &KeyboardEvent = event.dyn_ref()?;
    if key.key() != "Escape" {
        return None;
    }
    let row = document().query_selector(&[".", DRAGGED].concat()).ok()??;
    let row: HtmlElement = row.dyn_into().ok()?;
    event.prevent_default();
    for other in brothers(&row) {
        let _ = other.remove_attribute("data-drop");
    }
    put_back(&row);
    Some(())
}

fn put_back(row: &HtmlElement) {
    let _ = row.style().remove_property("transform");
    let _ = row.class_list().remove_1(DRAGGED);
}

/// The other rows of the same list.
fn brothers(row: &HtmlElement) -> Vec<Element> {
    let Some(around) = row.parent_element() else {
        return Vec::new();
    };
    let children = around.children();
    (0..children.length())
        .filter_map(|place| children.item(place))
        .filter(|child| child.has_attribute("data-row") && *child != **row)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_moved_takes_its_place_and_the_others_close_up() {
        for (from, to) in [(0, 3), (3, 0), (1, 2), (2, 1), (2, 2)] {
            let mut list = vec![0, 1, 2, 3, 4];
            shift(&mut list, from, to);
            for (index, one) in list.iter().enumerate() {
                assert_eq!(shifted(*one, from, to), index, "{from} {to}");
            }
        }
        let mut short = vec![1];
        shift(&mut short, 0, 1);
        assert_eq!(short, [1]);
    }
}
