// SPDX-License-Identifier: EUPL-1.2
//! What is kept on this device: one IndexedDB store, a text for each draft of a service, each CV and each letter.

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

/// The names that begin like this, with their texts.
pub(crate) async fn starting_with(prefix: &str) -> Vec<(String, String)> {
    try_starting_with(prefix).await.unwrap_or_default()
}

async fn try_starting_with(prefix: &str) -> Result<Vec<(String, String)>, Error> {
    let transaction = database()
        .await?
        .transaction(&[STORE], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(STORE)?;
    let mut found = Vec::new();
    for key in store.get_all_keys(None, None)?.await? {
        let Some(name) = key.as_string().filter(|name| name.starts_with(prefix)) else {
            continue;
        };
        let text = store.get(key)?.await?.and_then(|text| text.as_string());
        found.extend(text.map(|text| (name, text)));
    }
    Ok(found)
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

/// Looks at the text under a name and, in one go that no other tab comes between, writes what `act` makes of it; nothing
/// when that is nothing. False when the device refuses.
pub(crate) async fn amend(
    name: &str,
    act: &mut dyn FnMut(Option<String>) -> Option<String>,
) -> bool {
    try_amend(name, act).await.is_ok()
}

async fn try_amend(
    name: &str,
    act: &mut dyn FnMut(Option<String>) -> Option<String>,
) -> Result<(), Error> {
    let transaction = database()
        .await?
        .transaction(&[STORE], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(STORE)?;
    let key = JsValue::from_str(name);
    let there = store
        .get(key.clone())?
        .await?
        .and_then(|text| text.as_string());
    if let Some(text) = act(there) {
        store.put(&JsValue::from_str(&text), Some(&key))?.await?;
    }
    transaction.commit()?.await?;
    Ok(())
}
