// SPDX-License-Identifier: EUPL-1.2
//! `spin:variables`: the values that the manifest hands to the component.

use super::Guest;
use super::bindings::spin::variables::variables::{Error, Host, HostWithStore};
use crate::manifest::is_name;
use wasmtime::component::{Accessor, HasSelf};

impl Host for Guest {}

impl<T> HostWithStore<T> for HasSelf<Guest> {
    async fn get(
        accessor: &Accessor<T, Self>,
        name: String,
    ) -> wasmtime::Result<Result<String, Error>> {
        if !is_name(&name) {
            return Ok(Err(Error::InvalidName(name)));
        }
        Ok(accessor.with(|mut access| {
            let value = access.get().grants.variables.get(&name).cloned();
            value
                .ok_or_else(|| Error::Undefined(format!("no variable `{name}` for this component")))
        }))
    }
}
