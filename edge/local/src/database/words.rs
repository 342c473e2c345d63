// SPDX-License-Identifier: EUPL-1.2
//! What a statement is about, as far as its words tell without compiling it.

/// The statements that change rows; `WITH` may begin one.
pub(super) const WRITING: [&str; 5] = ["INSERT", "REPLACE", "WITH", "UPDATE", "DELETE"];

/// Whether a statement takes the place of the one writer, as far as its first words tell.
pub(super) fn begins_writing(sql: &str) -> bool {
    let word = first_word(sql);
    if word.eq_ignore_ascii_case("BEGIN") {
        let sql = sql.to_ascii_uppercase();
        return sql.contains("IMMEDIATE") || sql.contains("EXCLUSIVE");
    }
    is_one_of(word, &WRITING) || is_one_of(word, &["CREATE", "ALTER", "DROP"])
}

/// Whether a statement begins a transaction.
pub(super) fn begins_transaction(sql: &str) -> bool {
    first_word(sql).eq_ignore_ascii_case("BEGIN")
}

/// Whether a statement ends a transaction for good.
pub(super) fn ends_transaction(sql: &str) -> bool {
    is_one_of(first_word(sql), &["COMMIT", "END"])
}

/// Whether a statement undoes a whole transaction, and not what came after a savepoint.
pub(super) fn undoes_transaction(sql: &str) -> bool {
    let mut words = sql.split_ascii_whitespace();
    first_word(sql).eq_ignore_ascii_case("ROLLBACK")
        && !words.any(|word| word.eq_ignore_ascii_case("TO"))
}

pub(super) fn first_word(sql: &str) -> &str {
    let sql = sql.trim_start();
    &sql[..sql
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(sql.len())]
}

pub(super) fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a statement asks what earlier ones on its connection did.
pub(super) fn tells_of_earlier(sql: &str) -> bool {
    let sql = sql.to_ascii_lowercase();
    ["last_insert_rowid", "changes("]
        .iter()
        .any(|name| sql.contains(name))
}

/// Whether a statement may leave its mark on the connection; when in doubt it does.
pub(super) fn alters_connection(sql: &str) -> bool {
    const PLAIN: [&str; 14] = [
        "SELECT",
        "INSERT",
        "UPDATE",
        "DELETE",
        "REPLACE",
        "WITH",
        "VALUES",
        "BEGIN",
        "COMMIT",
        "END",
        "ROLLBACK",
        "SAVEPOINT",
        "RELEASE",
        "EXPLAIN",
    ];
    let word = first_word(sql);
    if is_one_of(word, &["CREATE", "ALTER", "DROP"]) {
        return sql.to_ascii_uppercase().contains("TEMP");
    }
    if word.eq_ignore_ascii_case("PRAGMA") {
        let name = first_part(sql.trim_start()[word.len()..].trim_start());
        return !is_one_of(
            name,
            &[
                "user_version",
                "table_info",
                "integrity_check",
                "quick_check",
                "optimize",
            ],
        );
    }
    !is_one_of(word, &PLAIN)
}

fn first_part(text: &str) -> &str {
    &text[..text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(text.len())]
}
