-- Nobody measured how sure the rows of before are.
ALTER TABLE IF EXISTS position ADD COLUMN IF NOT EXISTS confidence DOUBLE;
