-- The first answer to each idempotency key, sealed with the installation's secret, for whoever sends the same request
-- once more. Kept for a day. Keys of before this migration are forgotten: what they made stands in its own table.

DROP TABLE chiavi_idempotenza;

CREATE TABLE risposte_date (
    codice_fiscale TEXT NOT NULL,
    chiave TEXT NOT NULL,
    impronta TEXT NOT NULL,
    creato TEXT NOT NULL,
    quando INTEGER NOT NULL,
    stato INTEGER,
    posizione TEXT,
    corpo BLOB,
    PRIMARY KEY (codice_fiscale, chiave)
);

CREATE INDEX risposte_date_quando ON risposte_date (quando);
