// SPDX-License-Identifier: EUPL-1.2
//! The drafts on this device: one IndexedDB store, a text for each service and person.

use std::{cell::OnceCell, rc::Rc};

use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, TransactionMode};
use wasm_bindgen::JsValue;

const NAME: &str = "sportello-lavoro";
const STORE: &str = "bozze";

thread_local! {
    // Kept open: when the page goes away there is no time to open it again.
    static OPEN: OnceCell<Rc<Database>> = const { OnceCell::new() };
}

async fn database() -> Result<Rc<Database>, Error> {
    if let Some(open) = OPEN.with(|open| open.get().cloned()) {
        return Ok(open);
    }
    let mut request = Factory::new()?.open(NAME, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(STORE, ObjectStoreParams::new());
        }
    });
    let database = Rc::new(request.await?);
    OPEN.with(|open| {
        let _ = open.set(Rc::clone(&database));
    });
    Ok(database)
}

/// Reads the text under a name.
pub(crate) async fn read(name: &str) -> Option<String> {
    let database = database().await.ok()?;
    let transaction = database
        .transaction(&[STORE], TransactionMode::ReadOnly)
        .ok()?;
    let value = transaction
        .object_store(STORE)
        .ok()?
        .get(JsValue::from_str(name))
        .ok()?
        .await
        .ok()??;
    value.as_string()
}

/// Writes the text under a name, or takes it away; false when the device refuses.
pub(crate) async fn write(name: &str, text: Option<&str>) -> bool {
    try_write(name, text).await.is_ok()
}

async fn try_write(name: &str, text: Option<&str>) -> Result<(), Error> {
    let transaction = database()
        .await?
        .transaction(&[STORE], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(STORE)?;
    let key = JsValue::from_str(name);
    match text {
        Some(text) => {
            store.put(&JsValue::from_str(text), Some(&key))?.await?;
        }
        None => store.delete(key)?.await?,
    }
    transaction.commit()?.await?;
    Ok(())
}
