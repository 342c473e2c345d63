// SPDX-License-Identifier: EUPL-1.2
//! What is known of the files that answers name: an answer is only an id, people want to read a name.

use contract::endpoint::{FileView, MyFiles};
use leptos::{prelude::*, task::spawn_local};

use super::Draft;
use crate::api;

impl Draft {
    /// Asks the edge for the person's files, once.
    pub(crate) fn need_files(self) {
        if self.files.with_untracked(Option::is_none) {
            spawn_local(async move {
                if let Ok(files) = api::call::<MyFiles>(&[], &[], None).await {
                    self.files.set(Some(files));
                }
            });
        }
    }

    /// A file that has just come.
    pub(crate) fn learn_file(self, file: FileView) {
        self.files
            .update(|files| files.get_or_insert_default().insert(0, file));
    }

    /// The file with this id, as far as it is known; watches.
    pub(crate) fn file(self, id: &str) -> Option<FileView> {
        self.files
            .with(|files| files.as_ref()?.iter().find(|file| file.id == id).cloned())
    }
}
