-- 台账第 3 版：封存。公布的结果连同当时事实、办法和结果的校验码，记作一项事实。

CREATE TABLE seal (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    year INTEGER NOT NULL,
    period TEXT NOT NULL,
    until TEXT NOT NULL,
    facts TEXT NOT NULL,
    rulebooks TEXT NOT NULL,
    output TEXT NOT NULL,
    result TEXT NOT NULL,
    reason TEXT
) STRICT;
CREATE INDEX seal_period ON seal (period);

CREATE TRIGGER seal_is_final BEFORE INSERT ON void
WHEN (SELECT kind FROM chain WHERE seq = NEW.target) = 'seal'
BEGIN SELECT RAISE(ABORT, 'sqmy: this kind of fact cannot be voided'); END;

CREATE TRIGGER seal_no_update BEFORE UPDATE ON seal
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
