-- How many requests a client made in a minute. No address and no codice fiscale stands here: the key is a fingerprint
-- made with the installation's secret. Rows of past minutes are swept away by whoever opens a new one.

CREATE TABLE limiti (
    finestra INTEGER NOT NULL,
    chiave BLOB NOT NULL,
    conteggio INTEGER NOT NULL,
    PRIMARY KEY (finestra, chiave)
);
