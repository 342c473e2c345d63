-- Whether the person has chosen the language of notices: then using the app in another one does not change it.
ALTER TABLE lingue ADD COLUMN scelta INTEGER NOT NULL DEFAULT 0;
