// SPDX-License-Identifier: EUPL-1.2
//! The files inside the component, as `build.rs` found them in `target/site`.

/// One file with its brotli twin, where compression makes it smaller.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: &'static str,
    pub(crate) content_type: &'static str,
    /// Changes when the contents change.
    pub(crate) tag: &'static str,
    pub(crate) plain: &'static [u8],
    pub(crate) brotli: Option<&'static [u8]>,
}

impl File {
    /// Whether the name holds a hash of the contents, so that it never means anything else.
    pub(crate) fn is_hashed(&self) -> bool {
        self.path.starts_with("/assets/")
    }
}

/// Sorted by path.
pub(crate) static FILES: &[File] = &include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The file of just this path.
pub(crate) fn find<'a>(files: &'a [File], path: &str) -> Option<&'a File> {
    files.iter().find(|file| file.path == path)
}
