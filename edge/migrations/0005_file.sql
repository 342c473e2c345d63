-- Files that people add to a request or an appointment. Name and contents are sealed with the installation's secret.
-- Instants are seconds since 1970. `riferimento` is the address of what a file belongs to, such as `pratiche/ID`;
-- as long as it is NULL the file belongs to nothing and goes away by itself.

CREATE TABLE file (
    id TEXT PRIMARY KEY,
    codice_fiscale TEXT NOT NULL,
    nome_sigillato BLOB NOT NULL,
    tipo TEXT NOT NULL,
    dimensione INTEGER NOT NULL,
    impronta TEXT NOT NULL,
    chiave TEXT,
    sigillato BLOB NOT NULL,
    caricato INTEGER NOT NULL,
    riferimento TEXT,
    ufficio TEXT
);

CREATE INDEX file_persona ON file (codice_fiscale, caricato);

CREATE INDEX file_riferimento ON file (riferimento);

CREATE UNIQUE INDEX file_chiave ON file (codice_fiscale, chiave);
