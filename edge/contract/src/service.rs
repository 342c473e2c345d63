// SPDX-License-Identifier: EUPL-1.2
//! A service is a value: its sheet, steps, fields and exits as data in the words of the law. This module is the
//! vocabulary in which such a value is written; `flow` walks it.

use crate::{answers::Answers, facts::Facts, problem::Problem, values::place::Places};

/// What guards and rules may look at.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// What the person typed (inside an item of a repeatable step: that item).
    pub answers: &'a Answers,
    /// What is already known.
    pub facts: &'a Facts,
    /// Comuni and States; the browser may not have loaded them yet, the edge always has them.
    pub places: Option<&'a Places<'a>>,
}

/// A question about the case: shows or hides a step or a field, opens an exit.
pub type When = fn(&Case<'_>) -> bool;
/// A rule on one answer that the kind alone cannot say.
pub type Rule = fn(&Case<'_>) -> Option<Problem>;
/// A value that the administration already holds, with where it comes from.
pub type Prefill = fn(&Facts) -> Option<(alloc::string::String, Source)>;

/// Where a prefilled value comes from, shown beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// SPID or CIE.
    Identity,
    /// The employment registry (comunicazioni obbligatorie).
    Registry,
}

impl Source {
    /// Code used in texts and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identita",
            Self::Registry => "registro",
        }
    }
}

/// What a list of services shows of one. It stands apart from the service, so that a page with a list does not carry
/// every question of every service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    /// Its name in URLs and in `servizio`.
    pub slug: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// One sentence on what it is.
    pub summary: &'static str,
}

/// One public service.
pub struct Service {
    /// Its name in URLs and in `servizio`.
    pub slug: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// One sentence on what it is.
    pub summary: &'static str,
    /// Grows by one whenever a field changes meaning: drafts and receipts carry it.
    pub version: u32,
    /// Days to conclude (art. 2 L. 241/1990).
    pub term_days: u16,
    /// The service sheet.
    pub sheet: Sheet,
    /// Reasons known before the first question for which this service is not the right one.
    pub blocks: &'static [Exit],
    /// The steps, in order.
    pub steps: &'static [Step],
}

/// The service sheet of the public design model (C.SI.1.3), in its order.
pub struct Sheet {
    /// A chi è rivolto.
    pub for_whom: &'static [&'static str],
    /// Come fare.
    pub how: &'static [&'static str],
    /// Cosa serve.
    pub needed: &'static [&'static str],
    /// Cosa si ottiene.
    pub obtained: &'static [&'static str],
    /// Tempi e scadenze.
    pub times: &'static [&'static str],
    /// Condizioni di servizio: the law, act by act.
    pub law: &'static [&'static str],
}

/// A page of the flow: one topic.
pub struct Step {
    /// Its name in the URL.
    pub slug: &'static str,
    /// The page's title.
    pub title: &'static str,
    /// A sentence or two above the fields; empty when the title says enough.
    pub intro: &'static str,
    /// Whether the step belongs to this person's path.
    pub when: Option<When>,
    /// The questions.
    pub fields: &'static [Field],
    /// Set when the step is a list of items of the same fields.
    pub repeat: Option<Repeat>,
    /// Ways out that this step's answers may open.
    pub exits: &'static [Exit],
}

/// A list of items in one step.
pub struct Repeat {
    /// The id under which the items stand in the answers.
    pub id: &'static str,
    /// Least number of items.
    pub min: u16,
    /// Greatest number of items.
    pub max: u16,
    /// The button that adds one.
    pub add: &'static str,
    /// What one item is called.
    pub item: &'static str,
}

/// A page on which the flow ends early, with the reason and the next step.
pub struct Exit {
    /// Stable code.
    pub id: &'static str,
    /// The field whose answer leads here; empty for a block known from facts.
    pub field: &'static str,
    /// When it opens.
    pub when: When,
    /// The page's title.
    pub title: &'static str,
    /// The reason, a paragraph each.
    pub reason: &'static [&'static str],
    /// What to do next: label and address.
    pub next: &'static [(&'static str, &'static str)],
}

/// One question.
pub struct Field {
    /// Its name everywhere: answers, columns, JSON.
    pub id: &'static str,
    /// The question.
    pub label: &'static str,
    /// Help below the question; empty for none.
    pub hint: &'static str,
    /// What kind of answer.
    pub kind: Kind,
    /// Whether an answer is needed when the field is shown.
    pub required: bool,
    /// Whether the field belongs to this person's path.
    pub when: Option<When>,
    /// A further rule.
    pub rule: Option<Rule>,
    /// What the administration already knows.
    pub prefill: Option<Prefill>,
}

/// The kinds of answer. Each has one input in the browser and one check here.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A line of text, at most so many characters.
    Text(u16),
    /// Several lines of text, at most so many characters.
    LongText(u16),
    /// A whole number within limits, both included.
    Number(i64, i64),
    /// An amount in euro, zero or more; the limit in cents.
    Money(i64),
    /// A day.
    Date,
    /// One code of a list.
    Choice(&'static [Choice]),
    /// Some codes of a list.
    Many(&'static [Choice]),
    /// `si` or `no`.
    YesNo,
    /// A declaration that has to be made: only `si` goes on.
    Declaration,
    /// A current comune, as Belfiore code.
    Comune,
    /// A State, as Z code, or `000` for Italy.
    State,
    /// An e-mail address.
    Email,
    /// A mobile number.
    Mobile,
    /// Street and number.
    Address,
    /// A postal code; the field id of the comune it must fit.
    Cap(&'static str),
    /// The codice fiscale of another person.
    CodiceFiscale,
    /// A file kept on the edge, by its id: at most so many bytes.
    File(u32),
}

impl Kind {
    /// Name in the service's JSON definition.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::LongText(_) => "long_text",
            Self::Number(..) => "number",
            Self::Money(_) => "money",
            Self::Date => "date",
            Self::Choice(_) => "choice",
            Self::Many(_) => "many",
            Self::YesNo => "yes_no",
            Self::Declaration => "declaration",
            Self::Comune => "comune",
            Self::State => "state",
            Self::Email => "email",
            Self::Mobile => "mobile",
            Self::Address => "address",
            Self::Cap(_) => "cap",
            Self::CodiceFiscale => "codice_fiscale",
            Self::File(_) => "file",
        }
    }

    /// The list of codes of a choice.
    #[must_use]
    pub const fn choices(self) -> &'static [Choice] {
        match self {
            Self::Choice(list) | Self::Many(list) => list,
            _ => &[],
        }
    }
}

/// One entry of a code list.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Stable code.
    pub code: &'static str,
    /// What people read.
    pub label: &'static str,
    /// A line of explanation; empty for none.
    pub hint: &'static str,
}

/// A choice without explanation.
#[must_use]
pub const fn choice(code: &'static str, label: &'static str) -> Choice {
    Choice {
        code,
        label,
        hint: "",
    }
}

impl Choice {
    /// Adds an explanation.
    #[must_use]
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }
}

/// A required question without more.
#[must_use]
pub const fn field(id: &'static str, label: &'static str, kind: Kind) -> Field {
    Field {
        id,
        label,
        hint: "",
        kind,
        required: true,
        when: None,
        rule: None,
        prefill: None,
    }
}

impl Field {
    /// Adds help.
    #[must_use]
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// Makes the answer optional.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// Shows the field only on some paths.
    #[must_use]
    pub const fn when(mut self, when: When) -> Self {
        self.when = Some(when);
        self
    }

    /// Adds a rule.
    #[must_use]
    pub const fn rule(mut self, rule: Rule) -> Self {
        self.rule = Some(rule);
        self
    }

    /// Says where the value may already be known from.
    #[must_use]
    pub const fn prefill(mut self, prefill: Prefill) -> Self {
        self.prefill = Some(prefill);
        self
    }
}

/// A step of single questions.
#[must_use]
pub const fn step(slug: &'static str, title: &'static str, fields: &'static [Field]) -> Step {
    Step {
        slug,
        title,
        intro: "",
        when: None,
        fields,
        repeat: None,
        exits: &[],
    }
}

impl Step {
    /// Adds a sentence above the fields.
    #[must_use]
    pub const fn intro(mut self, intro: &'static str) -> Self {
        self.intro = intro;
        self
    }

    /// Shows the step only on some paths.
    #[must_use]
    pub const fn when(mut self, when: When) -> Self {
        self.when = Some(when);
        self
    }

    /// Makes the step a list of items.
    #[must_use]
    pub const fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = Some(repeat);
        self
    }

    /// Adds ways out.
    #[must_use]
    pub const fn exits(mut self, exits: &'static [Exit]) -> Self {
        self.exits = exits;
        self
    }
}
