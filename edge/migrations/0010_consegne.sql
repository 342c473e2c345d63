-- What waits for the neighbours is found without looking at what is done.

DROP INDEX avvisi_consegna;

CREATE INDEX avvisi_in_coda ON avvisi (quando) WHERE consegna = 'in_coda';

CREATE INDEX pratiche_da_comunicare ON pratiche (presentata)
    WHERE servizio = 'did' AND identificativo_did IS NULL AND stato NOT IN ('respinta', 'ritirata');
