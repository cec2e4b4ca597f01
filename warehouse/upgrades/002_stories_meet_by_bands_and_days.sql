-- Articles whose signature has no bands are signed again by the next run, as nothing would ever meet them.
CREATE TABLE IF NOT EXISTS story_band (
    band_key UINTEGER NOT NULL,
    published DATE NOT NULL,
    article_id VARCHAR NOT NULL
);
ALTER TABLE story_band ADD COLUMN IF NOT EXISTS published DATE;
UPDATE story_band SET published = article.published FROM article
WHERE story_band.published IS NULL AND article.article_id = story_band.article_id;
DELETE FROM story_signature WHERE article_id NOT IN (SELECT article_id FROM story_band);
