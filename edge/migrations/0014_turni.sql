-- What only one instance does at a time, and when the next one may: in milliseconds since 1970.

CREATE TABLE turni (
    cosa TEXT PRIMARY KEY,
    prossimo INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO turni (cosa, prossimo) VALUES ('uscita', 0);
