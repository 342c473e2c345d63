-- What was done is a code, said in the person's language when it is read. A file is named by its id: its name is sealed.

ALTER TABLE accessi ADD COLUMN file TEXT;

UPDATE accessi SET cosa = CASE
    WHEN cosa LIKE 'Ha aperto il file %' THEN 'file'
    WHEN cosa = 'Ha aperto la pratica' THEN 'pratica'
    WHEN cosa = 'Ha aperto il documento della pratica' THEN 'documento'
    WHEN cosa = 'Ha chiesto di ritrasmettere la DID al nodo nazionale' THEN 'ritrasmissione'
    WHEN cosa = 'Prendi in carico' THEN 'prendi-in-carico'
    WHEN cosa = 'Chiedi un''integrazione' THEN 'richiedi-integrazione'
    WHEN cosa = 'Invia il preavviso di rigetto' THEN 'preavviso'
    WHEN cosa = 'Accogli' THEN 'accogli'
    WHEN cosa = 'Respingi' THEN 'respingi'
    WHEN cosa = 'Ha visto l''appuntamento nell''agenda' THEN 'agenda'
    WHEN cosa = 'Ha aperto l''appuntamento' THEN 'appuntamento'
    WHEN cosa = 'Sposta' THEN 'sposta'
    WHEN cosa = 'Segna come fatto' THEN 'erogato'
    WHEN cosa = 'Segna come assente' THEN 'assente'
    WHEN cosa = 'Annulla l''appuntamento' THEN 'annulla'
    WHEN cosa = 'Ha scritto una nota sull''appuntamento' THEN 'nota'
    WHEN cosa = 'Ha prenotato un appuntamento per te' THEN 'prenotato'
    WHEN cosa = 'Ti ha convocato' THEN 'convocato'
    WHEN cosa = 'Ha chiuso la sede nel giorno del tuo appuntamento' THEN 'chiusura'
    ELSE cosa
END;
