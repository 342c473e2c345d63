// SPDX-License-Identifier: EUPL-1.2
//! The frame of each question of a booking: how far one is, the question as the title, and the way back.

use crate::{
    dom::*,
    texts::{self, tr},
    ui,
};

/// The questions in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// What for.
    Service,
    /// Where.
    Office,
    /// When.
    Place,
    /// Is it right.
    Confirm,
}

impl Step {
    const COUNT: usize = 4;

    const fn number(self) -> usize {
        match self {
            Self::Service => 1,
            Self::Office => 2,
            Self::Place => 3,
            Self::Confirm => 4,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Service => tr("ui/booking/step/service", "Per che cosa vieni?"),
            Self::Office => tr("ui/booking/step/office", "In quale ufficio?"),
            Self::Place => tr("ui/booking/step/place", "Quando?"),
            Self::Confirm => tr("ui/booking/step/confirm", "Controlla e conferma"),
        }
    }
}

/// The name of the whole.
pub(super) fn name() -> &'static str {
    tr("ui/booking/title", "Prenota un appuntamento")
}

/// A question in its frame; `back` leads to the one before, if there is one.
pub(super) fn frame(step: Step, moving: bool, back: Option<String>, body: AnyView) -> AnyView {
    let title = if moving {
        tr("ui/booking/move_title", "Sposta l'appuntamento")
    } else {
        name()
    };
    let place = tr("ui/booking/progress", "Passo {valore} di 4");
    let place = texts::with(place, &step.number().to_string());
    let back = back.map(|address| {
        el("p")
            .at("class", "booking-back")
            .with(ui::link(&address, "", tr("ui/booking/back", "Indietro")))
            .into_any()
    });
    el("div")
        .at("class", "container booking-page py-4")
        .with(ui::breadcrumb(&[], title))
        .with(
            el("div")
                .at("class", "flow-progress")
                .with(el("span").with(title))
                .with(el("span").with(place))
                .with(
                    el("progress")
                        .at("max", Step::COUNT.to_string())
                        .at("value", step.number().to_string())
                        .at("aria-hidden", "true"),
                ),
        )
        .with(el("h1").with(step.title()))
        .with(body)
        .with(back)
        .into_any()
}
