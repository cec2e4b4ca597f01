-- Whatever was kept of before was foreign, and of one day.
ALTER TABLE IF EXISTS position ADD COLUMN IF NOT EXISTS scope VARCHAR DEFAULT 'foreign';
ALTER TABLE IF EXISTS position ADD COLUMN IF NOT EXISTS issue_basis VARCHAR;
ALTER TABLE IF EXISTS position ADD COLUMN IF NOT EXISTS stated_from DATE;
ALTER TABLE IF EXISTS position ADD COLUMN IF NOT EXISTS stated_to DATE;
UPDATE position SET stated_from = stated_on, stated_to = stated_on WHERE stated_from IS NULL;
