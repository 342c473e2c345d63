-- How easy a service was. Anonymous: no person, no session, and the day instead of the instant. `chiave` is a
-- fingerprint of who sent it and their key, so that the same answer sent twice counts once; it cannot be turned back.

CREATE TABLE valutazioni (
    chiave TEXT PRIMARY KEY,
    servizio TEXT NOT NULL,
    giorno TEXT NOT NULL,
    stelle INTEGER NOT NULL,
    motivi TEXT NOT NULL,
    testo TEXT NOT NULL
);

CREATE INDEX valutazioni_servizio ON valutazioni (servizio);
