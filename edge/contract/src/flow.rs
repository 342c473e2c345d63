// SPDX-License-Identifier: EUPL-1.2
//! The flow engine: walks a service with the answers so far and says which steps are on the path, what is wrong in
//! them and where the person stands. Browser and edge call the same functions, so they cannot disagree.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use crate::{
    answers::{Answer, Answers},
    problem::{FieldProblem, Problem},
    service::{Case, Exit, Field, Kind, Service, Step},
};

mod check;

pub use check::{check_answer, check_date, normal};

/// How far a person got.
pub struct Walk<'s> {
    /// The steps that may be opened, in order: all complete ones and the first that is not.
    pub steps: Vec<&'s Step>,
    /// Where the path ends for now.
    pub stop: Stop<'s>,
}

/// Where a path ends.
pub enum Stop<'s> {
    /// This step still lacks something.
    Step(&'s Step),
    /// The service is not the right one for this person.
    Exit(&'s Exit),
    /// Everything is answered: the summary.
    Summary,
}

impl Walk<'_> {
    /// True if the step may be opened.
    #[must_use]
    pub fn reaches(&self, slug: &str) -> bool {
        self.steps.iter().any(|step| step.slug == slug)
    }
}

/// The steps on this person's path, complete or not.
pub fn path<'s>(service: &'s Service, case: Case<'_>) -> impl Iterator<Item = &'s Step> {
    service
        .steps
        .iter()
        .filter(move |step| step.when.is_none_or(|when| when(&case)))
}

/// The fields of a step that are asked on this path.
pub fn asked<'s>(step: &'s Step, case: Case<'_>) -> impl Iterator<Item = &'s Field> {
    step.fields
        .iter()
        .filter(move |field| field.when.is_none_or(|when| when(&case)))
}

/// Walks the service as far as the answers go.
#[must_use]
pub fn walk<'s>(service: &'s Service, case: Case<'_>) -> Walk<'s> {
    let mut steps = Vec::new();
    if let Some(exit) = service.blocks.iter().find(|exit| (exit.when)(&case)) {
        return Walk {
            steps,
            stop: Stop::Exit(exit),
        };
    }
    for step in path(service, case) {
        steps.push(step);
        if !check_step(step, case).is_empty() {
            // An answer may lead out before the rest of its page is filled in.
            let exit = open_exit(step, case);
            return Walk {
                steps,
                stop: exit.map_or(Stop::Step(step), Stop::Exit),
            };
        }
        if let Some(exit) = open_exit(step, case) {
            return Walk {
                steps,
                stop: Stop::Exit(exit),
            };
        }
    }
    Walk {
        steps,
        stop: Stop::Summary,
    }
}

fn open_exit<'s>(step: &'s Step, case: Case<'_>) -> Option<&'s Exit> {
    step.exits.iter().find(|exit| (exit.when)(&case))
}

/// All that is wrong in one step; empty when it is complete.
#[must_use]
pub fn check_step(step: &Step, case: Case<'_>) -> Vec<FieldProblem> {
    let Some(repeat) = &step.repeat else {
        return check_fields(step, case, "");
    };
    let items = case.answers.items(repeat.id);
    if matches!(
        case.answers.get(repeat.id),
        Some(Answer::Text(_) | Answer::Other)
    ) {
        return alloc::vec![FieldProblem::new(repeat.id, Problem::WrongType)];
    }
    let mut problems = Vec::new();
    if items.len() < usize::from(repeat.min) {
        problems.push(FieldProblem::new(repeat.id, Problem::Missing));
    }
    if items.len() > usize::from(repeat.max) {
        problems.push(FieldProblem::new(repeat.id, Problem::TooMany(repeat.max)));
        return problems;
    }
    for (index, item) in items.iter().enumerate() {
        let inside = Case {
            answers: item,
            ..case
        };
        problems.extend(check_fields(
            step,
            inside,
            &format!("{}[{index}].", repeat.id),
        ));
    }
    problems
}

fn check_fields(step: &Step, case: Case<'_>, prefix: &str) -> Vec<FieldProblem> {
    asked(step, case)
        .filter_map(|field| {
            check_field(field, case)
                .map(|problem| FieldProblem::new(format!("{prefix}{}", field.id), problem))
        })
        .collect()
}

/// What is wrong with one answer, if anything.
#[must_use]
pub fn check_field(field: &Field, case: Case<'_>) -> Option<Problem> {
    let given = match case.answers.get(field.id) {
        None => false,
        Some(Answer::Text(text)) => !text.trim().is_empty(),
        Some(Answer::Many(codes)) => !codes.is_empty(),
        Some(Answer::Items(_) | Answer::Other) => return Some(Problem::WrongType),
    };
    if !given {
        let lacking = if matches!(field.kind, Kind::Declaration) {
            Problem::MustDeclare
        } else {
            Problem::Missing
        };
        return field.required.then_some(lacking);
    }
    check_answer(field, case).or_else(|| field.rule.and_then(|rule| rule(&case)))
}

/// The verdict on a whole submission: every problem at once, and the ways out that it opens.
pub struct Verdict<'s> {
    /// All that is wrong, in the order of the questions.
    pub problems: Vec<FieldProblem>,
    /// The first way out that is open.
    pub exit: Option<&'s Exit>,
}

impl Verdict<'_> {
    /// True when the submission may go on.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty() && self.exit.is_none()
    }
}

/// Checks everything at once, as the edge does before it believes anything. Answers to questions that the service
/// does not have are refused by name; those of abandoned branches are not looked at (see [`prune`]).
#[must_use]
pub fn check<'s>(service: &'s Service, case: Case<'_>) -> Verdict<'s> {
    let mut problems: Vec<FieldProblem> = unknown(service, case.answers);
    let mut exit = service.blocks.iter().find(|exit| (exit.when)(&case));
    for step in path(service, case) {
        problems.extend(check_step(step, case));
        exit = exit.or_else(|| open_exit(step, case));
    }
    Verdict { problems, exit }
}

fn unknown(service: &Service, answers: &Answers) -> Vec<FieldProblem> {
    let known = |id: &str| {
        service.steps.iter().any(|step| match &step.repeat {
            Some(repeat) => repeat.id == id,
            None => step.fields.iter().any(|field| field.id == id),
        })
    };
    let mut problems: Vec<FieldProblem> = answers
        .iter()
        .filter(|(id, _)| !known(id))
        .map(|(id, _)| FieldProblem::new(shown(id), Problem::UnknownField))
        .collect();
    for step in service.steps {
        let Some(repeat) = &step.repeat else { continue };
        for (index, item) in answers.items(repeat.id).iter().enumerate() {
            for (id, _) in item
                .iter()
                .filter(|(id, _)| step.fields.iter().all(|field| field.id != *id))
            {
                let path = format!("{}[{index}].{}", repeat.id, shown(id));
                problems.push(FieldProblem::new(path, Problem::UnknownField));
            }
        }
    }
    // Whoever makes up thousands of names gets no answer of thousands of lines.
    problems.truncate(MOST_UNKNOWN);
    problems
}

/// Unknown fields that are named in one verdict.
const MOST_UNKNOWN: usize = 50;

/// A field name that a client made up, safe to be sent back: short and without surprises.
fn shown(id: &str) -> String {
    id.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .take(64)
        .collect()
}

/// Keeps what belongs to the path taken, in normal form; drops the answers of abandoned branches.
#[must_use]
pub fn prune(service: &Service, case: Case<'_>) -> Answers {
    let mut kept = Answers::new();
    for step in path(service, case) {
        match &step.repeat {
            None => keep(step, case, &mut kept),
            Some(repeat) => {
                let items = case.answers.items(repeat.id);
                let pruned: Vec<Answers> = items
                    .iter()
                    .map(|item| {
                        let mut kept = Answers::new();
                        keep(
                            step,
                            Case {
                                answers: item,
                                ..case
                            },
                            &mut kept,
                        );
                        kept
                    })
                    .collect();
                if !pruned.is_empty() {
                    kept.set(repeat.id, Answer::Items(pruned));
                }
            }
        }
    }
    kept
}

fn keep(step: &Step, case: Case<'_>, kept: &mut Answers) {
    for field in asked(step, case) {
        if let Some(answer) = case.answers.get(field.id) {
            kept.set(field.id, normal(field, answer));
        }
    }
}

/// Carries a draft over to the service as it is today, field by field: an answer stays when its field still exists
/// and its value would still be read; the ids of those that could not be carried are returned, to be told.
#[must_use]
pub fn carry_over(service: &Service, draft: &Answers, case: Case<'_>) -> (Answers, Vec<String>) {
    let mut kept = Answers::new();
    let mut lost = Vec::new();
    for (id, answer) in draft.iter() {
        let repeated = service
            .steps
            .iter()
            .any(|step| step.repeat.as_ref().is_some_and(|repeat| repeat.id == id));
        let field = service
            .steps
            .iter()
            .filter(|s| s.repeat.is_none())
            .flat_map(|s| s.fields)
            .find(|f| f.id == id);
        let alone = Case {
            answers: draft,
            ..case
        };
        let listed =
            |field: &Field| field.kind.choices().is_empty() || check_answer(field, alone).is_none();
        if repeated || field.is_some_and(listed) {
            kept.set(id, answer.clone());
        } else {
            lost.push(id.to_string());
        }
    }
    (kept, lost)
}

/// Finds the field with this id and its step.
#[must_use]
pub fn find<'s>(service: &'s Service, id: &str) -> Option<(&'s Step, &'s Field)> {
    let name = id.rsplit('.').next().unwrap_or(id);
    service.steps.iter().find_map(|step| {
        step.fields
            .iter()
            .find(|field| field.id == name)
            .map(|field| (step, field))
    })
}
