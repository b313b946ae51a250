-- 附件：附在信息或事实上的文件。内容按校验码放在台账旁的文件夹里；文件名、校验码和说明在 secret 里，可以依法抹除。

CREATE TABLE attachment (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    target INTEGER NOT NULL REFERENCES chain (seq),
    size INTEGER NOT NULL CHECK (size > 0),
    dated TEXT
) STRICT;
CREATE INDEX attachment_target ON attachment (target);

CREATE VIEW live_attachment AS
SELECT * FROM attachment WHERE fact NOT IN (SELECT target FROM void);

CREATE TRIGGER attachment_no_update BEFORE UPDATE ON attachment
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
