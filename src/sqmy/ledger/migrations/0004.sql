-- 认读：外来表格里的标题行和信息标题，由人认定过一次的就记着，不再问。

CREATE TABLE recognition (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    written TEXT NOT NULL,
    context TEXT NOT NULL,
    heading TEXT,
    item INTEGER REFERENCES submission (fact),
    CHECK ((heading IS NULL) <> (item IS NULL))
) STRICT;
CREATE INDEX recognition_item ON recognition (item) WHERE item IS NOT NULL;

CREATE VIEW live_recognition AS
SELECT * FROM recognition WHERE fact NOT IN (SELECT target FROM void);

CREATE TRIGGER recognition_no_update BEFORE UPDATE ON recognition
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER recognition_no_delete BEFORE DELETE ON recognition
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
